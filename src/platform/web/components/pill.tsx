import type { ComponentChildren, VNode } from 'preact';

export type PillTone = 'late' | 'soon' | 'calm' | 'flag' | 'plain';

/** A state in a word or two. The colour says nothing that the words do not. */
export const Pill = ({ tone, children }: { readonly tone: PillTone; readonly children: ComponentChildren }): VNode => (
  <span class={`pill ${tone}`}>{children}</span>
);
