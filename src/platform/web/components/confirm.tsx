import type { ComponentChildren, VNode } from 'preact';
import { Button } from './button.js';

interface ConfirmProps {
  /** What is to be done: on the button that asks. */
  readonly act: string;
  /** What it means, and that it cannot be undone. */
  readonly question: ComponentChildren;
  /** On the button that does it; without it, as `act`. */
  readonly yes?: string;
  readonly name?: string;
  readonly value?: string;
  /** `primary` for what opens something rather than ends it. */
  readonly kind?: 'danger' | 'primary';
}

/** An act with consequences, inside its `Form`: it unfolds a question, and only the button there does it. */
export const Confirm = ({ act, question, yes, name, value, kind = 'danger' }: ConfirmProps): VNode => (
  <details class={kind === 'danger' ? 'confirm' : 'confirm primary'}>
    <summary class="ds-button" data-variant="secondary" data-color={kind === 'danger' ? 'danger' : undefined}>
      {act}
    </summary>
    <div class="confirm-body">
      <p>{question}</p>
      <Button kind={kind} {...(name === undefined ? {} : { name })} {...(value === undefined ? {} : { value })}>
        {yes ?? act}
      </Button>
    </div>
  </details>
);
