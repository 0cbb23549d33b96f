import { isLocalDate } from '../../../../domain/calendar/local-date.js';
import type { FormValues } from '../../../../platform/web/form-errors.js';
import type { CalledChoice } from '../../../../platform/web/typed-fields.js';
import type { FormField } from '../acts/act-form.js';
import { readable } from './days.js';

/**
 * What was typed in a field, as it is read. A choice that is no longer offered keeps the name it had.
 *
 * @param called what the form that was sent called its choices
 */
export function typedWords(field: FormField, values: FormValues, called?: CalledChoice): string {
  const value = values[field.name] ?? '';
  if (value === '') return 'inget';
  if (field.kind !== 'choice' && field.kind !== 'select') return readable(value);
  const offered = field.options.find((option) => option.value === value)?.label;
  if (offered !== undefined) return offered;
  if (isLocalDate(value)) return readable(value);
  return called?.(field.name, value) ?? new Map(field.known).get(value) ?? value;
}
