import { z } from 'zod';
import { clockTime, day } from '../../../platform/http/day.js';
import { lineText } from '../../../platform/http/text.js';
import type { MeetingDetails } from '../../meetings/move-meeting.js';
import type { TypedKinds } from '../frame/typed-form.js';

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

/** How what is typed in each field is read. */
export const MEETING_KINDS: TypedKinds = { dag: 'day', tid: 'time', plats: 'line', utskick: 'day', justering: 'day' };

export const MeetingForm = z.object({
  namnd: lineText(12).optional(),
  dag: day(),
  tid: clockTime().optional(),
  plats: lineText(300).optional(),
  utskick: day().optional(),
  justering: day().optional(),
});

/** All that the form holds: what is left empty is taken away. */
export const detailsOf = ({ dag, tid, plats, utskick, justering }: z.output<typeof MeetingForm>): MeetingDetails => ({
  date: dag,
  time: tid ?? null,
  place: plats ?? null,
  dispatchOn: utskick ?? null,
  adjustmentOn: justering ?? null,
});
