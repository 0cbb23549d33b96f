/** A person's name, as people write it, and one address. */
export interface MailAddress {
  readonly name: string;
  readonly email: string;
}

/** A mail to one person. */
export interface OutgoingMail {
  /** `<left@right>`: the same for every repeat of the same mail. */
  readonly messageId: string;
  /** An address, or `Name <address>`, as in `MAIL_FROM`. */
  readonly from: string | MailAddress;
  readonly to: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Further headers; those that a mailer writes itself are refused. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** That the mail was taken over. */
export interface Delivery {
  /** What the receiver of the mail answered, or where it was written; in one line. */
  readonly response: string;
}

/** Why a mail was not taken over. */
export class MailError extends Error {
  override readonly name = 'MailError';

  /**
   * @param permanent the same mail would be refused again; otherwise trying again later makes sense
   * @param code the server's reply code such as `550`, or a word such as `ETIMEDOUT`
   */
  constructor(
    readonly permanent: boolean,
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Hands mails over, one at a time or many at once. Every adapter passes `test/contract/mailer.contract.ts`. */
export abstract class Mailer {
  /**
   * Resolves when somebody else answers for the mail. Control characters and line breaks in names and subjects become
   * blanks, and overlong ones are cut, so that no title keeps a reminder from leaving.
   *
   * @throws MailError in every other case
   */
  abstract send(mail: OutgoingMail): Promise<Delivery>;

  /** @throws MailError when mail could not be handed over now */
  abstract verify(): Promise<void>;

  /** Takes no more, ends what is being sent within a bounded time. */
  abstract close(): Promise<void>;
}
