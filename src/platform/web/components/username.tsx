import type { VNode } from 'preact';

/** Tells the browser's password keeper whose password a form is about. Neither seen nor heard. */
export const Username = ({ email }: { readonly email: string }): VNode => (
  <input
    class="ds-sr-only"
    type="text"
    value={email}
    autoComplete="username"
    readOnly
    tabIndex={-1}
    aria-hidden="true"
  />
);
