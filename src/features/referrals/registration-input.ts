import type { LocalDate } from '../../domain/calendar/local-date.js';

/** What a registrar says of a letter that has come in. */
export interface RegistrationInput {
  readonly board: string;
  readonly title: string;
  readonly sender: string;
  readonly receivedOn: LocalDate;
  readonly senderReference?: string | null | undefined;
  readonly answerDue?: LocalDate | null | undefined;
  readonly answerDueTime?: string | null | undefined;
  readonly answerTo?: string | null | undefined;
  readonly documentDate?: LocalDate | null | undefined;
  readonly internalTitle?: string | null | undefined;
  /** The provision that a secrecy mark rests on (OSL 5 kap. 5 §). */
  readonly secrecy?: { readonly provision: string } | null | undefined;
  /** E-mail address. */
  readonly officer?: string | null | undefined;
  /** Code of a department of the board. */
  readonly department?: string | null | undefined;
  /** The meeting's day; the recommended one when left out. */
  readonly meeting?: LocalDate | null | undefined;
  /** Why the letter is registered although it seems to be registered already. */
  readonly duplicateReason?: string | null | undefined;
}
