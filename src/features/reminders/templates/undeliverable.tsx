import { renderPage } from '../../../platform/web/render-page.js';
import { MailPage } from './mail-page.js';

/** A reminder that could not be delivered, and the cases it was about. */
export interface Undelivered {
  readonly toName: string;
  readonly toEmail: string;
  /** What the mail server said. */
  readonly error: string;
  readonly cases: readonly { readonly referralId: string; readonly diarienummer: string }[];
}

interface UndeliverableMail {
  readonly toName: string;
  readonly undelivered: readonly Undelivered[];
  readonly baseUrl: string;
}

const FOOTER = ['Du får det här för att du är registrator, eller den som är kvar, i nämnden som ärendena hör till.'];
const WHAT_TO_DO =
  'Se till att den som berörs får veta vad som ska göras. Rätta adressen om den är fel, eller fördela ärendet till någon annan.';

const title = ({ undelivered }: UndeliverableMail): string => {
  const [first] = undelivered;
  if (undelivered.length === 1 && first) return `Påminnelsen till ${first.toName} kom inte fram`;
  return `${undelivered.length} påminnelser kom inte fram`;
};

const numbersOf = ({ cases }: Undelivered): string => cases.map(({ diarienummer }) => diarienummer).join(', ');

const textOf = (one: Undelivered, baseUrl: string): string =>
  [
    `${one.toName} <${one.toEmail}>`,
    `Gäller: ${numbersOf(one)}`,
    `E-postservern svarade: ${one.error}`,
    ...one.cases.map(({ referralId }) => `${baseUrl}/arenden/${referralId}`),
  ].join('\n');

/** Tells a registrar whom the reminders did not reach, by case number only. */
export function undeliverableMail(mail: UndeliverableMail): { subject: string; text: string; html: string } {
  const subject = title(mail);
  const { toName, undelivered, baseUrl } = mail;
  const blocks = undelivered.map((one) => textOf(one, baseUrl));
  const text = `${[`Hej ${toName}!`, `${subject}. ${WHAT_TO_DO}`, ...blocks, `-- \n${FOOTER.join('\n')}`].join('\n\n')}\n`;
  const page = (
    <MailPage title={subject} footer={FOOTER} baseUrl={baseUrl}>
      <p>Hej {toName}!</p>
      <p>{WHAT_TO_DO}</p>
      {undelivered.map((one) => (
        <section style="margin:0 0 16px;padding:16px;border:1px solid #b4b9c1;border-radius:6px;background:#ffffff">
          <h2 style="margin:0 0 8px;font-size:16px">
            {one.toName} ({one.toEmail})
          </h2>
          <p style="margin:0 0 8px">E-postservern svarade: {one.error}</p>
          <ul style="margin:0;padding:0 0 0 20px">
            {one.cases.map(({ referralId, diarienummer }) => (
              <li>
                <a href={`${baseUrl}/arenden/${referralId}`} style="color:#00458f">
                  {diarienummer}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </MailPage>
  );
  return { subject, text, html: renderPage(page) };
}
