import { z } from 'zod';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { isFarAhead } from '../../../domain/referral/extension-day.js';
import { clockTime, day } from '../../../platform/http/day.js';
import { lineText } from '../../../platform/http/text.js';
import type { FormErrors, FormValues } from '../../../platform/web/form-errors.js';
import type { MeetingDetails } from '../../meetings/move-meeting.js';
import { farAdjustmentWords, farMeetingWords } from '../frame/rare-day.js';
import { dayIn } from '../frame/typed-day.js';
import { TypedForm } from '../frame/typed-form.js';

export const MEETING_LABELS = {
  namnd: 'Nämnd',
  dag: 'Dag',
  tid: 'Klockslag',
  plats: 'Plats',
  utskick: 'Egen utskicksdag',
  justering: 'Egen justeringsdag',
};

/** What is said of a meeting, in the order of its form. */
export const MEETING_FIELDS = ['dag', 'tid', 'plats', 'utskick', 'justering'] as const;
export type MeetingField = (typeof MEETING_FIELDS)[number];

/** Where the person says that a day stands as it should, though such a day is rare. */
export const FAR_TICKS = { dag: 'daglangtfram', justering: 'justeringlangtfram' } as const;
type FarDay = keyof typeof FAR_TICKS;

const meetingSchema = z.object({
  namnd: lineText(12).optional(),
  dag: day(),
  tid: clockTime().optional(),
  plats: lineText(300).optional(),
  utskick: day().optional(),
  justering: day().optional(),
});

export const MEETING_FORM = new TypedForm(meetingSchema, {
  labels: MEETING_LABELS,
  kinds: { dag: 'day', tid: 'time', plats: 'line', utskick: 'day', justering: 'day' },
  fields: { date: 'dag', time: 'tid', place: 'plats', dispatchOn: 'utskick', adjustmentOn: 'justering' },
});

/** All that the form holds: what is left empty is taken away. */
export const detailsOf = ({ dag, tid, plats, utskick, justering }: z.output<typeof meetingSchema>): MeetingDetails => ({
  date: dag,
  time: tid ?? null,
  place: plats ?? null,
  dispatchOn: utskick ?? null,
  adjustmentOn: justering ?? null,
});

/** Which days are far enough ahead to be ticked: of a meeting that is changed, those that were changed. */
export function farDays(values: FormValues, base: FormValues | null, today: LocalDate): FarDay[] {
  const isFar = (name: FarDay): boolean => {
    const typed = dayIn(values[name]);
    return typed !== null && typed !== base?.[name] && isFarAhead(typed, today);
  };
  return (['dag', 'justering'] as const).filter(isFar);
}

/** What is wrong with far days that nobody says are right. */
export function farFaults(values: FormValues, base: FormValues | null, today: LocalDate): FormErrors {
  return farDays(values, base, today).flatMap((field) => {
    const typed = dayIn(values[field]);
    if (typed === null || (values[FAR_TICKS[field]] ?? '') !== '') return [];
    return [{ field, message: field === 'dag' ? farMeetingWords(typed) : farAdjustmentWords(typed) }];
  });
}
