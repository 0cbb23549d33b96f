import type { VNode } from 'preact';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { DOT, layOut, type PlacedPoint } from './layout.js';
import type { TimelinePoint } from './points.js';

const LINE_Y = 40;
/** Where labels begin, below the line. */
const LABEL_TOP_Y = 66;
const DAY_Y = 80;
const NAME_Y = 99;
const NAME_STEP = 18;

const Dot = ({ point: { x, state, isDue } }: { readonly point: PlacedPoint }): VNode =>
  isDue ? (
    <rect class={`due ${state}`} x={x - 3.5} y={LINE_Y - 17} width="7" height="34" rx="1" />
  ) : (
    <circle class={`dot ${state}`} cx={x} cy={LINE_Y} r={DOT / 2} />
  );

/** From a point to its label, where that has been moved aside by its neighbours. */
const Leader = ({ point: { x, labelX, isDue } }: { readonly point: PlacedPoint }): VNode | null =>
  Math.abs(x - labelX) < DOT / 2 ? null : (
    <line class="leader" x1={x} x2={labelX} y1={LINE_Y + (isDue ? 17 : 9)} y2={LABEL_TOP_Y} />
  );

const Point = ({ point }: { readonly point: PlacedPoint }): VNode => {
  const { labelX, label, names, state, isDue } = point;
  return (
    <g class={state === 'late' ? 'late' : undefined}>
      <Leader point={point} />
      <Dot point={point} />
      <text class={isDue ? 'day strong' : 'day'} x={labelX} y={DAY_Y} text-anchor="middle">
        {label}
      </text>
      {names.map((name, index) => (
        <text key={name} class="name" x={labelX} y={NAME_Y + index * NAME_STEP} text-anchor="middle">
          {name}
        </text>
      ))}
    </g>
  );
};

interface TodayProps {
  readonly x: number;
  /** Around a point, between points, or where the day the answer is due says enough. */
  readonly mark: 'ring' | 'tick' | 'none';
}

const Today = ({ x, mark }: TodayProps): VNode => (
  <g class="today">
    {mark === 'ring' ? <circle cx={x} cy={LINE_Y} r="11" /> : null}
    {mark === 'tick' ? <line x1={x} x2={x} y1={LINE_Y - 12} y2={LINE_Y + 12} stroke-width="3" /> : null}
    <text x={x} y={LINE_Y - 20} text-anchor="middle">
      i dag
    </text>
  </g>
);

interface TimelineProps {
  readonly points: readonly TimelinePoint[];
  /** Left out for a case that has ended. */
  readonly today: LocalDate | null;
}

/** The plan as a line of days. It is drawn for the eye: the list beside it says the same, and more, in words. */
export const Timeline = ({ points, today }: TimelineProps): VNode => {
  const { width, points: placed, todayX } = layOut(points, today);
  const most = Math.max(1, ...placed.map(({ names }) => names.length));
  const height = NAME_Y + (most - 1) * NAME_STEP + 8;
  const lastDone = placed.findLast(({ state }) => state === 'done')?.x ?? 0;
  const reached = todayX ?? (today !== null && (points.at(-1)?.day ?? '') < today ? width : lastDone);
  const here = placed.find(({ x }) => x === todayX);
  return (
    <svg
      class="timeline"
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      role="img"
      aria-label="Tidplanen som en linje. Samma dagar står i listan Datum och regler."
    >
      <line class="rest" x1="8" x2={width - 8} y1={LINE_Y} y2={LINE_Y} stroke-width="4" />
      {reached > 8 ? (
        <line class="gone" x1="8" x2={Math.min(reached, width - 8)} y1={LINE_Y} y2={LINE_Y} stroke-width="4" />
      ) : null}
      {placed.map((point) => (
        <Point key={point.day} point={point} />
      ))}
      {todayX === null ? null : <Today x={todayX} mark={here === undefined ? 'tick' : here.isDue ? 'none' : 'ring'} />}
    </svg>
  );
};
