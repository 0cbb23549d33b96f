import type { FormContext, FormField } from './act-form.js';

/** The day on which something was done: today unless another is said. */
export const dayDone = ({ today }: FormContext, label = 'Dag', the = 'Dagen', name = 'on'): FormField => ({
  kind: 'day',
  name,
  label,
  the,
  value: today,
});

export const reason = (hint: string, optional: boolean | 'unsaid' = false): FormField => ({
  kind: 'text',
  name: 'reason',
  label: 'Skäl',
  the: 'Skälet',
  hint,
  optional,
  maxLength: 1000,
});

export const noteOnAnswer = (hint: string): FormField => ({
  kind: 'text',
  name: 'note',
  label: 'Anteckning',
  the: 'Anteckningen',
  hint,
  optional: true,
  maxLength: 1000,
});

export const noFields = (): readonly FormField[] => [];
