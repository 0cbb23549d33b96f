import { longDate } from '../../../domain/calendar/long-date.js';
import type { Carried, QuestionProps } from '../../../platform/web/components/question.js';
import type { FormValues } from '../../../platform/web/form-errors.js';
import { STEP_FIELD } from '../../../platform/web/steps.js';
import type { Meeting } from '../../boards/meeting.repository.js';
import type { MeetingChanged } from '../../meetings/move-meeting.js';
import { counted, readable } from '../arende/words/days.js';
import { MEETING_FIELDS, MEETING_LABELS } from './meeting-form.js';
import type { Consequence } from './read-meetings.js';
import { meetingHref } from './views/meeting-parts.js';

const MOST_NUMBERS = 10;

const listed = (names: readonly string[]): string => {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} och ${last}`;
};

/** Which cases are planned anew, by number. */
function planned({ replanned }: MeetingChanged): string {
  if (replanned.length === 0) return 'Inga öppna ärenden ligger på sammanträdet, så inget planeras om.';
  const numbers = replanned.slice(0, MOST_NUMBERS).map(({ diarienummer }) => diarienummer);
  const others = replanned.length - numbers.length;
  const all = others === 0 ? listed(numbers) : `${numbers.join(', ')} och ${others} till`;
  return `${counted(replanned.length, 'öppet ärende', 'öppna ärenden')} planeras om: ${all}.`;
}

const told = ({ replanned }: MeetingChanged, consequence: Consequence): readonly string[] =>
  replanned.length === 0 || consequence.told.length === 0 ? [] : [`${listed(consequence.told)} får besked med e-post.`];

/** All that was sent, what the form started from included. */
const carriedOf = (values: FormValues): Carried[] =>
  Object.entries(values)
    .filter(([name]) => name !== STEP_FIELD)
    .map(([name, value]) => {
      const field = MEETING_FIELDS.find((one) => one === name);
      return { name, value, ...(field && { called: { label: MEETING_LABELS[field], options: [] } }) };
    });

interface Asked {
  readonly meeting: Meeting;
  /** What it would come to, as it was tried out. */
  readonly would: MeetingChanged;
  readonly consequence: Consequence;
  readonly values: FormValues;
}

/** Before cases are planned anew because their meeting has other days. */
export function changeQuestion({ meeting, would, consequence, values }: Asked): QuestionProps {
  const moved =
    would.meeting.date === meeting.date
      ? `Sammanträdet ${longDate(meeting.date)} får andra dagar för utskick eller justering.`
      : `Sammanträdet flyttas från ${longDate(meeting.date)} till ${longDate(would.meeting.date)}.`;
  return {
    action: meetingHref(meeting.id),
    said: [moved, planned(would), ...told(would, consequence)],
    told: MEETING_FIELDS.filter((name) => (values[name] ?? '') !== '').map((name) => ({
      label: MEETING_LABELS[name],
      text: readable(values[name] ?? ''),
    })),
    carried: carriedOf(values),
    yes: 'Ja, ändra sammanträdet',
    cancel: meetingHref(meeting.id),
    mayChange: true,
  };
}

/** Before a meeting is cancelled, which cannot be undone. */
export const cancelQuestion = ({ meeting, would, consequence, values }: Asked): QuestionProps => ({
  action: `${meetingHref(meeting.id)}/stall-in`,
  said: [
    planned(would),
    ...told(would, consequence),
    'Sammanträdet står kvar som inställt och går inte att öppna igen; lägg då till ett nytt.',
  ],
  carried: carriedOf(values),
  yes: 'Ja, ställ in det',
  cancel: meetingHref(meeting.id),
});
