import { yearOf, type LocalDate } from '../../domain/calendar/local-date.js';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import type { Addressee, StoodInFor } from './addressees.js';
import type { CasePosition } from './case-position.js';
import type { MailFacts } from './mail-facts.js';
import { reminderHtml } from './templates/reminder-html.js';
import { reminderText } from './templates/reminder-text.js';
import { matterOf, type Matter } from './templates/reminder-words.js';

/** One case of a mail: how it stands, what is to be done, most pressing first. */
export interface MailCase {
  readonly position: CasePosition;
  readonly matters: readonly Matter[];
  /** Those away for whom the addressee gets this. */
  readonly insteadOf: readonly StoodInFor[];
  readonly link: string;
}

/** One board's cases of a mail: each board is an authority of its own. */
export interface MailBoard {
  readonly name: string;
  readonly cases: readonly MailCase[];
}

export interface MailContent {
  readonly subject: string;
  readonly toName: string;
  readonly today: LocalDate;
  readonly boards: readonly MailBoard[];
  readonly baseUrl: string;
  /** What is to be said first, when the mail is not an ordinary one. */
  readonly note: string | null;
}

/** A mail as sent. */
export interface ComposedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export type DueRow = Pick<ReminderRow, 'referralId' | 'about' | 'date' | 'personId'>;

export interface MailToCompose {
  readonly addressee: Addressee;
  readonly rows: readonly DueRow[];
  readonly facts: MailFacts;
  readonly today: LocalDate;
  readonly baseUrl: string;
  readonly note?: string;
}

/** Writes one person's mail about all that is due, as the cases stand on the day. */
export function composeMail(input: MailToCompose): ComposedMail {
  const cases = casesOf(input);
  const subject = subjectOf(cases, input.today);
  const boards = new Map<string, MailCase[]>();
  for (const one of cases) {
    const name = one.position.boardName;
    boards.set(name, [...(boards.get(name) ?? []), one]);
  }
  const content: MailContent = {
    subject,
    toName: input.addressee.to.name,
    today: input.today,
    boards: [...boards].map(([name, own]) => ({ name, cases: own })),
    baseUrl: input.baseUrl,
    note: input.note ?? null,
  };
  return { subject, text: reminderText(content), html: reminderHtml(content) };
}

/** What hinders an answer, and says by when that is due, stands before a reminder of the answer until it is late. */
const HINDRANCES = new Set<Matter['about']>(['no-officer', 'no-meeting', 'extension']);

/** The most overdue day and the earliest come first, what has no day last. */
const pressing = ({ by, about }: Matter, today: LocalDate): string =>
  `${by ?? '9999'} ${HINDRANCES.has(about) === (by ?? today) >= today ? 0 : 1}`;

/** Within a case, that it is new comes first. */
const withinCase = (matter: Matter, today: LocalDate): string =>
  matter.about === 'assignment' ? '' : pressing(matter, today);

function casesOf({ addressee, rows, facts, today, baseUrl }: MailToCompose): MailCase[] {
  const byCase = new Map<string, DueRow[]>();
  for (const row of rows) {
    const own = byCase.get(row.referralId);
    if (own) own.push(row);
    else byCase.set(row.referralId, [row]);
  }
  const cases = [...byCase].map(([id, own]): MailCase => {
    const position = facts.positions.get(id);
    if (!position) throw new Error(`no case ${id}`);
    const link = `${baseUrl}/arenden/${id}`;
    return { position, matters: mattersOf(position, own, facts, today), insteadOf: insteadOf(addressee, own), link };
  });
  return cases.sort((a, b) => compare(sortKey(a, today), sortKey(b, today)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What presses most in a case. */
const mostPressing = ({ matters }: MailCase, today: LocalDate): Matter | undefined =>
  [...matters].sort((a, b) => compare(pressing(a, today), pressing(b, today)))[0];

function sortKey(one: MailCase, today: LocalDate): string {
  const first = mostPressing(one, today);
  return `${first?.by ?? '9999'} ${one.position.diarienummer}`;
}

/** Several rows may say the same: a late run has all that fell due meanwhile. It is said once. */
function mattersOf(position: CasePosition, rows: readonly DueRow[], facts: MailFacts, today: LocalDate): Matter[] {
  const takenOverFrom = facts.takenOverFrom.get(position.id) ?? null;
  const matters = rows.map((row) => {
    const who = facts.standings.of(row.personId, position);
    return matterOf(position, row, today, { who, takenOverFrom });
  });
  const distinct = new Map(matters.map((matter) => [`${matter.about} ${matter.short} ${matter.todo}`, matter]));
  return [...distinct.values()].sort((a, b) => compare(withinCase(a, today), withinCase(b, today)));
}

function insteadOf({ owners }: Addressee, rows: readonly DueRow[]): StoodInFor[] {
  const people = new Set(rows.map((row) => row.personId));
  return [...people].map((id) => owners.get(id)?.stoodInFor ?? null).filter((owner) => owner !== null);
}

const shortLeft = ({ short, left }: Matter): string => (left === '' ? short : `${short}, ${left}`);

function subjectOf(cases: readonly MailCase[], today: LocalDate): string {
  const nearest = cases[0];
  const first = cases.length === 1 ? nearest?.matters[0] : nearest && mostPressing(nearest, today);
  if (!nearest || !first) throw new Error('a mail about nothing');
  const number = nearest.position.diarienummer;
  if (cases.length === 1) return `${number}: ${shortLeft(first)}`;
  const said = shortLeft({ ...first, short: first.short.replace(` ${yearOf(today)}`, '') });
  return `${cases.length} ärenden att bevaka: närmast ${number}, ${said}`;
}
