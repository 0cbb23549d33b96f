import type { VNode } from 'preact';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { renderPage } from '../../../platform/web/render-page.js';
import type { MailBoard, MailCase, MailContent } from '../compose-mail.js';
import { FOOTER, headingOf, insteadOfLine, introduction, positionLines, shortOf } from './reminder-lines.js';
import type { Matter } from './reminder-words.js';
import { MailPage } from './mail-page.js';

const CASE = 'margin:0 0 24px;padding:16px;border:1px solid #b4b9c1;border-radius:6px;background:#ffffff';
const BOARD = 'margin:24px 0 12px;font-size:18px;line-height:1.3';
const NUMBER = 'margin:0 0 8px;font-size:16px;line-height:1.4';
const PARAGRAPH = 'margin:0 0 8px';
const LIST = 'margin:0 0 12px;padding:0;list-style:none';
const LINK = 'color:#00458f;font-weight:600;text-decoration:underline';

const MatterView = ({ matter }: { matter: Matter }): VNode => (
  <div style="margin:0 0 12px;padding:0 0 0 12px;border-left:4px solid #00458f">
    <p style={PARAGRAPH}>
      <strong>{shortOf(matter)}</strong>
    </p>
    <p style={PARAGRAPH}>{matter.todo}</p>
    <p style="margin:0;color:#43474e">{matter.why}</p>
  </div>
);

const CaseView = ({ one, today }: { one: MailCase; today: LocalDate }): VNode => (
  <section style={CASE}>
    <h3 style={NUMBER}>{headingOf(one.position)}</h3>
    {one.insteadOf.map((owner) => (
      <p style={PARAGRAPH}>{insteadOfLine(owner)}</p>
    ))}
    {one.matters.map((matter) => (
      <MatterView matter={matter} />
    ))}
    <ul style={LIST}>
      {positionLines(one.position, today).map(({ label, value }) => (
        <li style="margin:0 0 4px">
          {label}: <strong style="font-weight:600">{value}</strong>
        </li>
      ))}
    </ul>
    <a href={one.link} style={LINK}>
      Öppna ärendet {one.position.diarienummer}
    </a>
  </section>
);

const BoardView = ({ board, today }: { board: MailBoard; today: LocalDate }): VNode => (
  <section>
    <h2 style={BOARD}>{board.name}</h2>
    {board.cases.map((one) => (
      <CaseView one={one} today={today} />
    ))}
  </section>
);

/** The mail as a page of its own: no images, nothing fetched, readable with all styles taken away. */
export function reminderHtml(content: MailContent): string {
  const page = (
    <MailPage title={content.subject} footer={FOOTER} baseUrl={content.baseUrl}>
      <p style={PARAGRAPH}>Hej {content.toName}!</p>
      {content.note === null ? null : (
        <p style={PARAGRAPH}>
          <strong>{content.note}</strong>
        </p>
      )}
      <p style={PARAGRAPH}>{introduction(content)}</p>
      {content.boards.map((board) => (
        <BoardView board={board} today={content.today} />
      ))}
    </MailPage>
  );
  return renderPage(page);
}
