import type { ComponentChildren, VNode } from 'preact';

interface WhyProps {
  /** What is explained, for those who hear the word alone. */
  readonly of: string;
  readonly children: ComponentChildren;
}

/** A rule in one sentence, for those who ask. */
export const Why = ({ of, children }: WhyProps): VNode => (
  <details class="why">
    <summary>
      Varför?<span class="ds-sr-only"> {of}</span>
    </summary>
    <p>{children}</p>
  </details>
);
