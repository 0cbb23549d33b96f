import { z } from 'zod';
import { ADJUSTMENT_STATUSES, OTHER_WAYS } from '../../domain/adjustment/adjustment.js';
import { ACTS, OUTCOMES, REFERRAL_STATUSES, ROUTES } from '../../domain/referral/lifecycle.js';
import { RECORDS } from '../../domain/referral/records.js';
import { MILESTONE_NAMES } from '../../domain/timetable/milestones.js';
import { clockTime, day } from '../../platform/http/day.js';
import { email, lineText, longText } from '../../platform/http/text.js';
import { RECORDED_STEPS } from './acts/record-step.js';

const boardCode = () => lineText(12);
const secrecyMark = z.strictObject({ provision: lineText(200) });

export const registerBody = z.strictObject({
  board: boardCode(),
  title: lineText(1000),
  sender: lineText(300),
  receivedOn: day(),
  senderReference: lineText(200).nullish(),
  answerDue: day().nullish(),
  answerDueTime: clockTime().nullish(),
  answerTo: lineText(500).nullish(),
  documentDate: day().nullish(),
  internalTitle: lineText(1000).nullish(),
  secrecy: secrecyMark.nullish(),
  officer: email().nullish(),
  department: lineText(24).nullish(),
  meeting: day().nullish(),
  duplicateReason: lineText(1000).nullish(),
});

export const correctBody = z
  .strictObject({
    title: lineText(1000).optional(),
    internalTitle: lineText(1000).nullish(),
    sender: lineText(300).optional(),
    senderReference: lineText(200).nullish(),
    receivedOn: day().optional(),
    documentDate: day().nullish(),
    answerDue: day().nullish(),
    answerDueTime: clockTime().nullish(),
    answerTo: lineText(500).nullish(),
    department: lineText(24).nullish(),
    note: longText(10_000).nullish(),
    secrecy: secrecyMark.nullish(),
    duplicateReason: lineText(1000).nullish(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), { error: 'nothing-to-change' });

export const assignmentBody = z.strictObject({ officer: email(), department: lineText(24).optional() });

export const meetingBody = z.union([
  z.strictObject({ meeting: day() }),
  z.strictObject({ route: z.enum(['chair', 'delegation', 'declined']), reason: lineText(1000) }),
  z.strictObject({ route: z.literal('meeting'), reason: lineText(1000).optional() }),
]);

export const stepBody = z.strictObject({
  step: z.enum(RECORDED_STEPS),
  on: day().optional(),
  confirm: z.boolean().optional().describe('Att anslaget tas ned fast tiden för överklagande löper'),
});
export const approvalBody = z.strictObject({ level: z.enum(['manager', 'director']), on: day().optional() });

const farAhead = () => z.boolean().optional().describe('Att en dag om mer än två år är avsedd');

export const extensionBody = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.literal('ask'),
    until: day().optional(),
    note: lineText(1000).optional(),
    confirm: farAhead(),
  }),
  z.strictObject({ act: z.literal('granted'), newDue: day(), note: lineText(1000).optional(), confirm: farAhead() }),
  z.strictObject({ act: z.literal('refused'), note: lineText(1000).optional() }),
]);

export const adjustmentBody = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('confirm') }),
  z.strictObject({ act: z.literal('decline'), reason: lineText(1000), way: z.enum(OTHER_WAYS) }),
  z.strictObject({ act: z.literal('decide') }),
  z.strictObject({ act: z.literal('sign'), signedAt: z.iso.datetime({ offset: true }).optional() }),
]);

export const decisionBody = z.strictObject({
  outcome: z.enum(OUTCOMES),
  date: day().optional(),
  paragraph: lineText(40).optional(),
  by: lineText(200).optional(),
  confirm: z.boolean().optional().describe('Att en dag efter ärendets sammanträde är avsedd'),
});

const record = () => z.enum(RECORDS).describe('Vad som är antecknat, som i `records`');

export const recordCorrectionBody = z.strictObject({
  record: record(),
  reason: lineText(1000),
  on: day().optional(),
  signedAt: z.iso.datetime({ offset: true }).optional(),
  paragraph: lineText(40).nullish(),
  by: lineText(200).nullish(),
  how: lineText(200).nullish(),
  confirm: z
    .boolean()
    .optional()
    .describe(
      'Att en beslutsdag efter sammanträdet, eller ett anslag som togs ned medan tiden för överklagande löpte, är avsett',
    ),
});

export const takingBackBody = z.strictObject({ record: record(), reason: lineText(1000) });

export const answerBody = z.strictObject({ on: day().optional(), how: lineText(200).optional() });
export const reasonBody = z.strictObject({ reason: lineText(1000) });
export const closingBody = z.strictObject({
  confirm: z
    .boolean()
    .optional()
    .describe('Att ärendet avslutas fast anslaget sitter uppe eller tiden för överklagande löper'),
});
export const dormancyBody = z.strictObject({ dormant: z.boolean(), reason: lineText(1000).optional() });

export const referralId = z.uuid();

const text = z.string();
const date = z.iso.date();
const maybe = text.nullable();
const maybeDate = date.nullable();

const optionView = z.strictObject({
  meeting: date,
  adjustment: z.enum(['ordinary', 'immediate', 'too_late']),
  adjustsOn: date,
  leavesOn: date,
  dispatchOn: date,
  reachable: z.boolean(),
  reason: z.literal('agenda-dispatched').optional(),
  warnings: z.array(text),
});

export const referralView = z
  .strictObject({
    id: referralId,
    version: z.int(),
    board: text,
    diarienummer: text,
    secret: z.boolean(),
    readable: z.boolean().describe('Falskt när ärendet är sekretessmarkerat och läsaren bara får se nummer och datum'),
    title: maybe,
    internalTitle: maybe,
    sender: maybe,
    senderReference: maybe,
    receivedOn: date,
    registeredAt: z.iso.datetime(),
    documentDate: maybeDate,
    answerDue: maybeDate,
    answerDueTime: maybe,
    answerTo: maybe,
    workBy: maybeDate,
    officer: z.strictObject({ email: text, name: text, phone: maybe }).nullable(),
    department: z.strictObject({ code: text, name: text }).nullable(),
    meeting: z.strictObject({ date, time: maybe, place: maybe }).nullable(),
    route: z.enum(ROUTES).nullable(),
    status: z.enum(REFERRAL_STATUSES).nullable(),
    dormantSince: maybeDate,
    adjustment: z.strictObject({ status: z.enum(ADJUSTMENT_STATUSES), reason: maybe }).nullable(),
    timetable: z.array(
      z.strictObject({ milestone: z.enum(MILESTONE_NAMES), date, rule: text, source: text, doneOn: maybeDate }),
    ),
    options: z.array(optionView),
    recommended: maybeDate,
    routes: z
      .array(z.strictObject({ route: z.enum(ROUTES), outcomes: z.array(z.enum(OUTCOMES)), warnings: z.array(text) }))
      .describe(
        'Vägarna till beslut medan inget är beslutat: vad som kan beslutas på var och en, och vad att tänka på',
      ),
    none: z.strictObject({ nextMeeting: date, extensionImmediate: date, extensionOrdinary: date }).nullable(),
    warnings: z
      .array(text)
      .describe(
        'Vad att tänka på; `no-meeting-in-time` när en annan väg behövs, också för ett ärende som har ett sammanträde men där omedelbar justering är avböjd, till och med dagen för sammanträdet; `appeal-running` för den som kan avsluta ärendet medan det går att överklaga',
      ),
    nextStep: z.strictObject({ step: text, on: maybeDate }).nullable(),
    extensions: z.array(
      z.strictObject({
        state: z.enum(['asked', 'granted', 'refused']),
        askedOn: date,
        askedUntil: maybeDate,
        oldDue: maybeDate,
        newDue: maybeDate,
        answeredOn: maybeDate,
        note: maybe,
      }),
    ),
    decision: z.strictObject({ date, paragraph: maybe, outcome: z.enum(OUTCOMES), by: maybe }).nullable(),
    secrecy: z.strictObject({ provision: text, date, by: text }).nullable(),
    answer: z.strictObject({ on: date, how: maybe }).nullable(),
    records: z
      .array(z.strictObject({ record: z.enum(RECORDS), on: date, by: text }))
      .describe('Det som är antecknat och kan rättas, i den ordning det antecknades; det sista kan tas tillbaka'),
    cancellation: z.strictObject({ reason: text, by: text, at: z.iso.datetime() }).nullable(),
    duplicateReason: maybe,
    note: maybe,
    acts: z.array(z.enum(ACTS)).describe('Vad den som frågar kan göra nu'),
  })
  .meta({ id: 'Referral' });

export type ReferralView = z.infer<typeof referralView>;

export const listQuery = z.strictObject({
  board: boardCode().optional(),
  officer: email().optional(),
  department: lineText(24).optional(),
  status: z
    .enum([...REFERRAL_STATUSES, 'open'])
    .optional()
    .describe(
      '`open` är alla som varken är avslutade eller makulerade. Sekretessmärkta som man inte får öppna faller bort',
    ),
  dueBefore: day().optional(),
  q: z.string().optional().describe('Diarienummer, avsändarens nummer eller ord; nyast först, högst 20 åt gången'),
  sort: z.enum(['answerDue', 'registeredAt']).default('answerDue'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

export const referralItem = z
  .strictObject({
    id: referralId,
    board: text,
    diarienummer: text,
    secret: z.boolean(),
    title: maybe,
    sender: maybe,
    senderReference: maybe,
    receivedOn: date,
    registeredAt: z.iso.datetime(),
    answerDue: maybeDate,
    workBy: maybeDate,
    status: z.enum(REFERRAL_STATUSES).nullable(),
    route: z.enum(ROUTES).nullable(),
    adjustment: z.enum(ADJUSTMENT_STATUSES).nullable(),
    meeting: maybeDate,
    department: maybe,
    officer: z.strictObject({ email: text, name: text }).nullable(),
    nextStep: z.strictObject({ step: text, on: maybeDate }).nullable(),
  })
  .meta({ id: 'ReferralItem' });

export type ReferralItem = z.infer<typeof referralItem>;

export const referralPage = z.strictObject({ items: z.array(referralItem), next: maybe }).meta({ id: 'ReferralPage' });
export type ReferralPage = z.infer<typeof referralPage>;

export const journalView = z
  .array(
    z.strictObject({
      seq: z.int(),
      at: z.iso.datetime(),
      by: text,
      what: text,
      before: z.record(text, z.unknown()).nullable(),
      after: z.record(text, z.unknown()).nullable(),
    }),
  )
  .meta({ id: 'Journal' });
