import { longDate } from '../../../domain/calendar/long-date.js';
import { localDateAt, localTimeAt } from '../../../domain/calendar/stockholm-time.js';
import { MailFrame } from '../../../platform/mail/mail-frame.js';
import { ROLE_WORDS } from '../../../platform/problem/words.js';
import { renderPage } from '../../../platform/web/render-page.js';
import type { Person, Place } from '../../people/people.repository.js';

interface PasswordLinkMail {
  readonly why: 'asked' | 'invited' | 'reopened' | 'moved' | 'sent-again';
  readonly name: string;
  /** The administrator who had it sent; null when it was asked for. */
  readonly by: Pick<Person, 'name' | 'email'> | null;
  /** The boards that it is about. */
  readonly places: readonly Place[];
  readonly url: string;
  /** An ISO instant. */
  readonly expiresAt: string;
  readonly baseUrl: string;
}

interface Words {
  readonly subject: string;
  /** Before the link. */
  readonly before: readonly string[];
  /** After it. */
  readonly after: readonly string[];
}

const WHAT_IT_IS =
  'Diarium håller reda på de remisser som kommer in till nämnden: vem som svarar, när svaret ska vara inne och vad som ska göras härnäst.';

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} och ${words.at(-1) ?? ''}`;

const placeWords = ({ name, roles }: Place): string => `${name} som ${listed(roles.map((role) => ROLE_WORDS[role]))}`;

/** `12 september 2023 kl. 10.41`, in Swedish time. */
function untilWords(expiresAt: string): string {
  const at = new Date(expiresAt);
  return `${longDate(localDateAt(at))} kl. ${localTimeAt(at).replace(':', '.')}`;
}

const whoWords = ({ by }: PasswordLinkMail): string => by?.name ?? 'Systemförvaltaren';
const askWords = ({ by }: PasswordLinkMail): string =>
  by === null ? 'nämndens systemförvaltare' : `${by.name}, ${by.email}`;

const inWords = ({ places }: PasswordLinkMail): string =>
  places.length === 0 ? 'Diarium' : `Diarium hos ${listed(places.map(placeWords))}`;

function linkWords({ expiresAt, baseUrl }: PasswordLinkMail): string {
  return `Länken kan användas en gång, till och med ${untilWords(expiresAt)}. Har den gått ut begär du en ny: ${baseUrl}/losenord`;
}

function invited(mail: PasswordLinkMail): Words {
  const where = mail.places.length === 0 ? '' : `, ${listed(mail.places.map(({ name }) => name))}`;
  return {
    subject: `Inbjudan till Diarium${where}: välj lösenord senast ${untilWords(mail.expiresAt)}`,
    before: [
      `${whoWords(mail)} har lagt till dig i ${inWords(mail)}.`,
      WHAT_IT_IS,
      'Välj ett lösenord med länken, så loggas du in. Har du redan ett lösenord till Diarium gäller det fortfarande, och du behöver inte välja ett nytt.',
    ],
    after: [linkWords(mail), `Har du frågor, eller ska du inte ha något konto? Hör av dig till ${askWords(mail)}.`],
  };
}

function reopened(mail: PasswordLinkMail): Words {
  return {
    subject: `Ditt konto i Diarium är öppnat igen: välj lösenord senast ${untilWords(mail.expiresAt)}`,
    before: [
      `${whoWords(mail)} har öppnat ditt konto igen. Du arbetar i ${inWords(mail)}.`,
      'Ditt tidigare lösenord gäller inte längre. Välj ett nytt med länken, så loggas du in. Ärenden som lämnades över är kvar hos den som tog över dem.',
    ],
    after: [linkWords(mail), `Har du frågor, eller ska kontot inte vara öppet? Hör av dig till ${askWords(mail)}.`],
  };
}

function asked(mail: PasswordLinkMail): Words {
  return {
    subject: `Välj lösenord till Diarium senast ${untilWords(mail.expiresAt)}`,
    before: ['Du, eller någon som har skrivit din adress, har begärt en länk för att välja lösenord till Diarium.'],
    after: [
      linkWords(mail),
      'Har du inte bett om den behöver du inte göra något: ditt lösenord är som det var, och ingen annan har fått länken.',
    ],
  };
}

function moved(mail: PasswordLinkMail): Words {
  return {
    subject: `Ny adress i Diarium: välj lösenord senast ${untilWords(mail.expiresAt)}`,
    before: [
      `${whoWords(mail)} har ändrat din e-postadress i Diarium till den här. Du arbetar i ${inWords(mail)}, och dina ärenden är som förut.`,
      'Det som loggade in med den förra adressen gäller inte längre. Välj ett lösenord med länken, så loggas du in.',
    ],
    after: [linkWords(mail), `Har du frågor, eller är adressen inte din? Hör av dig till ${askWords(mail)}.`],
  };
}

/** For someone without a password, whether the first link was lost, the account opened again or the address changed. */
function sentAgain(mail: PasswordLinkMail): Words {
  return {
    subject: `Ny länk till Diarium: välj lösenord senast ${untilWords(mail.expiresAt)}`,
    before: [
      `${whoWords(mail)} har skickat en ny länk till dig, för du har inget lösenord som gäller. Du arbetar i ${inWords(mail)}.`,
      WHAT_IT_IS,
      'Välj ett lösenord med länken, så loggas du in. Länkar som du har fått tidigare gäller inte längre.',
    ],
    after: [linkWords(mail), `Har du frågor, eller ska du inte ha något konto? Hör av dig till ${askWords(mail)}.`],
  };
}

const WORDS = { asked, invited, reopened, moved, 'sent-again': sentAgain };

const BUTTON =
  'display:inline-block;padding:10px 18px;background:#0a4a7a;color:#ffffff;border-radius:6px;font-weight:600;text-decoration:none';

/** What the one gets who is to choose a password: asked for, as somebody new, when the account is opened again, at another address, or once more. */
export function passwordLinkMail(mail: PasswordLinkMail) {
  const { name, url, baseUrl } = mail;
  const { subject, before, after } = WORDS[mail.why](mail);
  const text = `${[`Hej ${name}!`, ...before, url, ...after, `-- \nDiarium ${baseUrl}`].join('\n\n')}\n`;
  const page = (
    <MailFrame title={subject}>
      <p>Hej {name}!</p>
      {before.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      <p style="margin:20px 0">
        <a href={url} style={BUTTON}>
          Välj lösenord
        </a>
      </p>
      {after.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      <p style="margin:24px 0 0;padding:16px 0 0;border-top:1px solid #d9e0e6;color:#54646f;font-size:14px;overflow-wrap:anywhere">
        Fungerar inte knappen, öppna adressen: {url}
      </p>
    </MailFrame>
  );
  return { subject, text, html: renderPage(page) };
}
