import type { ComponentChildren, VNode } from 'preact';

interface CalloutProps {
  /** `info` explains, `warn` asks for care, `danger` tells that something is wrong, `done` that it went well. */
  readonly tone?: 'info' | 'warn' | 'danger' | 'done';
  readonly title?: string;
  /** Read out at once, for what a person has just brought about. */
  readonly live?: boolean;
  readonly children?: ComponentChildren;
}

/** Something to notice before anything else. */
export const Callout = ({ tone = 'info', title, live, children }: CalloutProps): VNode => (
  <div class={`callout ${tone}`} role={live === true ? 'status' : undefined}>
    {title === undefined ? null : <strong>{title}</strong>}
    {children}
  </div>
);

/** That a form had been sent before, and what has become since of what it asked for; nothing when there is nothing to tell. */
export const SentBefore = ({ text }: { readonly text: string | null }): VNode | null =>
  text === null ? null : (
    <Callout title="Formuläret skickades redan" live>
      {text}
    </Callout>
  );

/** What a person has just brought about, when there is something to tell. */
export const Done = ({ text }: { readonly text: string | null }): VNode | null =>
  text === null ? null : (
    <Callout tone="done" live>
      {text}
    </Callout>
  );
