import type { VNode } from 'preact';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import type { LeadTimes } from '../../../../domain/timetable/lead-times.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { Pill } from '../../../../platform/web/components/pill.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { beforeWords } from '../../../reminders/templates/short-words.js';
import { isOver, lateSteps, pointsOf, shortIn } from '../timeline/points.js';
import { Timeline } from '../timeline/timeline.js';
import { howFar, inFull, unbroken, type ReadOn } from '../words/days.js';
import { MILESTONE_WORDS } from '../words/milestone-words.js';
import { movedWords } from '../words/moved-words.js';
import { Why } from './why.js';

interface PlanProps {
  readonly view: ReferralView;
  readonly today: LocalDate;
}

interface DatedProps {
  readonly view: ReferralView;
  readonly at: ReadOn;
}

type Row = ReferralView['timetable'][number];

const NOTE: Readonly<Record<string, string>> = {
  meeting: 'Räknad bakåt från sammanträdet; varje datum visar sin regel nedan',
  chair: 'Räknad bakåt från svarsdagen; ordföranden beslutar',
  delegation: 'Räknad bakåt från svarsdagen; en delegat beslutar',
  declined: 'Nämnden avstår från att svara',
};

/** Nothing comes of the plan of a case that is cancelled. */
const isPlanned = ({ timetable, status }: ReferralView): boolean => timetable.length > 0 && status !== 'cancelled';

/** The plan as a drawing. */
export const TimelinePanel = ({ view, today }: PlanProps): VNode | null => {
  if (!isPlanned(view)) return null;
  const note = view.timetable.length === 1 ? 'Bara svarsdagen är bestämd' : NOTE[view.route ?? ''];
  return (
    <Panel title="Tidplan" note={note} id="tidplan">
      <Timeline points={pointsOf(view, today)} today={isOver(view) ? null : today} />
    </Panel>
  );
};

const Happened = ({ row, late, view, at }: { row: Row; late: boolean } & DatedProps): VNode => {
  const { milestone, date, doneOn } = row;
  const { today } = at;
  if (doneOn !== null) {
    return (
      <span>
        <Pill tone="calm">{MILESTONE_WORDS[milestone].done}</Pill>
        {doneOn === date ? null : <span class="sub">{` planerat ${inFull(date)}`}</span>}
      </span>
    );
  }
  if (milestone === 'answerDue' && view.answer !== null) return <Pill tone="calm">Svarat</Pill>;
  if (late) return <Pill tone="late">{`Försenat, ${howFar(date, at)}`}</Pill>;
  const open = view.answer === null && !isOver(view) && lastDone(view) < view.timetable.indexOf(row);
  const short = open ? shortIn(view, milestone, today) : null;
  if (short !== null) return <span class="sub">{`Före registreringen; ska ske ${beforeWords(short, inFull)}`}</span>;
  if (date < today) return <span class="sub">{milestone === 'appealEnds' ? 'Har gått ut' : 'Passerat'}</span>;
  if (isOver(view)) return <span class="sub">–</span>;
  return <span class="sub">{howFar(date, at)}</span>;
};

const lastDone = ({ timetable }: ReferralView): number => timetable.findLastIndex(({ doneOn }) => doneOn !== null);

const stateOf = ({ doneOn, milestone, date }: Row, late: boolean, { view, today }: PlanProps): string => {
  if (milestone === 'appealEnds' && date < today) return 'done';
  if (doneOn !== null || (milestone === 'answerDue' && view.answer !== null)) return 'done';
  return late ? 'late' : 'coming';
};

/** The day on which a step was done, and until then the one on which it is to be. */
const dayOf = ({ doneOn, date }: Row): string => doneOn ?? date;

/** The plan in words: every date with its rule, its source and what has really happened. */
export const DatesPanel = ({ view, at, leadTimes }: DatedProps & { readonly leadTimes: LeadTimes }): VNode | null => {
  const { today } = at;
  if (!isPlanned(view)) return null;
  const late = lateSteps(view, today);
  const rows = [...view.timetable].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0));
  return (
    <Panel title="Datum och regler" id="datum" flush>
      <ol class="dates">
        {rows.map((row) => (
          <li key={row.milestone} class={stateOf(row, late.has(row.milestone), { view, today })}>
            <time class="date" dateTime={dayOf(row)}>
              {inFull(dayOf(row))}
            </time>
            <div class="what">
              <strong>{MILESTONE_WORDS[row.milestone].name}</strong>
              <Why of={MILESTONE_WORDS[row.milestone].name}>{MILESTONE_WORDS[row.milestone].why}</Why>
              <span class="rule">
                {row.rule + movedWords(row, view.timetable, leadTimes)}{' '}
                <span class="source">({unbroken(row.source)})</span>
              </span>
            </div>
            <Happened row={row} late={late.has(row.milestone)} view={view} at={at} />
          </li>
        ))}
      </ol>
    </Panel>
  );
};
