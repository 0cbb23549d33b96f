import type { FormValues } from '../../../platform/web/form-errors.js';
import type { Meeting } from '../../boards/meeting.repository.js';
import { meetingVersion } from '../../boards/meeting-version.js';
import type { Compared, LastChange } from '../arende/views/conflict-view.js';
import { readable } from '../arende/words/days.js';
import { MEETING_FIELDS, MEETING_FORM, MEETING_LABELS, RARE_TICKS, type MeetingField } from './meeting-form.js';

/** Each field's hidden companion: what stood there when the form was opened. */
export const BASE = 'fran.';
export const VERSION = 'version';

/** What a form on a meeting started from. */
export interface MeetingBasis {
  readonly version: string;
  readonly values: FormValues;
}

/** What a secretary was about to do. */
export type MeetingAct = 'change' | 'cancel';

/** What others did to a meeting while a form on it lay open. */
export interface MeetingConflict {
  readonly act: MeetingAct;
  /** Who was last; null when it is oneself, or nobody knows. */
  readonly by: string | null;
  /** The same with its instant, oneself included. */
  readonly last: LastChange | null;
  /** Whether it is known that someone was: not of a form that does not say what it started from. */
  readonly isKnown: boolean;
  readonly isCancelled: boolean;
  readonly compared: readonly Compared[];
}

/** The form, filled in with how a meeting is. */
export function valuesOf({ date, time, place, dispatchOn, adjustmentOn }: Meeting): FormValues {
  const values: Record<MeetingField, string> = {
    dag: date,
    tid: time ?? '',
    plats: place ?? '',
    utskick: dispatchOn ?? '',
    justering: adjustmentOn ?? '',
  };
  return MEETING_FORM.valuesOf(values);
}

export const basisOf = (meeting: Meeting): MeetingBasis => ({
  version: meetingVersion(meeting),
  values: valuesOf(meeting),
});

/** What the form that was sent started from; null when it does not say. */
export function basisIn(sent: FormValues): MeetingBasis | null {
  const version = sent[VERSION];
  if (version === undefined || MEETING_FIELDS.some((name) => sent[BASE + name] === undefined)) return null;
  const values = Object.fromEntries(MEETING_FIELDS.map((name) => [name, sent[BASE + name] ?? '']));
  return { version, values: MEETING_FORM.valuesOf(values) };
}

const textOf = (values: FormValues, name: MeetingField): string => values[name] ?? '';

/**
 * The form as it would be if it had been opened on the meeting as it is now: others' changes, and on top one's own. A
 * rare day stays ticked as long as it is the one that was ticked.
 */
function merged(sent: FormValues, basis: MeetingBasis | null, now: FormValues): FormValues {
  const isOwn = (name: MeetingField): boolean => basis === null || textOf(sent, name) !== textOf(basis.values, name);
  const fields = MEETING_FIELDS.map((name) => [name, textOf(isOwn(name) ? sent : now, name)] as const);
  const ticks = RARE_TICKS.filter(({ field, tick }) => isOwn(field) && (sent[tick] ?? '') !== '');
  return Object.fromEntries([...fields, ...ticks.map(({ tick }) => [tick, sent[tick] ?? ''] as const)]);
}

const inWords = (values: FormValues, name: MeetingField): string =>
  textOf(values, name) === '' ? 'inget' : readable(textOf(values, name));

/** What either has changed in the form, side by side. */
function compareChange(sent: FormValues, basis: MeetingBasis | null, now: FormValues): Compared[] {
  const start = basis?.values ?? now;
  return MEETING_FIELDS.flatMap((name) => {
    const isOwn = textOf(sent, name) !== textOf(start, name);
    const isTheirs = textOf(now, name) !== textOf(start, name);
    if (!isOwn && !isTheirs) return [];
    const typed = isOwn ? inWords(sent, name) : 'oförändrat';
    const was = isTheirs ? ` (ändrat nu, förut ${inWords(start, name)})` : '';
    return [{ label: MEETING_LABELS[name], now: inWords(now, name) + was, typed }];
  });
}

/** What others have changed of a meeting that was to be cancelled. */
function compareCancelling(basis: MeetingBasis | null, now: FormValues): Compared[] {
  const changed = MEETING_FIELDS.filter(
    (name) => basis !== null && textOf(now, name) !== textOf(basis.values, name),
  ).map((name) => ({
    label: MEETING_LABELS[name],
    now: `${inWords(now, name)} (ändrat nu)`,
    typed: `${inWords(basis?.values ?? {}, name)} när du öppnade sidan`,
  }));
  return [{ label: 'Läge', now: 'Planerat', typed: 'Ställ in' }, ...changed];
}

interface Overtaken {
  readonly act: MeetingAct;
  /** The form that came too late. */
  readonly sent: FormValues;
  /** As it is now. */
  readonly meeting: Meeting;
  readonly last: LastChange | null;
  /** The name of who sent the form. */
  readonly self: string;
}

/** What is told of a form that came too late, and what stands in it when it is shown again. */
export function conflictOf({ act, sent, meeting, last, self }: Overtaken): {
  conflict: MeetingConflict;
  values: FormValues;
} {
  const basis = basisIn(sent);
  const by = last === null || last.by === self ? null : last.by;
  const now = valuesOf(meeting);
  const isCancelled = meeting.state === 'cancelled';
  const over = isCancelled ? [{ label: 'Läge', now: 'Inställt (ändrat nu)', typed: 'Ändra' }] : [];
  const compared = act === 'cancel' ? compareCancelling(basis, now) : [...over, ...compareChange(sent, basis, now)];
  return {
    conflict: { act, by, last: basis === null ? null : last, isKnown: basis !== null, isCancelled, compared },
    values: act === 'cancel' ? now : merged(sent, basis, now),
  };
}
