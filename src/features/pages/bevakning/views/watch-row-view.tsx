import type { VNode } from 'preact';
import { localDate } from '../../../../domain/calendar/local-date.js';
import { timeLeft } from '../../../reminders/templates/day-words.js';
import { Dnr } from '../../../../platform/web/components/dnr.js';
import { Pill } from '../../../../platform/web/components/pill.js';
import { OTHER_ROUTE_WORDS, paragraphWords } from '../../arende/words/case-words.js';
import { inShort, type ReadOn } from '../../arende/words/days.js';
import { caseHref } from '../../lista/case-address.js';
import { CardCell, CardRow } from '../../lista/views/card-table.js';
import { miniTimeline } from '../mini-timeline.js';
import type { WatchedCase } from '../watch-row.js';
import { needsOf } from '../watch-words.js';
import { CaseTimeline } from './case-timeline.js';

interface RowProps {
  readonly one: WatchedCase;
  readonly at: ReadOn;
}

export const WATCH_COLUMNS = ['Diarienummer', 'Ärende', 'Nästa steg', 'Sammanträde', 'Svar senast', 'Tidslinje'];

const Needs = ({ one, at }: RowProps): VNode => (
  <>
    {needsOf(one, at).map(({ pill, more }) => (
      <div key={pill.text} class="need">
        <Pill tone={pill.tone}>{pill.text}</Pill>
        {more.map((text) => (
          <div key={text} class="sub">
            {text}
          </div>
        ))}
      </div>
    ))}
  </>
);

const OUTCOMES = {
  adopted: 'Beslutat',
  declined: 'Avstått',
  returned: 'Återremiss',
  tabled: 'Bordlagt',
  noted: 'Antecknat',
} as const;
const IMMEDIATE = new Set(['proposed', 'confirmed', 'decided']);

const Meeting = ({ one, at }: RowProps): VNode => {
  const { route, meeting, adjustment, decision, noMeetingSince, lacksMeetings } = one;
  if (route !== null && route !== 'meeting') return <span class="sub">{OTHER_ROUTE_WORDS[route]}</span>;
  if (meeting === null) {
    const why = lacksMeetings ? 'Inga inlagda' : 'Inget före svarsdagen';
    return <span class="sub">{noMeetingSince === null ? 'Inget än' : why}</span>;
  }
  const paragraph = decision?.paragraph ?? null;
  return (
    <>
      <time dateTime={meeting}>{inShort(meeting, at.today)}</time>
      {adjustment !== null && IMMEDIATE.has(adjustment) ? (
        <div>
          <Pill tone="flag">Justeras omedelbart</Pill>
        </div>
      ) : null}
      {decision === null ? null : (
        <div class="sub">{`${OUTCOMES[decision.outcome]}${paragraph === null ? '' : `, ${paragraphWords(paragraph)}`}`}</div>
      )}
    </>
  );
};

const Answer = ({ one, at }: RowProps): VNode => {
  const { answerDue, answerSentOn, workBy } = one;
  if (answerSentOn !== null) return <span class="sub">{`Skickat ${inShort(answerSentOn, at.today)}`}</span>;
  if (answerDue === null) return <span class="sub">Inte angivet</span>;
  return (
    <>
      <b>
        <time dateTime={answerDue}>{inShort(answerDue, at.today)}</time>
      </b>
      <div class="sub">{timeLeft(at.today, localDate(workBy ?? answerDue), at.closed)}</div>
    </>
  );
};

/** One case of the watch list. */
export const WatchRowView = ({ one, at }: RowProps): VNode => {
  const timeline = miniTimeline(one, at.today);
  return (
    <CardRow>
      <CardCell class="number">
        <Dnr number={one.diarienummer} href={caseHref(one.id)} sender={one.senderReference} />
      </CardCell>
      <CardCell class="matter">
        <span class="title" dir="auto">
          {one.title}
        </span>
        <div class="sub">
          <span class="sender" dir="auto">
            {one.sender}
          </span>
          {` · ${one.officer?.name ?? 'Ej fördelat'}`}
          {one.secret ? ' · Sekretess' : ''}
        </div>
      </CardCell>
      <CardCell label="Nästa steg">
        <Needs one={one} at={at} />
      </CardCell>
      <CardCell label="Sammanträde" class="date">
        <Meeting one={one} at={at} />
      </CardCell>
      <CardCell label="Svar senast" class="date">
        <Answer one={one} at={at} />
      </CardCell>
      <CardCell class="line">
        {timeline === null ? <span class="sub">Ingen tidplan</span> : <CaseTimeline {...timeline} />}
      </CardCell>
    </CardRow>
  );
};
