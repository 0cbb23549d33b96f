import type { SendMailOptions } from 'nodemailer';
import { MailError, type MailAddress, type OutgoingMail } from './mailer.port.js';

/** Longer subjects are cut: a mail server may refuse a header of many kilobytes. */
const LONGEST_SUBJECT = 250;
const LONGEST_NAME = 150;
const LONGEST_ADDRESS = 320;

const MESSAGE_ID = /^<[\x21-\x3b\x3d\x3f\x41-\x7e]{1,200}@[\x21-\x3b\x3d\x3f\x41-\x7e]{1,200}>$/;
/** What may stand unquoted on either side of the at sign: no blanks, no control characters, nothing that needs quoting. */
const ADDRESS = /^[^\s\p{C}<>()[\]\\,;:@"]+@[^\s\p{C}<>()[\]\\,;:@"]+$/u;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,60}$/;
/** Written by the mailer itself. */
const RESERVED = new Set([
  'from', 'to', 'cc', 'bcc', 'sender', 'reply-to', 'subject', 'date', 'message-id', 'mime-version', 'auto-submitted',
  'content-type', 'content-transfer-encoding', 'x-auto-response-suppress',
]); // prettier-ignore

/**
 * One line of text: control characters, line separators and marks that turn the direction of writing become blanks,
 * and what is too long is cut between characters.
 */
export function oneLine(text: string, longest: number): string {
  const line = text
    .slice(0, 8 * longest)
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Cs}]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
}

/** @throws MailError `address-invalid` for what is no plain address, since anything else might be more than one */
function address({ name, email }: MailAddress): { name: string; address: string } {
  if (email.length > LONGEST_ADDRESS || !ADDRESS.test(email)) {
    throw new MailError(true, 'address-invalid', 'The address is not an e-mail address');
  }
  return { name: oneLine(name, LONGEST_NAME), address: email };
}

/** `Name <address>`, `"Name" <address>` or an address alone. */
function sender(from: string | MailAddress): MailAddress {
  if (typeof from !== 'string') return from;
  const named = /^([^<>]*)<([^<>]*)>$/.exec(from.trim());
  if (!named) return { name: '', email: from.trim() };
  return { name: (named[1] ?? '').trim().replace(/^"(.*)"$/, '$1'), email: (named[2] ?? '').trim() };
}

function furtherHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const clean = Object.entries(headers).map(([name, value]): [string, string] => {
    if (!HEADER_NAME.test(name) || RESERVED.has(name.toLowerCase())) {
      throw new MailError(true, 'header-invalid', 'A header has a name that is not allowed');
    }
    return [name, oneLine(value, 900)];
  });
  return Object.fromEntries(clean);
}

/**
 * The mail as nodemailer takes it, made harmless: nothing in it can add a header or an addressee, or has a file or an
 * address read.
 *
 * @throws MailError permanent, when the mail can never be sent as it is
 */
export function composeMail(mail: OutgoingMail, now: Date): SendMailOptions {
  if (!MESSAGE_ID.test(mail.messageId)) {
    throw new MailError(true, 'message-id-invalid', 'The Message-ID is not <left@right>');
  }
  const from = address(sender(mail.from));
  const to = address(mail.to);
  return {
    from,
    to,
    envelope: { from: from.address, to: [to.address] },
    messageId: mail.messageId,
    date: now,
    subject: oneLine(mail.subject, LONGEST_SUBJECT),
    text: mail.text,
    html: mail.html,
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: {
      ...furtherHeaders(mail.headers ?? {}),
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
  };
}
