import { MailFrame } from '../../../platform/mail/mail-frame.js';
import { renderPage } from '../../../platform/web/render-page.js';

interface PasswordLinkMail {
  readonly name: string;
  readonly url: string;
  readonly baseUrl: string;
}

const SUBJECT = 'Välj lösenord till Diarium';
const WHAT = 'Med länken väljer du ett lösenord till Diarium. Den gäller i ett dygn och kan användas en gång.';
const NOT_ME =
  'Har du inte bett om den behöver du inte göra något: ditt lösenord är som det var, och ingen annan har fått länken.';
const BUTTON =
  'display:inline-block;padding:10px 18px;background:#0a4a7a;color:#ffffff;border-radius:6px;font-weight:600;text-decoration:none';

/** What the one gets who is to choose a password. */
export function passwordLinkMail({ name, url, baseUrl }: PasswordLinkMail) {
  const text = `${[`Hej ${name}!`, WHAT, url, NOT_ME, `-- \nDiarium ${baseUrl}`].join('\n\n')}\n`;
  const page = (
    <MailFrame title={SUBJECT}>
      <p>Hej {name}!</p>
      <p>{WHAT}</p>
      <p style="margin:20px 0">
        <a href={url} style={BUTTON}>
          Välj lösenord
        </a>
      </p>
      <p>{NOT_ME}</p>
      <p style="margin:24px 0 0;padding:16px 0 0;border-top:1px solid #d9e0e6;color:#54646f;font-size:14px">
        Fungerar inte knappen, öppna adressen: {url}
      </p>
    </MailFrame>
  );
  return { subject: SUBJECT, text, html: renderPage(page) };
}
