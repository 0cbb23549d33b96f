import { z } from 'zod';
import { assertClockShows, instantAt } from '../../../../domain/calendar/stockholm-time.js';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { fieldsOfRecord, RECORDS, type RecordName } from '../../../../domain/referral/records.js';
import { clockTime } from '../../../../platform/http/day.js';
import { recordCorrectionBody } from '../../../referrals/referral.dto.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { paragraphWords } from '../words/case-words.js';
import { inFull } from '../words/days.js';
import { RECORD_WORDS } from '../words/record-words.js';
import { actForm, type ActForm, type FormContext, type FormField } from './act-form.js';
import { reason } from './fields.js';

type Recorded = ReferralView['records'][number];

/** What a record says beside its day, so that what is wrong is seen where it is chosen. */
function furtherWords({ decision, answer }: ReferralView, name: RecordName): string {
  if (name === 'answer') return answer?.how ?? '';
  if (name !== 'decision' || decision === null) return '';
  const number = decision.paragraph === null ? null : paragraphWords(decision.paragraph);
  return [number, decision.by].filter((part) => part !== null).join(', ');
}

const which = (view: ReferralView, records: readonly Recorded[], value = ''): FormField => ({
  kind: 'choice',
  name: 'record',
  label: 'Anteckning',
  the: 'Anteckningen',
  missing: 'Välj vilken anteckning det gäller.',
  known: RECORDS.map((name) => [name, RECORD_WORDS[name]] as const),
  value,
  options: records.map(({ record: name, on: day, by: recorder }) => ({
    value: name,
    label: `${RECORD_WORDS[name]}, ${inFull(day)}`,
    hint: [furtherWords(view, name), `Antecknat av ${recorder}.`].filter((part) => part !== '').join('. '),
  })),
});

const { record, on, paragraph, by, how } = recordCorrectionBody.shape;

/** What can be taken away of a record, which then says nothing of it. */
const REMOVALS = {
  paragraph: { label: 'Paragrafen', fields: ['paragraph'] },
  by: { label: 'Vem som beslutade', fields: ['by'] },
  'paragraph-by': { label: 'Både paragrafen och vem som beslutade', fields: ['paragraph', 'by'] },
  how: { label: 'Hur svaret skickades', fields: ['how'] },
} as const satisfies Record<
  string,
  { readonly label: string; readonly fields: readonly ('paragraph' | 'by' | 'how')[] }
>;

const corrected = z
  .strictObject({
    record,
    reason: recordCorrectionBody.shape.reason,
    on,
    signedAt: clockTime().optional(),
    paragraph: paragraph.unwrap().unwrap().optional(),
    by: by.unwrap().unwrap().optional(),
    how: how.unwrap().unwrap().optional(),
    remove: z.enum(['paragraph', 'by', 'paragraph-by', 'how']).optional(),
  })
  .superRefine((sent, { addIssue }) => {
    const fault = (field: string, message: string) => addIssue({ code: 'custom', path: [field], message });
    if (sent.signedAt !== undefined) {
      if (!fieldsOfRecord(sent.record).includes('signedAt'))
        fault('signedAt', 'hör till justeringen, inte till det du har valt');
      else if (sent.on === undefined) fault('on', 'måste anges tillsammans med klockslaget');
    }
    const removed = sent.remove === undefined ? [] : REMOVALS[sent.remove].fields;
    for (const field of removed) {
      if (sent[field] !== undefined) fault(field, 'kan inte både rättas och tas bort');
    }
  });

/** @throws RuleError `time-skipped` */
function signedThen(day: LocalDate, time: string): Date {
  assertClockShows(day, time, 'signedAt');
  return instantAt(day, time);
}

const correctRecord = actForm({
  act: 'correct-record',
  slug: 'ratta-anteckning',
  title: 'Rätta en anteckning',
  button: 'Rätta anteckningen',
  lead: 'För den som är antecknad med fel dag eller annan uppgift. Det du lämnar tomt står kvar.',
  why: 'En felaktig uppgift rättas så att det syns (JO 4639-2007): händelserna visar vad som stod där förut, och skälet. Blev beslutet ett annat än det som är antecknat, ta tillbaka det och anteckna det på nytt.',
  done: 'Anteckningen är rättad. Händelserna visar vad som stod där förut.',
  confirm: 'Tidplan och påminnelser räknas om från den rättade uppgiften, och skälet står kvar i händelserna.',
  schema: corrected,
  fields: ({ view }) => [
    which(view, view.records),
    { kind: 'day', name: 'on', label: 'Rätt dag', the: 'Dagen', optional: true },
    {
      kind: 'time',
      name: 'signedAt',
      label: 'Rätt klockslag',
      the: 'Klockslaget',
      hint: 'För en omedelbar justering: när paragrafen undertecknades. Fyll i dagen också.',
      optional: true,
    },
    {
      kind: 'text',
      name: 'paragraph',
      label: 'Rätt paragraf',
      the: 'Paragrafen',
      hint: 'För beslutet.',
      optional: true,
      maxLength: 40,
    },
    {
      kind: 'text',
      name: 'by',
      label: 'Rätt beslutande',
      the: 'Beslutat av',
      hint: 'För beslutet, när det inte är nämnden.',
      optional: true,
      maxLength: 200,
    },
    {
      kind: 'text',
      name: 'how',
      label: 'Rätt sätt',
      the: 'Hur',
      hint: 'För svaret: hur det skickades.',
      optional: true,
      maxLength: 200,
    },
    {
      kind: 'select',
      name: 'remove',
      label: 'Ta bort en uppgift',
      the: 'Uppgiften',
      missing: 'Välj en uppgift som går att ta bort.',
      empty: 'Ingen',
      hint: 'För det som inte skulle ha fyllts i alls.',
      options: Object.entries(REMOVALS).map(([value, { label }]) => ({ value, label })),
      optional: true,
    },
    reason('Varför det rättas. Det står kvar i händelserna.'),
  ],
  perform: ({ acts, confirmed }, tx, actor, request, { signedAt, remove, ...input }) =>
    acts.correctRecord(tx, actor, request, {
      ...input,
      ...(remove === undefined ? {} : Object.fromEntries(REMOVALS[remove].fields.map((field) => [field, null]))),
      ...(signedAt === undefined || input.on === undefined
        ? {}
        : { signedAt: signedThen(input.on, signedAt).toISOString() }),
      confirm: confirmed,
    }),
});

/** What was recorded last, alone: everything else has something that rests on it. */
const latest = ({ view }: FormContext): readonly Recorded[] => view.records.slice(-1);

const takeBack = actForm({
  act: 'take-back-record',
  slug: 'ta-tillbaka',
  title: 'Ta tillbaka en anteckning',
  button: 'Ta tillbaka anteckningen',
  lead: 'För det som inte skulle ha antecknats. Ärendet står sedan som det gjorde innan, och det kan antecknas på nytt.',
  why: 'Bara det som antecknades sist kan tas tillbaka, för annat vilar på det. Händelserna visar både anteckningen och att den togs tillbaka (JO 4639-2007).',
  done: 'Anteckningen är tillbakatagen, och tidplan och påminnelser är omräknade.',
  confirm:
    'Ärendet går tillbaka till det läge det hade innan. Tidplan och påminnelser räknas om. Den som skulle ha påmints under tiden får ett mejl genast.',
  isDanger: true,
  schema: z.strictObject({ record: z.enum(RECORDS), reason: recordCorrectionBody.shape.reason }),
  fields: (context) => [
    which(context.view, latest(context), latest(context)[0]?.record),
    reason('Varför det tas tillbaka. Det står kvar i händelserna.'),
  ],
  perform: ({ acts }, tx, actor, request, input) => acts.takeBack.inTransaction(tx, actor, request, input),
});

/** Correcting and taking back what has been recorded. */
export const RECORD_FORMS: readonly ActForm[] = [correctRecord, takeBack];
