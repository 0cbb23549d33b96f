import { z } from 'zod';
import { clockTime, day } from '../../../platform/http/day.js';
import { lineText } from '../../../platform/http/text.js';
import type { MeetingDetails } from '../../meetings/move-meeting.js';
import { TypedForm } from '../frame/typed-form.js';

export const MEETING_LABELS = {
  namnd: 'Nämnd',
  dag: 'Dag',
  tid: 'Klockslag',
  plats: 'Plats',
  utskick: 'Egen utskicksdag',
  justering: 'Egen justeringsdag',
};

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
