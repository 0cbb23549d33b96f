import { createContext } from 'preact';

/** What a form's field is called, and what its choices are called. */
export interface FieldLabel {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** Labels by field name, gathered while a form is written; null outside of a form that is posted. */
export const FormLabels = createContext<Map<string, FieldLabel> | null>(null);
