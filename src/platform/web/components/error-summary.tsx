import type { VNode } from 'preact';
import { fieldId, type FormErrors } from '../form-errors.js';

interface ErrorSummaryProps {
  readonly errors: FormErrors;
  readonly title?: string;
}

/**
 * All that is wrong with a form, at its top, each with the way to its field. It has the focus when the page opens, so
 * that it is read out first.
 */
export const ErrorSummary = ({ errors, title }: ErrorSummaryProps): VNode | null => {
  if (errors.length === 0) return null;
  const heading = title ?? (errors.length === 1 ? 'Något behöver rättas' : `${errors.length} saker behöver rättas`);
  return (
    <section class="ds-error-summary" tabIndex={-1} autoFocus aria-labelledby="fel-rubrik">
      <h2 id="fel-rubrik">{heading}</h2>
      <ul class="ds-list">
        {errors.map(({ field, message }) => (
          <li key={`${field ?? ''} ${message}`}>
            {field === null ? (
              message
            ) : (
              <a class="ds-link" href={`#${fieldId(field)}`}>
                {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};
