import type { VNode } from 'preact';
import { dayFrom, longDate } from '../../../../domain/calendar/long-date.js';
import { whyClosed, workingDaysBetween } from '../../../../domain/calendar/working-day.js';
import type { Option } from '../../../../domain/timetable/plan.js';
import { isFarAhead } from '../../../../domain/referral/extension-day.js';
import { Callout } from '../../../../platform/web/components/callout.js';
import { DateText } from '../../../../platform/web/components/dates.js';
import { Dnr } from '../../../../platform/web/components/dnr.js';
import { NewTabLink } from '../../../../platform/web/components/new-tab-link.js';
import { Pill } from '../../../../platform/web/components/pill.js';
import { weekdayDate } from '../../../reminders/templates/day-words.js';
import { counted } from '../../arende/words/days.js';
import { capital } from '../../lista/capital.js';
import { MILESTONE_WORDS } from '../../arende/words/milestone-words.js';
import { byLaw, movedWords } from '../../arende/words/moved-words.js';
import { optionInWords } from '../../arende/words/option-words.js';
import { isLongAgo } from '../../frame/rare-day.js';
import { caseHref } from '../../lista/case-address.js';
import { takesReason, type KnownCase, type Likeness } from '../known-cases.js';
import type { Preview } from '../preview-plan.js';

interface PlanProps {
  readonly preview: Preview;
}

const Known = ({ one }: { readonly one: KnownCase }): VNode => (
  <li>
    <Dnr number={one.diarienummer} href={caseHref(one.id)} sender={one.senderReference} newTab />
    <span class="title" dir="auto">
      {one.title}
    </span>
    <div class="sub">
      <span class="sender" dir="auto">
        {one.sender}
      </span>
      {`, inkom ${longDate(one.receivedOn)}`}
    </div>
  </li>
);

const ASKED = 'Öppna ärendet. Ska det ändå bli ett nytt, frågas efter skälet när du registrerar.';
const LIKENESS: Record<Likeness, { readonly title: string; readonly text: string }> = {
  'same-number': {
    title: 'Remissen verkar redan vara registrerad',
    text: `Samma avsändare har skickat samma nummer. ${ASKED}`,
  },
  'same-title': {
    title: 'Remissen verkar redan vara registrerad',
    text: `Samma avsändare har skickat ett ärende med samma namn det senaste året. ${ASKED}`,
  },
  'number-alone': {
    title: 'Samma nummer finns från en annan avsändare',
    text: 'Kontrollera att det inte är samma remiss, skickad vidare.',
  },
};

const KnownCases = ({ known }: Pick<Preview, 'known'>): VNode | null => {
  const [first] = known;
  if (first === undefined) return null;
  const { title, text } = LIKENESS[first.likeness];
  return (
    <Callout tone="warn" title={title}>
      <p>{text}</p>
      <ul class="known">
        {known.map((one) => (
          <Known key={one.id} one={one} />
        ))}
      </ul>
    </Callout>
  );
};

/** What there is to say of the answer date itself. */
function dueNotes({ plan, board, receivedOn, today }: Preview): string[] {
  const { answerDue, workBy } = plan;
  if (answerDue === null || workBy === null) return [];
  const notes: string[] = [];
  if (receivedOn !== null && answerDue < receivedOn) {
    notes.push('Svarsdagen ligger före den dag då remissen kom in. Kontrollera årtalet i remissen.');
  } else if (answerDue < today) {
    notes.push('Svarsdagen har redan passerat.');
  } else if (isFarAhead(answerDue, today)) {
    notes.push('Svarsdagen är om mer än två år. Kontrollera årtalet.');
  }
  if (workBy !== answerDue) {
    const why = whyClosed(answerDue, board.closedDays);
    notes.push(
      `Svarsdagen är ingen arbetsdag${why === null ? '' : ` (${why})`}. Den flyttas aldrig, så svaret behöver gå senast ${weekdayDate(workBy)}.`,
    );
  }
  return notes;
}

/** What there is to say of the day of arrival. */
const Arrival = ({ receivedOn, unreadable, today }: Preview): VNode | null => {
  if (unreadable.received !== null) return <Callout tone="warn">{unreadable.received}</Callout>;
  if (receivedOn === null || !isLongAgo(receivedOn, today)) return null;
  return (
    <Callout tone="warn">{`Remissen kom in ${longDate(receivedOn)}, för mer än ett år sedan. Kontrollera årtalet.`}</Callout>
  );
};

/** A board without meetings: there is nothing to plan by, whatever the answer day. */
const WithoutMeetings = (): VNode => (
  <Callout tone="warn" title="Nämnden har inga inlagda sammanträden">
    <p>
      Därför går ingen tidplan att räkna ut. Registrera remissen ändå: ärendet planeras så snart nämndsekreteraren har
      lagt till sammanträden under <NewTabLink href="/sammantraden">Sammanträden</NewTabLink>.
    </p>
  </Callout>
);

/** What there is to plan by, before there is a date. */
const Coming = ({ coming, today }: Preview): VNode =>
  coming.length === 0 ? (
    <WithoutMeetings />
  ) : (
    <>
      <h3>Nämndens närmaste sammanträden</h3>
      <ol class="plan-steps">
        {coming.map(({ date, dispatchOn }) => (
          <li key={date}>
            <span class="date">
              <DateText day={date} short={date.slice(0, 4) === today.slice(0, 4)} />
            </span>
            <span class="sub">{`Kallelsen ${dispatchOn < today ? 'har gått ut' : `går ut ${dayFrom(today, dispatchOn)}`}`}</span>
          </li>
        ))}
      </ol>
    </>
  );

const Due = ({ preview }: PlanProps): VNode => {
  const { plan, board, today, unreadable } = preview;
  if (unreadable.due !== null) {
    return (
      <>
        <Callout tone="warn">{unreadable.due}</Callout>
        <Coming {...preview} />
      </>
    );
  }
  if (plan.answerDue === null || plan.workBy === null) {
    return (
      <>
        <p>
          <strong>Ingen svarsdag än.</strong> Fyll i den, så visas tidplanen här. Står den inte i remissen går den ändå
          att registrera; den bevakas tills svarsdagen är ifylld.
        </p>
        <Coming {...preview} />
      </>
    );
  }
  const days = workingDaysBetween(today, plan.workBy, board.closedDays);
  return (
    <>
      <p>
        {'Svar senast '}
        <strong>{weekdayDate(plan.answerDue)}</strong>
        {days > 0 ? `: ${counted(days, 'arbetsdag', 'arbetsdagar')} kvar.` : '.'}
      </p>
      {dueNotes(preview).map((note) => (
        <Callout key={note} tone="warn">
          {note}
        </Callout>
      ))}
    </>
  );
};

const HEADINGS = {
  ordinary: 'Ordinarie justering räcker',
  immediate: 'Paragrafen behöver justeras omedelbart',
  too_late: 'Sammanträdet kommer för sent',
} as const;
const TONES = { ordinary: 'done', immediate: 'info', too_late: 'danger' } as const;

const Adjustment = ({ preview: { option, reason } }: PlanProps): VNode | null =>
  option === null || reason === null ? null : (
    <Callout tone={TONES[option.adjustment]} title={HEADINGS[option.adjustment]}>
      {reason}
    </Callout>
  );

/** The ways on when no meeting comes in time. */
const NoMeeting = ({ preview: { plan, coming } }: PlanProps): VNode | null => {
  if (plan.answerDue === null || plan.recommended !== null) return null;
  if (coming.length === 0) return <WithoutMeetings />;
  const { none } = plan;
  return (
    <Callout tone="danger" title="Inget sammanträde hinner före svarsdagen">
      <p>Registrera remissen ändå, och välj sedan en väg till beslut i ärendet:</p>
      <ul>
        <li>
          {none === null
            ? 'begär anstånd hos avsändaren'
            : `begär anstånd till ${longDate(none.extensionImmediate)}: nämnden sammanträder ${longDate(none.nextMeeting)}`}
        </li>
        <li>ordförandebeslut, när det brådskar (KL 6 kap. 39 §)</li>
        <li>beslut på delegation (KL 6 kap. 37 §)</li>
        <li>extra sammanträde (KL 6 kap. 23 §)</li>
        <li>avstå från att svara</li>
      </ul>
    </Callout>
  );
};

/** Follows from the meeting, or comes after the answer: shown in the case. */
const LEFT_OUT = new Set(['notice', 'appealEnds']);

const Steps = ({ preview: { milestones, today, board } }: PlanProps): VNode => (
  <ol class="plan-steps">
    {milestones
      .filter(({ milestone }) => !LEFT_OUT.has(milestone))
      .map((row) => (
        <li key={row.milestone}>
          <span class="date">
            <DateText day={row.date} short={row.date.slice(0, 4) === today.slice(0, 4)} />
          </span>
          <span>
            {MILESTONE_WORDS[row.milestone].name} {row.date < today ? <Pill tone="late">Har passerat</Pill> : null}
            <span class="sub">{capital(row.rule) + byLaw(movedWords(row, milestones, board.leadTimes))}</span>
          </span>
        </li>
      ))}
  </ol>
);

/** Nothing of a new case is done yet. */
const inWords = (option: Option): string =>
  optionInWords({ ...option, warnings: [...option.warnings] }, { status: 'registered', timetable: [] });

const Chosen = ({ preview }: PlanProps): VNode | null => {
  const { option, isChosen, plan } = preview;
  if (option === null) return null;
  const isRecommended = plan.recommended?.meeting === option.meeting;
  return (
    <>
      <p>
        {'Sammanträde '}
        <strong>{weekdayDate(option.meeting)}</strong>{' '}
        <Pill tone={isRecommended ? 'calm' : 'plain'}>{isRecommended ? 'Föreslås' : 'Valt av dig'}</Pill>
        <span class="sub why-meeting">
          {isRecommended && !isChosen
            ? 'Det senaste sammanträde som ännu går att nå och hinner före svarsdagen.'
            : inWords(option)}
        </span>
      </p>
      <Adjustment preview={preview} />
      <Steps preview={preview} />
    </>
  );
};

const Others = ({ preview: { plan, option } }: PlanProps): VNode | null => {
  const others = plan.options.filter(({ meeting }) => meeting !== option?.meeting).slice(0, 6);
  return others.length === 0 ? null : (
    <details class="others">
      <summary>Andra sammanträden</summary>
      <ul>
        {others.map((other) => (
          <li key={other.meeting}>
            <strong>{longDate(other.meeting)}</strong> <span class="sub">{inWords(other)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
};

/** The gist of a preview, for those who hear it. */
function gistOf({ plan, option, known, unreadable, coming, today }: Preview): string {
  const double = known.some(takesReason) ? 'Remissen verkar redan vara registrerad. ' : '';
  if (unreadable.due !== null) return `${double}Svarsdagen går inte att läsa.`;
  if (plan.answerDue === null) return double;
  if (coming.length === 0) return `${double}Nämnden har inga inlagda sammanträden.`;
  if (option === null) return `${double}Inget sammanträde hinner före svarsdagen.`;
  return `${double}Sammanträde ${dayFrom(today, option.meeting)}. ${HEADINGS[option.adjustment]}.`;
}

/** What registering would give: duplicates first, then dates. */
export const PlanView = ({ preview }: PlanProps): VNode => (
  <div data-told={gistOf(preview)}>
    <KnownCases known={preview.known} />
    <Arrival {...preview} />
    <Due preview={preview} />
    <NoMeeting preview={preview} />
    <Chosen preview={preview} />
    <Others preview={preview} />
  </div>
);
