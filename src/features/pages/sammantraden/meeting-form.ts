import { z } from 'zod';
import { clockTime, day } from '../../../platform/http/day.js';
import { lineText } from '../../../platform/http/text.js';
import type { MeetingDetails } from '../../meetings/move-meeting.js';
import { typedDay, typedTime } from '../registrera/typed-day.js';

export const MEETING_LABELS = {
  namnd: 'Nämnd',
  dag: 'Dag',
  tid: 'Klockslag',
  plats: 'Plats',
  utskick: 'Egen utskicksdag',
  justering: 'Egen justeringsdag',
};

/** The form's fields by what the rules call them. */
export const MEETING_FIELDS = {
  date: 'dag',
  time: 'tid',
  place: 'plats',
  dispatchOn: 'utskick',
  adjustmentOn: 'justering',
};

const dayField = () => z.string().transform(typedDay).pipe(day());

export const MeetingForm = z.object({
  namnd: lineText(12).optional(),
  dag: dayField(),
  tid: z.string().transform(typedTime).pipe(clockTime()).optional(),
  plats: lineText(300).optional(),
  utskick: dayField().optional(),
  justering: dayField().optional(),
});

/** All that the form holds: what is left empty is taken away. */
export const detailsOf = ({ dag, tid, plats, utskick, justering }: z.output<typeof MeetingForm>): MeetingDetails => ({
  date: dag,
  time: tid ?? null,
  place: plats ?? null,
  dispatchOn: utskick ?? null,
  adjustmentOn: justering ?? null,
});
