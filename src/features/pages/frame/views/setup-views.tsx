import type { VNode } from 'preact';
import { Button, ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Checkbox, Field } from '../../../../platform/web/components/field.js';
import { Form } from '../../../../platform/web/components/form.js';
import { Sheet } from '../../../../platform/web/components/sheet.js';
import type { FormErrors, FormValues } from '../../../../platform/web/form-errors.js';
import { PASSWORD_HINT } from '../password-words.js';

interface SetupProps {
  readonly formToken: string;
  readonly values: FormValues;
  readonly errors: FormErrors;
  readonly withDemo: boolean;
}

/**
 * One form, since the code and the password serve either way; the second button sends it to another address.
 */
export const SetupView = ({ formToken, values, errors, withDemo }: SetupProps): VNode => (
  <Sheet
    title="Kom igång med Diarium"
    lede="Här finns ingen nämnd än. Lägg upp den första, så är du igång; mer går att läsa in sedan."
    formToken={formToken}
    hasErrors={errors.length > 0}
    wide
  >
    <ErrorSummary errors={errors} />
    <Form action="/installera">
      <Field
        name="kod"
        label="Installationskod"
        hint="Den står i terminalen där Diarium startades, så att ingen annan hinner före."
        value={values['kod']}
        autoComplete="off"
        spellcheck={false}
        width="short"
        errors={errors}
      />
      <Field
        name="losenord"
        label="Lösenord"
        type="password"
        hint={PASSWORD_HINT}
        autoComplete="new-password"
        width="short"
        errors={errors}
      />
      <h2>Nämnden</h2>
      <Field name="namnd" label="Nämndens namn" value={values['namnd']} autoComplete="off" errors={errors} />
      <Field
        name="namndkod"
        label="Kod"
        hint="Bokstäver, siffror, - och _, utan mellanslag. Den inleder varje diarienummer, som EÅV i EÅV 2026/1. Den går inte att ändra sedan."
        value={values['namndkod']}
        autoComplete="off"
        width="day"
        errors={errors}
      />
      <h2>Du som förvaltar systemet</h2>
      <Field name="namn" label="Namn" value={values['namn']} autoComplete="name" errors={errors} />
      <Field
        name="epost"
        label="E-postadress"
        type="email"
        hint="Den loggar du in med."
        value={values['epost']}
        autoComplete="username"
        errors={errors}
      />
      <Checkbox
        name="registrerar"
        label="Jag registrerar också remisser"
        hint="Den som bara förvaltar systemet ser inga ärenden."
        checked={values['registrerar'] !== undefined}
        errors={errors}
      />
      <Button>Lägg upp nämnden</Button>
      {withDemo ? (
        <>
          <p class="or">eller</p>
          <h2 class="first">Prova med en påhittad nämnd</h2>
          <p>
            Fyll i koden och lösenordet ovan. Demodata är en nämnd med personer, sammanträden och ett tjugotal remisser
            kring i dag. Alla personer i den får lösenordet.
          </p>
          <Button kind="secondary" formAction="/installera/demo">
            Läs in demodata
          </Button>
        </>
      ) : null}
    </Form>
  </Sheet>
);

export interface DemoPersonView {
  readonly name: string;
  readonly email: string;
  readonly roles: string;
}

export const DemoReadyView = ({ people }: { readonly people: readonly DemoPersonView[] }): VNode => (
  <Sheet
    title="Demodata är inläst"
    lede="Du är inloggad som den som registrerar. Logga in som någon annan för att se hur det ser ut därifrån; alla har lösenordet du valde."
    wide
  >
    <ul class="rows people">
      {people.map(({ name, email, roles }) => (
        <li key={email}>
          <div>
            <strong>{name}</strong>
            <div class="sub">{roles}</div>
          </div>
          {email}
        </li>
      ))}
    </ul>
    <Buttons>
      <ButtonLink href="/">Öppna Diarium</ButtonLink>
    </Buttons>
  </Sheet>
);
