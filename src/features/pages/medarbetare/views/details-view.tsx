import type { VNode } from 'preact';
import { Button } from '../../../../platform/web/components/button.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Field } from '../../../../platform/web/components/field.js';
import { Form, Hidden } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import type { ColleagueDetails } from '../../../organisation/correct-colleague.js';
import { MeanwhileView, type Compared, type LastChange } from '../../arende/views/conflict-view.js';
import { basisOf, DETAILS_LABELS as LABELS } from '../details-form.js';
import { personHref, type Typed } from './people-parts.js';

interface DetailsViewProps {
  readonly id: string;
  readonly typed: Typed;
  /** What the form starts from. */
  readonly basis: ColleagueDetails;
  /** What others wrote meanwhile beside what was typed; null when nobody did. */
  readonly compared: readonly Compared[] | null;
  /** The name of who was first; null when that is not told. */
  readonly by: string | null;
  /** The same with the instant, oneself included. */
  readonly last: LastChange | null;
}

const MOVES =
  'Påminnelser går hit. Ändras adressen slutar lösenord, nycklar och inloggningar att gälla, och en länk att välja ett nytt lösenord mejlas till den nya adressen.';

/** Someone's name, address, title and telephone. */
export const DetailsView = ({ id, typed: { values, errors }, basis, compared, by, last }: DetailsViewProps): VNode => (
  <>
    <ErrorSummary errors={errors} />
    {compared === null ? null : (
      <MeanwhileView
        title="Uppgifterna har ändrats"
        message={`${by ?? 'Någon'} ändrade uppgifterna medan du hade sidan öppen. Inget av ditt är sparat än, och inget är borta.`}
        last={last}
        compared={compared}
      >
        I formuläret nedan står det som gäller nu, med dina ändringar ifyllda. Spara om det ska bli så.
      </MeanwhileView>
    )}
    <Panel title="Uppgifter">
      <Form action={`${personHref(id)}/uppgifter`} label="Uppgifter">
        <Hidden name="grund" value={basisOf(basis)} />
        <Field name="namn" label={LABELS.namn} value={values['namn']} autoComplete="off" errors={errors} />
        <Field
          name="epost"
          label={LABELS.epost}
          type="email"
          hint={MOVES}
          value={values['epost']}
          autoComplete="off"
          errors={errors}
        />
        <Field name="titel" label={LABELS.titel} value={values['titel']} autoComplete="off" optional errors={errors} />
        <Field
          name="telefon"
          label={LABELS.telefon}
          hint="Visas i ärenden där personen är handläggare."
          value={values['telefon']}
          width="short"
          autoComplete="off"
          optional
          errors={errors}
        />
        <Button>Spara uppgifterna</Button>
      </Form>
    </Panel>
  </>
);
