import type { VNode } from 'preact';
import { RIGHT, WIDTH, type MiniTimeline } from '../mini-timeline.js';

const LINE_Y = 14;
/** Half the width of `i dag`, so that it stays inside the drawing. */
const LABEL = 13;

const within = (x: number): number => Math.min(WIDTH - LABEL, Math.max(LABEL, x));

/** A case from registration to answer, drawn small; its words are the drawing's name. */
export const CaseTimeline = ({ dots, todayX, todayInside, dueX, words }: MiniTimeline): VNode => (
  <svg class="mini-timeline" width={WIDTH} height="36" viewBox={`0 0 ${WIDTH} 36`} role="img" aria-label={words}>
    <line class="rest" x1="6" x2={RIGHT} y1={LINE_Y} y2={LINE_Y} />
    <line class="gone" x1="6" x2={todayX} y1={LINE_Y} y2={LINE_Y} />
    {dots.map(({ x, state }, index) => (
      <circle key={index} class={state} cx={x} cy={LINE_Y} r="4" />
    ))}
    {todayInside ? (
      <>
        <circle class="today" cx={todayX} cy={LINE_Y} r="6" />
        <text x={within(todayX)} y="33" text-anchor="middle">
          i dag
        </text>
      </>
    ) : null}
    {dueX === null ? null : <rect class="due" x={dueX} y="5" width="4" height="18" />}
  </svg>
);
