import type { VNode } from 'preact';
import { longDate } from '../../../../domain/calendar/long-date.js';
import { Button } from '../../../../platform/web/components/button.js';
import { Done, SentBefore } from '../../../../platform/web/components/callout.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Select } from '../../../../platform/web/components/field.js';
import { FormKey, FORM_KEY_FIELD } from '../../../../platform/web/components/form-key.js';
import { Form } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import type { NamedAbsence } from '../../../people/list-absences.js';
import type { Person } from '../../../people/people.repository.js';
import { DayField } from '../../frame/views/typed-fields.js';
import { ABSENCE_LABELS as LABELS } from '../people-forms.js';
import type { Typed } from './people-parts.js';

type Named = Pick<Person, 'name' | 'email'>;

export interface AbsencesViewProps extends Typed {
  readonly absences: readonly NamedAbsence[];
  /** Whose absences one may keep, oneself first. */
  readonly kept: readonly Named[];
  readonly substitutes: readonly Named[];
  readonly notice: string | null;
  /** What has become of what the same form had given before. */
  readonly sentBefore: string | null;
}

const optionsOf = (people: readonly Named[]) => people.map(({ email, name }) => ({ value: email, label: name }));

const Absence = ({ one, mayEnd }: { readonly one: NamedAbsence; readonly mayEnd: boolean }): VNode => (
  <li>
    <div>
      <strong>{one.person.name}</strong>
      <div class="sub">
        {longDate(one.from)} till och med {longDate(one.to)}
      </div>
      <div class="sub">Ersättare: {one.substitute.name}</div>
    </div>
    {mayEnd ? (
      <Form action={`/franvaro/${one.id}/ta-tillbaka`}>
        <Button kind="secondary">
          Ta tillbaka<span class="ds-sr-only"> frånvaron för {one.person.name}</span>
        </Button>
      </Form>
    ) : null}
  </li>
);

const Register = ({ kept, substitutes, values, errors }: AbsencesViewProps): VNode => {
  return (
    <Panel title="Anmäl frånvaro" id="ny">
      <p class="sub">
        Ersättaren får påminnelserna och rättigheterna de dagarna, och ska själv arbeta med ärenden i samma nämnder. I
        en nämnd där ersättaren inte längre gör det går påminnelserna till den som är borta.
      </p>
      <Form action="/franvaro" label="Anmäl frånvaro">
        <FormKey sent={values[FORM_KEY_FIELD]} />
        {kept.length < 2 ? null : (
          <Select
            name="person"
            label={LABELS.person}
            options={optionsOf(kept)}
            value={values['person']}
            errors={errors}
          />
        )}
        <Select
          name="ersattare"
          label={LABELS.ersattare}
          options={optionsOf(substitutes)}
          empty="Välj ersättare"
          value={values['ersattare']}
          errors={errors}
        />
        <div class="side-by-side">
          <DayField name="fran" label={LABELS.fran} value={values['fran']} errors={errors} />
          <DayField name="till" label={LABELS.till} value={values['till']} errors={errors} />
        </div>
        <Button>Anmäl frånvaro</Button>
      </Form>
    </Panel>
  );
};

/** Who is away and who stands in, as far as it is one's matter. */
export const AbsencesView = (props: AbsencesViewProps): VNode => {
  const { absences, kept, errors, notice, sentBefore } = props;
  const own = new Set(kept.map(({ email }) => email));
  return (
    <>
      <ErrorSummary errors={errors} />
      <Done text={notice} />
      <SentBefore text={sentBefore} />
      <Panel title="Pågående och kommande" flush>
        {absences.length === 0 ? (
          <div class="pad empty">
            <p>Ingen frånvaro är anmäld.</p>
          </div>
        ) : (
          <ul class="rows">
            {absences.map((one) => (
              <Absence key={one.id} one={one} mayEnd={own.has(one.person.email)} />
            ))}
          </ul>
        )}
      </Panel>
      <Register {...props} />
    </>
  );
};
