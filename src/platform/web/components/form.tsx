import type { ComponentChildren, VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { FORM_TOKEN_FIELD } from '../form-tokens.js';
import { FormToken } from './form-token.js';

interface FormProps {
  readonly action: string;
  /** `get` for searching and filtering, which change nothing. */
  readonly method?: 'post' | 'get';
  /** Names the form for those who do not see it, where a page has several. */
  readonly label?: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/**
 * A form with the page's token in it. The browser's own checks are off: ours speak Swedish, stand at their fields and
 * are the same with and without scripts.
 */
export const Form = ({ action, method = 'post', label, class: className, children }: FormProps): VNode => {
  const token = useContext(FormToken);
  if (method === 'post' && token === null) throw new Error(`a form to ${action} on a page without a token`);
  return (
    <form action={action} method={method} noValidate aria-label={label} class={className}>
      {method === 'post' ? <input type="hidden" name={FORM_TOKEN_FIELD} value={token ?? ''} /> : null}
      {children}
    </form>
  );
};

/** A value that goes along unseen. */
export const Hidden = ({ name, value }: { readonly name: string; readonly value: string | number }): VNode => (
  <input type="hidden" name={name} value={value} />
);
