import type { VNode } from 'preact';
import { longDate } from '../../../domain/calendar/long-date.js';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { renderPage } from '../../../platform/web/render-page.js';
import type { CasePosition } from '../case-position.js';
import { MailPage } from './mail-page.js';
import { lacksMeeting, meaning, newDays, reasons, type Change, type ChangedCase } from './change-words.js';
import { headingOf, insteadOfLine, positionLines, type Line } from './reminder-lines.js';
import { noMeetingShort } from './reminder-words.js';

export interface ChangeMail {
  readonly toName: string;
  readonly change: Change;
  readonly cases: readonly ChangedCase[];
  readonly today: LocalDate;
  readonly baseUrl: string;
}

/** The day that matters: the meeting, or else the answer's. */
function whenOf({ meetingOn, answerDue }: CasePosition): string {
  if (meetingOn !== null) return `, sammanträde ${longDate(meetingOn)}`;
  return answerDue === null ? '' : `, svar senast ${longDate(answerDue)}`;
}

function whatHappened({ change, cases, today }: ChangeMail): string {
  const only = cases[0]?.position;
  switch (change.cause) {
    case 'meeting-moved':
      return change.from === change.to
        ? `Sammanträdet ${longDate(change.to)} har fått andra dagar för utskick eller justering`
        : `Sammanträdet ${longDate(change.from)} är flyttat till ${longDate(change.to)}`;
    case 'meeting-cancelled':
      return `Sammanträdet ${longDate(change.from)} är inställt`;
    case 'adjustment-changed':
      if (only && lacksMeeting(only)) return noMeetingShort(only, today);
      return `paragrafen behöver ${only?.adjustment === 'proposed' ? '' : 'inte längre '}justeras omedelbart${only ? whenOf(only) : ''}`;
  }
}

function subjectOf(mail: ChangeMail): string {
  const { change, cases } = mail;
  const happened = whatHappened(mail);
  const only = cases[0]?.position;
  if (only && cases.length === 1) {
    return change.cause === 'adjustment-changed'
      ? `${only.diarienummer}: ${happened}`
      : `${happened}: ${only.diarienummer} är planerat om`;
  }
  return `${happened}: ${cases.length} ärenden är planerade om`;
}

const linkOf = (c: CasePosition, baseUrl: string): string => `${baseUrl}/arenden/${c.id}`;

const LIST = 'margin:0 0 12px;padding:0;list-style:none';

const Lines = ({ lines }: { lines: readonly Line[] }): VNode | null =>
  lines.length === 0 ? null : (
    <ul style={LIST}>
      {lines.map(({ label, value }) => (
        <li style="margin:0 0 4px">
          {label}: <strong style="font-weight:600">{value}</strong>
        </li>
      ))}
    </ul>
  );

const CaseView = ({ one, mail }: { one: ChangedCase; mail: ChangeMail }): VNode => {
  const { position } = one;
  const said = meaning(one, mail.change, mail.today);
  return (
    <section style="margin:0 0 16px;padding:16px;border:1px solid #b4b9c1;border-radius:6px;background:#ffffff">
      <h2 style="margin:0 0 8px;font-size:16px">{headingOf(position)}</h2>
      {one.insteadOf.map((owner) => (
        <p style="margin:0 0 8px">{insteadOfLine(owner)}</p>
      ))}
      {said === '' ? null : <p style="margin:0 0 8px">{said}</p>}
      <Lines lines={newDays(one, mail.today)} />
      <Lines lines={positionLines(position, mail.today)} />
      <a href={linkOf(position, mail.baseUrl)} style="color:#00458f;font-weight:600">
        Öppna ärendet {position.diarienummer}
      </a>
    </section>
  );
};

const lineText = ({ label, value }: Line): string => `${label}: ${value}`;

function caseText(one: ChangedCase, { change, today, baseUrl }: ChangeMail): string {
  const days = newDays(one, today);
  const said = meaning(one, change, today);
  return [
    headingOf(one.position),
    ...one.insteadOf.map(insteadOfLine),
    ...(said === '' ? [] : [said]),
    ...days.map((line) => `* ${lineText(line)}`),
    ...(days.length === 0 ? [] : ['']),
    ...positionLines(one.position, today).map(lineText),
    `Öppna ärendet: ${linkOf(one.position, baseUrl)}`,
  ].join('\n');
}

/** Tells officers and secretaries that cases have been planned anew, and what that asks of them. */
export function changeMail(mail: ChangeMail): { subject: string; text: string; html: string } {
  const { toName, cases, baseUrl } = mail;
  const subject = subjectOf(mail);
  const footer = reasons(cases);
  const blocks = cases.map((one) => caseText(one, mail));
  const text = `${[`Hej ${toName}!`, `${subject}.`, ...blocks, `-- \n${[...footer, baseUrl].join('\n')}`].join('\n\n')}\n`;
  const page = (
    <MailPage title={subject} footer={footer} baseUrl={baseUrl}>
      <p style="margin:0 0 8px">Hej {toName}!</p>
      {cases.map((one) => (
        <CaseView one={one} mail={mail} />
      ))}
    </MailPage>
  );
  return { subject, text, html: renderPage(page) };
}
