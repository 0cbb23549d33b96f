import type { ComponentChildren, VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { FORM_LABELS_FIELD, FORM_REFILL_FIELD, FORM_TOKEN_FIELD } from '../form-tokens.js';
import { writtenLabels } from '../typed-fields.js';
import { FormLabels, type FieldLabel } from './form-labels.js';
import { FormToken } from './form-token.js';

interface FormProps {
  readonly action: string;
  /** `get` for searching and filtering, which change nothing. */
  readonly method?: 'post' | 'get';
  /** Names the form for those who do not see it, where a page has several. */
  readonly label?: string;
  readonly class?: string;
  /** An address that only shows the form as it is filled in (`@ShowsOnly`), for when its session has ended. */
  readonly refill?: string;
  readonly children: ComponentChildren;
}

/** Written after the fields, which have told their labels by then. */
const Labels = ({ of }: { readonly of: ReadonlyMap<string, FieldLabel> }): VNode | null =>
  of.size === 0 ? null : <input type="hidden" name={FORM_LABELS_FIELD} value={writtenLabels(of)} />;

/**
 * A form with the page's token in it. The browser's own checks are off: ours speak Swedish, stand at their fields and
 * are the same with and without scripts.
 */
export const Form = ({ action, method = 'post', label, class: className, refill, children }: FormProps): VNode => {
  const token = useContext(FormToken);
  if (method === 'post' && token === null) throw new Error(`a form to ${action} on a page without a token`);
  const head = { action, method, noValidate: true, 'aria-label': label, class: className };
  if (method === 'get') return <form {...head}>{children}</form>;
  const labels = new Map<string, FieldLabel>();
  return (
    <form {...head}>
      <input type="hidden" name={FORM_TOKEN_FIELD} value={token ?? ''} />
      {refill === undefined ? null : <input type="hidden" name={FORM_REFILL_FIELD} value={refill} />}
      <FormLabels.Provider value={labels}>{children}</FormLabels.Provider>
      <Labels of={labels} />
    </form>
  );
};

interface HiddenProps {
  readonly name: string;
  readonly value: string | number;
  /** What was typed on the page before, and goes along to the next. */
  readonly called?: FieldLabel;
}

/** A value that goes along unseen. */
export const Hidden = ({ name, value, called }: HiddenProps): VNode => {
  const labels = useContext(FormLabels);
  if (called !== undefined) labels?.set(name, called);
  return <input type="hidden" name={name} value={value} />;
};
