import type { VNode } from 'preact';
import { longDate } from '../../../domain/calendar/long-date.js';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { renderPage } from '../../../platform/web/render-page.js';
import type { CasePosition } from '../case-position.js';
import { MailPage } from './mail-page.js';
import { headingOf, positionLines } from './reminder-lines.js';

/** What has changed. */
export type Change =
  | { readonly cause: 'meeting-moved'; readonly from: LocalDate; readonly to: LocalDate }
  | { readonly cause: 'meeting-cancelled'; readonly from: LocalDate }
  | { readonly cause: 'adjustment-changed' };

export interface ChangeMail {
  readonly toName: string;
  readonly change: Change;
  readonly cases: readonly CasePosition[];
  readonly today: LocalDate;
  readonly baseUrl: string;
}

const FOOTER = ['Du får det här för att du är handläggare eller nämndsekreterare i ett ärende som har planerats om.'];

function whatHappened(change: Change, cases: readonly CasePosition[]): string {
  const [only] = cases;
  switch (change.cause) {
    case 'meeting-moved':
      return change.from === change.to
        ? `Sammanträdet ${longDate(change.to)} har fått andra dagar för utskick eller justering`
        : `Sammanträdet ${longDate(change.from)} är flyttat till ${longDate(change.to)}`;
    case 'meeting-cancelled':
      return `Sammanträdet ${longDate(change.from)} är inställt`;
    case 'adjustment-changed':
      return only?.adjustment === 'proposed'
        ? 'paragrafen behöver justeras omedelbart'
        : 'paragrafen behöver inte längre justeras omedelbart';
  }
}

function subjectOf(change: Change, cases: readonly CasePosition[]): string {
  const happened = whatHappened(change, cases);
  const [only] = cases;
  if (only && cases.length === 1) {
    return change.cause === 'adjustment-changed'
      ? `${only.diarienummer}: ${happened}`
      : `${happened}: ${only.diarienummer} är planerat om`;
  }
  return `${happened}: ${cases.length} ärenden är planerade om`;
}

/** What it means for the case, and what is to be done. */
function meaning(c: CasePosition, today: LocalDate): string {
  if (c.answerDue === null) return 'Svarsdag saknas, så det finns inget att räkna från.';
  const due = longDate(c.answerDue);
  if (c.meetingOn === null && c.route === 'meeting') {
    if (c.lastMeeting === null || c.lastMeeting < today) {
      return 'Nämnden har inga fler inlagda sammanträden. Nämndsekreteraren lägger till dem under Sammanträden, och då planeras ärendet om.';
    }
    return `Inget sammanträde hinner före ${due}. Välj väg: anstånd, ordförandebeslut, delegation, extra sammanträde eller att avstå.`;
  }
  if (c.adjustment === 'proposed') {
    return `Paragrafen behöver justeras omedelbart för att svaret ska vara inne ${due}. Bekräfta eller avböj det i ärendet.`;
  }
  return 'Nya datum för utkast, attest och utskick står i ärendet.';
}

const linkOf = (c: CasePosition, baseUrl: string): string => `${baseUrl}/arenden/${c.id}`;

const CaseView = ({ one, mail }: { one: CasePosition; mail: ChangeMail }): VNode => (
  <section style="margin:0 0 16px;padding:16px;border:1px solid #b4b9c1;border-radius:6px;background:#ffffff">
    <h2 style="margin:0 0 8px;font-size:16px">{headingOf(one)}</h2>
    <p style="margin:0 0 8px">{meaning(one, mail.today)}</p>
    <ul style="margin:0 0 12px;padding:0;list-style:none">
      {positionLines(one, mail.today).map(({ label, value }) => (
        <li>
          {label}: <strong style="font-weight:600">{value}</strong>
        </li>
      ))}
    </ul>
    <a href={linkOf(one, mail.baseUrl)} style="color:#00458f;font-weight:600">
      Öppna ärendet {one.diarienummer}
    </a>
  </section>
);

/** Tells officers and secretaries that cases have been planned anew, and what that asks of them. */
export function changeMail(mail: ChangeMail): { subject: string; text: string; html: string } {
  const { toName, change, cases, today, baseUrl } = mail;
  const subject = subjectOf(change, cases);
  const blocks = cases.map((one) =>
    [
      headingOf(one),
      meaning(one, mail.today),
      ...positionLines(one, today).map(({ label, value }) => `${label}: ${value}`),
      `Öppna ärendet: ${linkOf(one, baseUrl)}`,
    ].join('\n'),
  );
  const text = `${[`Hej ${toName}!`, `${subject}.`, ...blocks, `-- \n${FOOTER.join('\n')}`].join('\n\n')}\n`;
  const page = (
    <MailPage title={subject} footer={FOOTER} baseUrl={baseUrl}>
      <p style="margin:0 0 8px">Hej {toName}!</p>
      {cases.map((one) => (
        <CaseView one={one} mail={mail} />
      ))}
    </MailPage>
  );
  return { subject, text, html: renderPage(page) };
}
