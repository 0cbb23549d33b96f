import { z } from 'zod';
import { RECORDS } from '../../../../domain/referral/records.js';
import { recordCorrectionBody } from '../../../referrals/referral.dto.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { inFull } from '../words/days.js';
import { RECORD_WORDS } from '../words/record-words.js';
import { actForm, type ActForm, type FormContext, type FormField } from './act-form.js';
import { reason } from './fields.js';

type Recorded = ReferralView['records'][number];

const optionOf = ({ record, on, by }: Recorded) => ({
  value: record,
  label: `${RECORD_WORDS[record]}, ${inFull(on)}`,
  hint: `Antecknat av ${by}.`,
});

const which = (records: readonly Recorded[], value = ''): FormField => ({
  kind: 'choice',
  name: 'record',
  label: 'Anteckning',
  the: 'Anteckningen',
  missing: 'Välj vilken anteckning det gäller.',
  value,
  options: records.map(optionOf),
});

const { record, on, paragraph, by, how } = recordCorrectionBody.shape;

const correctRecord = actForm({
  act: 'correct-record',
  slug: 'ratta-anteckning',
  title: 'Rätta en anteckning',
  button: 'Rätta anteckningen',
  lead: 'För den som är antecknad med fel dag eller annan uppgift. Det du lämnar tomt står kvar.',
  why: 'En felaktig uppgift rättas så att det syns (JO 4639-2007): händelserna visar vad som stod där förut, och skälet. Blev beslutet ett annat än det som är antecknat, ta tillbaka det och anteckna det på nytt.',
  done: 'Anteckningen är rättad. Händelserna visar vad som stod där förut.',
  confirm: 'Tidplan och påminnelser räknas om från den rättade uppgiften, och skälet står kvar i händelserna.',
  schema: z.strictObject({
    record,
    reason: recordCorrectionBody.shape.reason,
    on,
    paragraph: paragraph.unwrap().unwrap().optional(),
    by: by.unwrap().unwrap().optional(),
    how: how.unwrap().unwrap().optional(),
  }),
  fields: ({ view }) => [
    which(view.records),
    { kind: 'day', name: 'on', label: 'Rätt dag', the: 'Dagen', optional: true },
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
    reason('Varför det rättas. Det står kvar i händelserna.'),
  ],
  perform: ({ acts, confirmed }, tx, actor, request, input) =>
    acts.correctRecord(tx, actor, request, { ...input, confirm: confirmed }),
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
    which(latest(context), latest(context)[0]?.record),
    reason('Varför det tas tillbaka. Det står kvar i händelserna.'),
  ],
  perform: ({ acts }, tx, actor, request, input) => acts.takeBack.inTransaction(tx, actor, request, input),
});

/** Correcting and taking back what has been recorded. */
export const RECORD_FORMS: readonly ActForm[] = [correctRecord, takeBack];
