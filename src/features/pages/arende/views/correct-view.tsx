import type { VNode } from 'preact';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { Button, ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Hidden } from '../../../../platform/web/components/form.js';
import { Checkbox } from '../../../../platform/web/components/field.js';
import type { FormErrors, FormValues } from '../../../../platform/web/form-errors.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { CORRECT_SLUG, casePath } from '../acts/act-forms.js';
import { BASE, CORRECTED, rareDays, TICKS, type Corrected } from '../acts/correction.js';
import type { FormField } from '../acts/act-form.js';
import { FormFields, Versioned } from './act-fields.js';
import { ConflictView, type Conflict } from './conflict-view.js';
import { Why } from './why.js';

interface CorrectProps {
  readonly view: ReferralView;
  readonly today: LocalDate;
  readonly fields: readonly FormField[];
  readonly values: FormValues;
  /** What stands in the case, as this form knows it. */
  readonly base: FormValues;
  readonly errors: FormErrors;
  readonly conflict: Conflict | null;
}

const GROUPS: readonly { readonly title: string; readonly names: readonly Corrected[] }[] = [
  { title: 'Vad det gäller', names: ['title', 'internalTitle', 'note'] },
  { title: 'Från vem', names: ['sender', 'senderReference', 'receivedOn', 'documentDate', 'duplicateReason'] },
  { title: 'Svaret', names: ['answerDue', 'answerDueTime', 'answerTo'] },
  { title: 'Hos oss', names: ['department'] },
];

/** All that was registered of a case, to be corrected. */
export const CorrectView = ({ view, today, fields, values, base, errors, conflict }: CorrectProps): VNode => {
  const fieldsOf = (names: readonly Corrected[]): FormField[] =>
    names.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  const rare = rareDays({ typed: values, base }, today);
  return (
    <div class="case act">
      {conflict === null ? <ErrorSummary errors={errors} /> : <ConflictView conflict={conflict} />}
      <section class="panel">
        <div class="pad">
          <p>Det som ändras här syns i händelserna, med det som stod förut.</p>
          <Why of="det gamla syns">
            {'En felaktig uppgift i diariet rättas så att det syns vad som stod där; den tas inte bort (JO 4639-2007).'}
          </Why>
          <Versioned action={casePath(view.id, CORRECT_SLUG)} version={view.version} class="act-form correct-form">
            {CORRECTED.map((name) => (
              <Hidden key={name} name={BASE + name} value={base[name] ?? ''} />
            ))}
            {GROUPS.map(({ title, names }) => (
              <section key={title}>
                <h2>{title}</h2>
                <FormFields fields={fieldsOf(names)} values={values} errors={errors} />
                {rare
                  .filter(({ field }) => names.includes(field))
                  .map(({ field, tick }) => (
                    <Checkbox key={field} name={TICKS[field]} label={tick} checked={TICKS[field] in values} />
                  ))}
              </section>
            ))}
            <Buttons>
              <Button>{conflict === null ? 'Spara rättelsen' : 'Spara ovanpå den nya versionen'}</Button>
              <ButtonLink href={casePath(view.id)} kind="quiet">
                Avbryt
              </ButtonLink>
            </Buttons>
          </Versioned>
        </div>
      </section>
    </div>
  );
};
