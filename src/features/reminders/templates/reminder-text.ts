import type { MailCase, MailContent } from '../compose-mail.js';
import { FOOTER, headingOf, insteadOfLine, introduction, positionLines, shortOf } from './reminder-lines.js';

function caseText({ position, matters, insteadOf, link }: MailCase, { today }: MailContent): string {
  return [
    headingOf(position),
    ...insteadOf.map(insteadOfLine),
    ...matters.flatMap((matter) => ['', `* ${shortOf(matter)}`, `  ${matter.todo}`, `  ${matter.why}`]),
    '',
    ...positionLines(position, today).map(({ label, value }) => `${label}: ${value}`),
    `Öppna ärendet: ${link}`,
  ].join('\n');
}

/** The mail as plain text. */
export function reminderText(content: MailContent): string {
  const boards = content.boards.map(({ name, cases }) =>
    [`${name.toUpperCase()}`, ...cases.map((one) => caseText(one, content))].join('\n\n'),
  );
  const greeting = `Hej ${content.toName}!`;
  const note = content.note === null ? [] : [content.note];
  return `${[greeting, ...note, introduction(content), ...boards, `-- \n${FOOTER.join('\n')}\n${content.baseUrl}`].join('\n\n')}\n`;
}
