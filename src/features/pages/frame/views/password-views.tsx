import type { VNode } from 'preact';
import { Button, ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Field } from '../../../../platform/web/components/field.js';
import { Form } from '../../../../platform/web/components/form.js';
import { Username } from '../../../../platform/web/components/username.js';
import { Sheet } from '../../../../platform/web/components/sheet.js';
import type { FormErrors } from '../../../../platform/web/form-errors.js';
import { PASSWORD_HINT } from '../password-words.js';

interface FormProps {
  readonly formToken: string;
  readonly email: string;
  readonly errors: FormErrors;
}

const Back = (): VNode => (
  <p class="below">
    <a href="/logga-in">Till inloggningen</a>
  </p>
);

/** For someone who has forgotten the password, or never had one. */
export const AskForLinkView = ({ formToken, email, errors }: FormProps): VNode => (
  <Sheet
    title="Välj nytt lösenord"
    lede="Skriv din e-postadress, så får du en länk att välja lösenord med."
    formToken={formToken}
    hasErrors={errors.length > 0}
  >
    <ErrorSummary errors={errors} />
    <Form action="/losenord">
      <Field
        name="epost"
        label="E-postadress"
        type="email"
        value={email}
        autoComplete="username"
        autoFocus={errors.length === 0}
        errors={errors}
      />
      <Button>Skicka länken</Button>
    </Form>
    <Back />
  </Sheet>
);

/** The same for everyone: it does not tell who has an account. */
export const LinkSentView = ({ email }: { readonly email: string }): VNode => (
  <Sheet title="Titta i din e-post" lede={`Finns det ett konto för ${email} kommer ett mejl med en länk dit.`}>
    <p>
      Länken gäller i ett dygn. En länk som du redan har fått fungerar också, hela sitt dygn. Kommer inget mejl, titta
      bland skräpposten, eller fråga den som förvaltar systemet.
    </p>
    <Back />
  </Sheet>
);

/** What the one-time link opens. */
export const ChoosePasswordView = ({
  formToken,
  token,
  email,
  errors,
}: FormProps & { readonly token: string }): VNode => (
  <Sheet title="Välj lösenord" lede={`För ${email}.`} formToken={formToken} hasErrors={errors.length > 0}>
    <ErrorSummary errors={errors} />
    <Form action={`/losenord/${token}`}>
      <Username email={email} />
      <Field
        name="losenord"
        label="Nytt lösenord"
        type="password"
        hint={PASSWORD_HINT}
        autoComplete="new-password"
        autoFocus={errors.length === 0}
        errors={errors}
      />
      <Button>Spara och logga in</Button>
    </Form>
  </Sheet>
);

export const LinkSpentView = (): VNode => (
  <Sheet
    title="Länken fungerar inte längre"
    lede="Den har redan använts, ersatts av en nyare eller blivit äldre än ett dygn."
  >
    <Buttons>
      <ButtonLink href="/losenord">Skicka en ny länk</ButtonLink>
      <ButtonLink href="/logga-in" kind="quiet">
        Till inloggningen
      </ButtonLink>
    </Buttons>
  </Sheet>
);
