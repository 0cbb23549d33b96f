import type { Referral } from './referral.js';

/** What of a case the journal keeps; what follows from it is left out. */
const JOURNALLED = [
  'diarienummer', 'title', 'internalTitle', 'sender', 'senderReference', 'receivedOn', 'documentDate', 'answerDue',
  'answerDueTime', 'answerTo', 'officerId', 'department', 'meetingId', 'route', 'status', 'dormantSince', 'adjustment',
  'adjustmentReason', 'adjustmentSignedAt', 'noMeetingSince', 'decision', 'secrecy', 'answerSentOn', 'answerSentHow',
  'cancellation', 'duplicateReason', 'note',
] as const satisfies readonly (keyof Referral)[]; // prettier-ignore

const daysOf = (referral: Referral): Record<string, string> =>
  Object.fromEntries(referral.timetable.map(({ milestone, date }) => [milestone, date]));

const stepsOf = (referral: Referral): Record<string, string> =>
  Object.fromEntries(referral.steps.map(({ step, on }) => [step, on]));

function factsOf(referral: Referral): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const name of JOURNALLED) if (referral[name] !== null) facts[name] = referral[name];
  return { ...facts, steps: stepsOf(referral), plan: daysOf(referral) };
}

export interface Difference {
  readonly before: Record<string, unknown>;
  readonly after: Record<string, unknown>;
}

/** What a new case starts with. */
export const firstFacts = (referral: Referral): Record<string, unknown> => factsOf(referral);

/** What two versions of a case differ in; a fact that is missing on one side is null there. */
export function differenceOf(before: Referral, after: Referral): Difference {
  const old = factsOf(before);
  const now = factsOf(after);
  const difference: Difference = { before: {}, after: {} };
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (JSON.stringify(old[name]) === JSON.stringify(now[name])) continue;
    difference.before[name] = old[name] ?? null;
    difference.after[name] = now[name] ?? null;
  }
  return difference;
}
