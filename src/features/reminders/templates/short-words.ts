import { shortOfTime } from '../../../domain/timetable/short-of-time.js';
import type { MilestoneName } from '../../../domain/timetable/milestones.js';

type Short = NonNullable<ReturnType<typeof shortOfTime>>;

const BEFORE: Partial<Record<MilestoneName, string>> = {
  dispatch: 'utskicket',
  decision: 'beslutet',
  meeting: 'sammanträdet',
};

/** `före utskicket 19 oktober 2023`: by when, where time was short from the start. */
export const beforeWords = ({ before }: Short, inWords: (day: Short['day']) => string): string =>
  `före ${BEFORE[before.milestone] ?? 'beslutet'} ${inWords(before.date)}`;
