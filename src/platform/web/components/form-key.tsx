import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import { Hidden } from './form.js';

/** The field by which a form that is sent twice is known again (`FormOnce`). */
export const FORM_KEY_FIELD = 'nyckel';

export const newFormKey = (): string => randomUUID();

/** @param sent the key that the form came with, when it is shown again */
export const FormKey = ({ sent }: { readonly sent: string | undefined }): VNode => (
  <Hidden name={FORM_KEY_FIELD} value={sent ?? newFormKey()} />
);
