import { z } from 'zod';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { NO_CLOSED_DAYS, whyClosed } from '../../../domain/calendar/working-day.js';
import { isFarAhead } from '../../../domain/referral/extension-day.js';
import { clockTime, day } from '../../../platform/http/day.js';
import { lineText } from '../../../platform/http/text.js';
import type { FormErrors, FormValues } from '../../../platform/web/form-errors.js';
import type { MeetingDetails } from '../../meetings/move-meeting.js';
import {
  FAR_ADJUSTMENT_TICK, FAR_MEETING_TICK, farAdjustmentWords, farMeetingWords, freeMeetingTick, freeMeetingWords,
} from '../frame/rare-day.js'; // prettier-ignore
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

/** A day that is rare enough for the person to say that it stands as it should. */
export interface RareDay {
  readonly field: 'dag' | 'justering';
  /** The box to tick. */
  readonly tick: string;
  readonly label: string;
  /** What is said of it as long as it is not ticked. */
  readonly message: string;
}

const meetingSchema = z.object({
  namnd: lineText(12).optional(),
  dag: day(),
  tid: clockTime().optional(),
  plats: lineText(300).optional(),
  utskick: day().optional(),
  justering: day().optional(),
});

export const MEETING_FORM = new TypedForm(meetingSchema, {
  the: {
    namnd: 'Nämnden',
    dag: 'Sammanträdesdagen',
    tid: 'Klockslaget',
    plats: 'Platsen',
    utskick: 'Utskicksdagen',
    justering: 'Justeringsdagen',
  },
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

/** Every box by which a rare day is said to be right, with its field. */
export const RARE_TICKS = [
  { field: 'dag', tick: 'daglangtfram' },
  { field: 'dag', tick: 'dagledig' },
  { field: 'justering', tick: 'justeringlangtfram' },
] as const satisfies readonly Pick<RareDay, 'field' | 'tick'>[];

const farDay = (field: RareDay['field'], day: LocalDate): RareDay =>
  field === 'dag'
    ? { field, tick: 'daglangtfram', label: FAR_MEETING_TICK, message: farMeetingWords(day) }
    : { field, tick: 'justeringlangtfram', label: FAR_ADJUSTMENT_TICK, message: farAdjustmentWords(day) };

const freeDay = (day: LocalDate, why: string): RareDay => ({
  field: 'dag',
  tick: 'dagledig',
  label: freeMeetingTick(why),
  message: freeMeetingWords(day, why),
});

/** The days to be ticked: of a meeting that is changed, those of what was changed. */
export function rareDays(values: FormValues, base: FormValues | null, today: LocalDate): RareDay[] {
  return (['dag', 'justering'] as const).flatMap((field) => {
    const typed = dayIn(values[field]);
    if (typed === null || typed === base?.[field]) return [];
    const why = field === 'dag' ? whyClosed(typed, NO_CLOSED_DAYS) : null;
    return [
      ...(isFarAhead(typed, today) ? [farDay(field, typed)] : []),
      ...(why === null ? [] : [freeDay(typed, why)]),
    ];
  });
}

/** What is wrong with rare days that nobody says are right. */
export const rareFaults = (values: FormValues, base: FormValues | null, today: LocalDate): FormErrors =>
  rareDays(values, base, today)
    .filter(({ tick }) => (values[tick] ?? '') === '')
    .map(({ field, message }) => ({ field, message }));
