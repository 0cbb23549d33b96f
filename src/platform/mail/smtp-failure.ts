import { MailError } from './mailer.port.js';

/** The parts of nodemailer's errors that say what happened. */
interface SmtpFault {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly command?: unknown;
  readonly permanent?: unknown;
  readonly response?: unknown;
}

/** Replies about us and not about the mail: log in first, log in otherwise, encryption needed. */
const ABOUT_US = new Set([530, 534, 535, 538]);

const LONGEST = 500;

/** A server's reply, or where a file lies, in one bounded line. */
export const line = (text: unknown): string =>
  String(text)
    .slice(0, 10 * LONGEST)
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, LONGEST);

/**
 * Permanent is only a 5xx about this recipient or this message. What the server thinks of us (login, sender, greeting)
 * and whatever the network does is mended by somebody, and then the mail can leave.
 */
function isPermanent({ code, responseCode, command, permanent }: SmtpFault): boolean {
  if (typeof responseCode !== 'number') return code === 'EMESSAGE' && command === 'MAIL FROM';
  if (ABOUT_US.has(responseCode)) return false;
  return permanent === true && (command === 'RCPT TO' || command === 'DATA');
}

const isFault = (error: unknown): error is Error & SmtpFault => error instanceof Error;

/** Whatever sending threw, as what it means. */
export function toMailError(error: unknown): MailError {
  if (error instanceof MailError) return error;
  if (!isFault(error)) return new MailError(false, 'unknown', line(error), { cause: error });
  const code = typeof error.responseCode === 'number' ? error.responseCode : (error.code ?? 'unknown');
  return new MailError(isPermanent(error), line(code), line(error.response ?? error.message), { cause: error });
}
