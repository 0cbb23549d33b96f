import type { LocalDate } from '../../../domain/calendar/local-date.js';
import type { StoodInFor } from '../addressees.js';
import type { CasePosition } from '../case-position.js';
import type { MailContent } from '../compose-mail.js';
import { longDate } from '../../../domain/calendar/long-date.js';
import { clockTime, timeLeft, weekdayDate } from './day-words.js';
import type { Matter } from './reminder-words.js';
import { ADJUSTMENT_WORDS, STATUS_WORDS } from './status-words.js';

/** A label and what stands behind it. */
export interface Line {
  readonly label: string;
  readonly value: string;
}

export const FOOTER = [
  'Du får det här för att ett ärende i diariet väntar på dig, på din avdelning eller på någon som du är ersättare för.',
  'Påminnelser går ut på arbetsdagar kl. 07.30 och slutar när steget är markerat som gjort i ärendet.',
] as const;

export function introduction({ boards, today }: MailContent): string {
  const count = boards.reduce((sum, board) => sum + board.cases.length, 0);
  const what = count === 1 ? 'ett ärende' : `${count} ärenden`;
  return `Det här gäller ${what}. Så här står det till ${weekdayDate(today)}.`;
}

export const headingOf = ({ diarienummer, secret, title }: CasePosition): string =>
  secret ? `${diarienummer} (sekretessmarkerat)` : `${diarienummer} ${title}`;

/** `Svar senast 27 oktober 2023, 5 arbetsdagar kvar`. */
export function shortOf({ short, left }: Matter): string {
  const said = left === '' ? short : `${short}, ${left}`;
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

export const insteadOfLine = ({ name, until }: StoodInFor): string =>
  `Du får detta i stället för ${name} som är borta till och med ${longDate(until)}.`;

function meetingLine(c: CasePosition): Line[] {
  if (c.meetingOn === null) return [];
  const time = c.meetingTime === null ? '' : ` ${clockTime(c.meetingTime)}`;
  const place = c.meetingPlace === null ? '' : `, ${c.meetingPlace}`;
  return [{ label: 'Sammanträde', value: `${weekdayDate(c.meetingOn)}${time}${place}` }];
}

function answerLine(c: CasePosition, today: LocalDate): Line {
  if (c.answerSentOn !== null) return { label: 'Svar skickat', value: longDate(c.answerSentOn) };
  if (c.answerDue === null) return { label: 'Svar senast', value: 'svarsdag saknas' };
  const time = c.answerDueTime === null ? '' : ` ${clockTime(c.answerDueTime)}`;
  const left = timeLeft(today, c.workBy ?? c.answerDue, c.closedDays);
  return { label: 'Svar senast', value: `${longDate(c.answerDue)}${time} (${left})` };
}

/** Where the case stands, line by line. A secret one shows its number and dates only. */
export function positionLines(c: CasePosition, today: LocalDate): Line[] {
  const sender = c.senderReference === null ? c.sender : `${c.sender} (${c.senderReference})`;
  return [
    ...(c.secret ? [] : [{ label: 'Avsändare', value: sender }]),
    answerLine(c, today),
    { label: 'Läge', value: STATUS_WORDS[c.status] },
    ...(c.secret ? [] : [{ label: 'Handläggare', value: c.officerName ?? 'ingen än' }]),
    ...meetingLine(c),
    ...(c.adjustment === 'not-needed' ? [] : [{ label: 'Omedelbar justering', value: ADJUSTMENT_WORDS[c.adjustment] }]),
  ];
}
