import type { FormValues } from '../../../../platform/web/form-errors.js';
import type { FormField } from '../acts/act-form.js';
import { readable } from './days.js';

/** What was typed in a field, as it is read. */
export function typedWords(field: FormField, values: FormValues): string {
  const value = values[field.name] ?? '';
  if (value === '') return 'inget';
  if (field.kind === 'choice' || field.kind === 'select') {
    return field.options.find((option) => option.value === value)?.label ?? value;
  }
  return readable(value);
}
