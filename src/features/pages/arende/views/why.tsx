import type { VNode } from 'preact';
import { unbroken } from '../words/days.js';

interface WhyProps {
  /** What is explained, for those who hear the word alone. */
  readonly of: string;
  readonly children: string;
}

/** A rule in one sentence, for those who ask. */
export const Why = ({ of, children }: WhyProps): VNode => (
  <details class="why">
    <summary>
      Varför?<span class="ds-sr-only"> {of}</span>
    </summary>
    <p>{unbroken(children)}</p>
  </details>
);
