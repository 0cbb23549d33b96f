import type { VNode } from 'preact';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { localTimeAt } from '../../../domain/calendar/stockholm-time.js';
import type { Attention, AttentionCase, AttentionList, Undelivered, WentOut } from '../morning-report.repository.js';
import { isProven, type LedgerCounts, type MissingReminder } from '../reconcile-ledger-verdict.js';
import { longDate } from '../../../domain/calendar/long-date.js';
import { renderPage } from '../../../platform/web/render-page.js';
import { clockTime, weekdayDate } from './day-words.js';
import { MailPage } from './mail-page.js';

/** The day's comparison of one board's ledger with what should have gone. */
export interface Control extends LedgerCounts {
  readonly doneAt: Date;
  readonly found: readonly Pick<MissingReminder, 'referralId' | 'diarienummer'>[];
}

/** One board's morning. */
export interface BoardMorning {
  readonly name: string;
  readonly wentOut: WentOut;
  readonly undelivered: Undelivered;
  /** Reminders that are due and have not gone. */
  readonly waiting: number;
  /** Null when it has not been made today. */
  readonly control: Control | null;
  readonly attention: readonly AttentionList[];
}

export interface MorningMail {
  readonly toName: string;
  readonly today: LocalDate;
  readonly boards: readonly BoardMorning[];
  readonly baseUrl: string;
}

const FOOTER = [
  'Du får det här för att du är registrator, eller ersättare för en som är borta.',
  'Brevet kommer på arbetsdagar kl. 07.30, också när det inte finns något att påminna om.',
] as const;

const of = (count: number, one: string, many: string): string => (count === 1 ? one : `${count} ${many}`);
const letters = (count: number): string => of(count, 'ett mejl', 'mejl');
const reminders = (count: number): string => of(count, 'en påminnelse', 'påminnelser');
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function sentLine({ wentOut: { mails, people, cases } }: BoardMorning): string {
  if (mails === 0) return 'Inget att påminna om i dag.';
  return `Skickat i morse: ${letters(mails)} till ${of(people, 'en person', 'personer')} om ${of(cases, 'ett ärende', 'ärenden')}.`;
}

/** What did not go as it should; empty on a good morning. */
function troubleLines({ undelivered: { tried, givenUp }, waiting }: BoardMorning): string[] {
  return [
    ...(waiting > 0 ? [`Inte skickat än: ${reminders(waiting)} som skulle ha gått. ${waiting === 1 ? 'Den' : 'De'} går när e-postservern svarar.`] : []),
    ...(tried > 0 ? [`Kom inte fram: ${letters(tried)}, som försöks igen.`] : []),
    ...(givenUp > 0 ? [`Ges upp: ${letters(givenUp)} som e-postservern inte tar emot. Se till att ${givenUp === 1 ? 'den berörda' : 'de berörda'} får veta det, och skicka igen från ärendet.`] : []),
  ]; // prettier-ignore
}

function controlLine({ control }: BoardMorning): string {
  if (control === null) return 'Kontrollen av att inget har glömts är inte gjord i dag.';
  const when = `Kontrollen ${clockTime(localTimeAt(control.doneAt))}`;
  const seen = `${of(control.cases, 'ett öppet ärende', 'öppna ärenden')}, ${reminders(control.wanted)}`;
  if (isProven(control)) return `${when}: inget saknas (${seen}).`;
  const { missing, late, stuck } = control;
  const faults = [
    ...(missing > 0
      ? [`${reminders(missing)} saknades och är ${missing === 1 ? 'planerad' : 'planerade'} på nytt`]
      : []),
    ...(late > 0 ? [`${reminders(late)} skulle ha gått för mer än en timme sedan`] : []),
    ...(stuck > 0 ? [`${reminders(stuck)} hade fastnat på vägen`] : []),
  ];
  return `${when}: ${faults.join(', ')} (${seen}).`;
}

const HEADING: Record<Attention, (count: number) => string> = {
  overdue: (count) => `${of(count, 'ett ärende', 'ärenden')} där svarsdagen har gått`,
  'no-meeting': (count) => `${of(count, 'ett ärende', 'ärenden')} utan väg till svar i tid`,
  'no-officer': (count) => `${of(count, 'ett ärende', 'ärenden')} utan handläggare`,
  'no-answer-date': (count) => `${of(count, 'ett ärende', 'ärenden')} utan svarsdag`,
};

/** By number only: a secret case says no more, and nor does this mail. */
const caseLine = ({ diarienummer, answerDue }: AttentionCase): string =>
  answerDue === null ? diarienummer : `${diarienummer}, svar senast ${longDate(answerDue)}`;

const moreOf = ({ count, cases }: AttentionList): number => count - cases.length;
const missingNumbers = ({ control }: BoardMorning): { referralId: string; diarienummer: string }[] => [
  ...new Map((control?.found ?? []).map((one) => [one.referralId, one])).values(),
];

function subjectOf(boards: readonly BoardMorning[]): string {
  const sum = (value: (board: BoardMorning) => number): number => boards.reduce((all, one) => all + value(one), 0);
  const sent = sum(({ wentOut }) => wentOut.mails);
  const missing = sum(({ control }) => control?.missing ?? 0);
  const waiting = sum(
    (one) => one.waiting + one.undelivered.tried + one.undelivered.givenUp + (one.control?.stuck ?? 0),
  );
  const first = sent === 0 ? 'inget att påminna om' : `${letters(sent)} ${sent === 1 ? 'skickat' : 'skickade'}`;
  if (missing > 0) return `Påminnelser i morse: ${first}, ${reminders(missing)} saknades`;
  if (waiting > 0) return `Påminnelser i morse: ${first}, men allt har inte kommit fram`;
  if (boards.some(({ control }) => control === null)) return `Påminnelser i morse: ${first}, kontrollen är inte gjord`;
  return `Påminnelser i morse: ${first}, inget saknas`;
}

function boardText(board: BoardMorning, baseUrl: string): string {
  const lists = board.attention.map((list) =>
    [
      `* ${capital(HEADING[list.kind](list.count))}:`,
      ...list.cases.map((one) => `  ${caseLine(one)}\n  ${baseUrl}/arenden/${one.id}`),
      ...(moreOf(list) > 0 ? [`  … och ${moreOf(list)} till`] : []),
    ].join('\n'),
  );
  const missing = missingNumbers(board).map((one) => `  ${one.diarienummer}\n  ${baseUrl}/arenden/${one.referralId}`);
  return [
    board.name.toUpperCase(),
    [sentLine(board), ...troubleLines(board), controlLine(board), ...missing].join('\n'),
    ...(lists.length > 0 ? ['Att se över:', ...lists] : []),
  ].join('\n\n');
}

const PARAGRAPH = 'margin:0 0 8px';
const LINK = 'color:#00458f';

const Cases = ({ cases, baseUrl }: { cases: readonly AttentionCase[]; baseUrl: string }): VNode => (
  <ul style="margin:0 0 12px;padding:0 0 0 20px">
    {cases.map((one) => (
      <li>
        <a href={`${baseUrl}/arenden/${one.id}`} style={LINK}>
          {caseLine(one)}
        </a>
      </li>
    ))}
  </ul>
);

const BoardView = ({ board, baseUrl }: { board: BoardMorning; baseUrl: string }): VNode => (
  <section style="margin:0 0 16px;padding:16px;border:1px solid #b4b9c1;border-radius:6px;background:#ffffff">
    <h2 style="margin:0 0 8px;font-size:16px">{board.name}</h2>
    <p style={PARAGRAPH}>{sentLine(board)}</p>
    {troubleLines(board).map((line) => (
      <p style={PARAGRAPH}>
        <strong>{line}</strong>
      </p>
    ))}
    <p style={PARAGRAPH}>{controlLine(board)}</p>
    <Cases
      cases={missingNumbers(board).map((one) => ({ ...one, id: one.referralId, answerDue: null }))}
      baseUrl={baseUrl}
    />
    {board.attention.map((list) => (
      <div>
        <h3 style="margin:12px 0 4px;font-size:16px">{capital(HEADING[list.kind](list.count))}</h3>
        <Cases cases={list.cases} baseUrl={baseUrl} />
        {moreOf(list) > 0 ? <p style={PARAGRAPH}>… och {moreOf(list)} till</p> : null}
      </div>
    ))}
  </section>
);

/** What went out this morning, that nothing was missed, and what needs a registrar's eye. */
export function morningMail({ toName, today, boards, baseUrl }: MorningMail): {
  subject: string;
  text: string;
  html: string;
} {
  const subject = subjectOf(boards);
  const intro = `Så här gick det med påminnelserna ${weekdayDate(today)}.`;
  const blocks = boards.map((board) => boardText(board, baseUrl));
  const text = `${[`Hej ${toName}!`, intro, ...blocks, `-- \n${FOOTER.join('\n')}\n${baseUrl}`].join('\n\n')}\n`;
  const page = (
    <MailPage title={subject} footer={FOOTER} baseUrl={baseUrl}>
      <p style={PARAGRAPH}>Hej {toName}!</p>
      <p style="margin:0 0 16px">{intro}</p>
      {boards.map((board) => (
        <BoardView board={board} baseUrl={baseUrl} />
      ))}
    </MailPage>
  );
  return { subject, text, html: renderPage(page) };
}
