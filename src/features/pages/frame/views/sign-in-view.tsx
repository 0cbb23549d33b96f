import type { VNode } from 'preact';
import { Button, ButtonLink } from '../../../../platform/web/components/button.js';
import { Done } from '../../../../platform/web/components/callout.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Field } from '../../../../platform/web/components/field.js';
import { Form, Hidden } from '../../../../platform/web/components/form.js';
import { Sheet } from '../../../../platform/web/components/sheet.js';
import type { FormErrors } from '../../../../platform/web/form-errors.js';

interface SignInProps {
  readonly formToken: string;
  readonly email: string;
  readonly next: string | null;
  /** What the identity provider is called; null when there is none. */
  readonly provider: string | null;
  readonly errors: FormErrors;
  readonly notice: string | null;
}

const externHref = (next: string | null): string =>
  next === null ? '/logga-in/extern' : `/logga-in/extern?vidare=${encodeURIComponent(next)}`;

export const SignInView = ({ formToken, email, next, provider, errors, notice }: SignInProps): VNode => (
  <Sheet title="Logga in" formToken={formToken} hasErrors={errors.length > 0}>
    <ErrorSummary errors={errors} title="Du är inte inloggad" />
    <Done text={notice} />
    {provider === null ? null : (
      <>
        <ButtonLink href={externHref(next)}>Logga in med {provider}</ButtonLink>
        <p class="or">eller med lösenord</p>
      </>
    )}
    <Form action="/logga-in">
      {next === null ? null : <Hidden name="vidare" value={next} />}
      <Field
        name="epost"
        label="E-postadress"
        type="email"
        value={email}
        autoComplete="username"
        autoFocus={errors.length === 0 && provider === null}
        errors={errors}
      />
      <Field name="losenord" label="Lösenord" type="password" autoComplete="current-password" errors={errors} />
      <Button kind={provider === null ? 'primary' : 'secondary'}>Logga in</Button>
    </Form>
    <p class="below">
      <a href="/losenord">Glömt lösenordet, eller har du inget än?</a>
    </p>
  </Sheet>
);
