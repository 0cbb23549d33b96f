import { createHash } from 'node:crypto';
import type { Meeting } from './meeting.repository.js';

const LENGTH = 22;

/**
 * The version of a meeting: the same as long as nothing of it has changed, whoever changes it. It is what a form or a
 * request names that is not to be lost upon another's change.
 */
export function meetingVersion(meeting: Meeting): string {
  const { id, date, time, place, adjustmentOn, dispatchOn, state } = meeting;
  const text = JSON.stringify([id, date, time, place, adjustmentOn, dispatchOn, state]);
  return createHash('sha256').update(text).digest('base64url').slice(0, LENGTH);
}
