import { isLocalDate, type LocalDate } from '../../../domain/calendar/local-date.js';

const EIGHT = /^(\d{4})(\d{2})(\d{2})$/;
const SIX = /^(\d{2})(\d{2})(\d{2})$/;

/** A day as people type it, `20231027` and `231027` too, as it is written: `2023-10-27`. Anything else as it is. */
export function typedDay(text: string): string {
  const bare = text.trim().replace(/[\u2010-\u2015\u2212]/g, '-');
  const eight = EIGHT.exec(bare);
  if (eight) return `${eight[1]}-${eight[2]}-${eight[3]}`;
  const six = SIX.exec(bare);
  return six ? `20${six[1]}-${six[2]}-${six[3]}` : bare;
}

/** A time of day as people type it, `9.00`, `kl 9:00` and `0900` too, as `09:00`. Anything else as it is. */
export function typedTime(text: string): string {
  const match = /^(?:kl\.?)?\s*(\d{1,2})(?:[.:]?(\d{2}))?$/i.exec(text.trim());
  return match ? `${(match[1] ?? '').padStart(2, '0')}:${match[2] ?? '00'}` : text.trim();
}

/** The day that is typed, when it is one. */
export function dayIn(text: string | undefined): LocalDate | null {
  const day = typedDay(text ?? '');
  return isLocalDate(day) ? day : null;
}
