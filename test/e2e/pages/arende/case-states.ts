import type { Act } from '../../../../src/domain/referral/lifecycle.js';
import type { CaseStage, Who } from './case-stage.js';

/** Enough for every form, so that nothing but the right is missing. */
export const FILLED = {
  officer: 'hanna.handlaggare@example.se', on: '2023-09-11', reason: 'Skäl', way: 'chair', meeting: '2023-11-23',
  route: 'chair', until: '2023-11-24', answer: 'refused', outcome: 'adopted', signedOn: '2023-09-11',
  signedTime: '08:00', how: 'e-post', provision: 'OSL 21 kap. 7 §', title: 'Förfalskad', steg: 'bekrafta',
}; // prettier-ignore

/** The fields of each act's form: others are refused as unknown. */
export const FIELDS: Partial<Record<Act, readonly (keyof typeof FILLED)[]>> = {
  assign: ['officer'],
  start: ['on'],
  'draft-done': ['on'],
  'choose-meeting': ['meeting'],
  'choose-route': ['route', 'reason'],
  'request-extension': ['until'],
  'answer-extension': ['answer'],
  'decline-adjustment': ['reason', 'way'],
  'record-decision': ['outcome'],
  'sign-adjustment': ['signedOn', 'signedTime'],
  'send-answer': ['how'],
  cancel: ['reason'],
  reopen: ['reason'],
  'mark-secret': ['provision'],
  'change-secrecy': ['provision'],
  correct: ['title'],
  'correct-record': ['reason'],
  'take-back-record': ['reason'],
};

/** What a case is, and how it becomes so. */
export type State = readonly [string, (stage: CaseStage) => Promise<string>];
type Make = State[1];

const registered = async (stage: CaseStage, more: object = {}): Promise<string> => stage.register(more);
const assigned = async (stage: CaseStage): Promise<string> => stage.register({ officer: stage.people.officer.email });
const after = (before: Make, who: Who, path: string, body: object = {}): Make => async (stage) => {
  const id = await before(stage);
  await stage.act(id, who, path, body);
  return id;
}; // prettier-ignore

const drafted = after(assigned, 'officer', 'steps', { step: 'draft' });
const approved = after(
  after(drafted, 'manager', 'approval', { level: 'manager' }),
  'director', 'approval', { level: 'director' },
); // prettier-ignore
/** Decided at a meeting of the same day, so that nobody's session ends on the way. */
const meetsToday = after(approved, 'registrar', 'meeting', { meeting: '2023-09-11' });
const onAgenda = after(meetsToday, 'secretary', 'steps', { step: 'dispatch' });
const adopted = after(onAgenda, 'secretary', 'decision', { outcome: 'adopted' });
const decided = after(adopted, 'secretary', 'adjustment', { act: 'decide' });
const adjusted = after(decided, 'secretary', 'adjustment', { act: 'sign' });
const announced = after(adjusted, 'secretary', 'steps', { step: 'notice-posted' });
const answered = after(adjusted, 'registrar', 'answer', {});
const asked = after(assigned, 'officer', 'extension', { act: 'ask' });
const routed = (route: string): Make =>
  after(assigned, 'registrar', 'meeting', { route, reason: 'Nämnden hinner inte' });

/** One of each, a board's meeting being on the day itself. */
export const STATES: readonly State[] = [
  ['registered', registered],
  ['assigned', assigned],
  ['asked for more time', asked],
  ['approved', approved],
  ['on the agenda', onAgenda],
  ['decided', decided],
  ['adjusted', adjusted],
  ['answered', answered],
  ['closed', after(answered, 'registrar', 'closing', { confirm: true })],
  ['cancelled', after(assigned, 'registrar', 'cancellation', { reason: 'Dubblett' })],
  ['without a meeting in time', (stage) => registered(stage, { answerDue: '2023-09-20' })],
  ['without an answer date', (stage) => registered(stage, { answerDue: null })],
  ['secret', (stage) => registered(stage, { secrecy: { provision: 'OSL 21 kap. 7 §' } })],
  ['dormant', after(assigned, 'registrar', 'dormancy', { dormant: true })],
];

/** What differs from those in what is shown, more than in what may be done. */
export const MORE_STATES: readonly State[] = [
  ['begun', after(assigned, 'officer', 'steps', { step: 'start' })],
  ['drafted', drafted],
  ['approved by the manager', after(drafted, 'manager', 'approval', { level: 'manager' })],
  ['to be adjusted immediately', after(assigned, 'officer', 'adjustment', { act: 'confirm' })],
  ['not to be adjusted immediately', after(assigned, 'officer', 'adjustment', { act: 'decline', reason: 'Anstånd är lovat', way: 'extension' })],
  ['decided, to be adjusted with the minutes', adopted],
  ['sent back', after(onAgenda, 'secretary', 'decision', { outcome: 'returned' })],
  ['put off', after(onAgenda, 'secretary', 'decision', { outcome: 'tabled' })],
  ['declined by the board', after(onAgenda, 'secretary', 'decision', { outcome: 'declined' })],
  ['noted without answer', after(onAgenda, 'secretary', 'decision', { outcome: 'noted' })],
  ['announced', announced],
  ['no longer announced', after(announced, 'secretary', 'steps', { step: 'notice-taken-down', confirm: true })],
  ['given more time', after(asked, 'officer', 'extension', { act: 'granted', newDue: '2023-11-24' })],
  ['given no more time', after(asked, 'officer', 'extension', { act: 'refused', note: 'Tiden är knapp' })],
  ['decided by the chair', after(routed('chair'), 'secretary', 'decision', { outcome: 'adopted', by: 'Ordföranden' })],
  ['for the chair to decide', routed('chair')],
  ['for a delegate to decide', routed('delegation')],
  ['not to be answered', routed('declined')],
]; // prettier-ignore
