import type { VNode } from 'preact';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { dayAndMonth, longDate } from '../../../domain/calendar/long-date.js';
import { localDateAt, localTimeAt } from '../../../domain/calendar/stockholm-time.js';

/** A day as it is read: `27 oktober 2023`, or `27 oktober` where the year is plain. */
export const DateText = ({ day, short }: { readonly day: LocalDate; readonly short?: boolean }): VNode => (
  <time dateTime={day}>{short === true ? dayAndMonth(day) : longDate(day)}</time>
);

/** An instant in Swedish time: `27 oktober 2023 kl. 14.12`. */
export const InstantText = ({ at }: { readonly at: string }): VNode => {
  const instant = new Date(at);
  const time = localTimeAt(instant).replace(':', '.');
  return <time dateTime={at}>{`${longDate(localDateAt(instant))} kl. ${time}`}</time>;
};
