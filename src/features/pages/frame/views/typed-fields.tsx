import type { VNode } from 'preact';
import { Field, type FieldProps } from '../../../../platform/web/components/field.js';

type TypedFieldProps = Pick<FieldProps, 'name' | 'label' | 'value' | 'errors' | 'optional'> & {
  /** Above how it is written. */
  readonly hint?: string;
};

const hinted = (hint: string | undefined, how: string): VNode => (
  <>
    {hint === undefined ? '' : `${hint} `}
    <span class="how">{how}</span>
  </>
);
const AS_TYPED = { width: 'day', autoComplete: 'off', spellcheck: false } as const;

/**
 * A day to type. No calendar of the browser's: those send nothing at all of a day that they cannot read, and then nobody
 * is told. And no pad of numbers, which may lack the hyphen.
 */
export const DayField = ({ hint, ...field }: TypedFieldProps): VNode => (
  <Field {...field} {...AS_TYPED} hint={hinted(hint, 'ÅÅÅÅ-MM-DD')} />
);

/** A time of day to type. */
export const TimeField = ({ hint, ...field }: TypedFieldProps): VNode => (
  <Field {...field} {...AS_TYPED} hint={hinted(hint, 'TT:MM')} />
);
