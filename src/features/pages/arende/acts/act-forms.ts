import type { Act } from '../../../../domain/referral/lifecycle.js';
import type { ActForm } from './act-form.js';
import { ENDING_FORMS } from './ending-forms.js';
import { MEETING_FORMS } from './meeting-forms.js';
import { PREPARATION_FORMS } from './preparation-forms.js';
import { RECORD_FORMS } from './record-forms.js';
import { WAY_FORMS } from './way-forms.js';

const FORMS = [...PREPARATION_FORMS, ...WAY_FORMS, ...MEETING_FORMS, ...ENDING_FORMS, ...RECORD_FORMS];

const BY_ACT: ReadonlyMap<Act, ActForm> = new Map(FORMS.map((form) => [form.act, form]));
const BY_SLUG: ReadonlyMap<string, ActForm> = new Map(FORMS.map((form) => [form.slug, form]));

/** The correction has a page of its own, since it holds all of the case. */
export const CORRECT_SLUG = 'andra';
export const CORRECT_TITLE = 'Rätta uppgifter';
export const CORRECT_DONE = 'Uppgifterna är rättade. Händelserna visar vad som stod där förut.';

export const formOf = (act: Act): ActForm | undefined => BY_ACT.get(act);
export const formAt = (slug: string): ActForm | undefined => BY_SLUG.get(slug);

export const slugOf = (act: Act): string => BY_ACT.get(act)?.slug ?? CORRECT_SLUG;
export const titleOf = (act: Act): string => BY_ACT.get(act)?.title ?? CORRECT_TITLE;

/** The address of a case, or of one of its acts. */
export const casePath = (id: string, slug?: string): string => `/arenden/${id}${slug === undefined ? '' : `/${slug}`}`;

/** What is said above the case when an act has been done, by the word in the address. */
export function receiptOf(word: unknown): string | null {
  if (word === CORRECT_SLUG) return CORRECT_DONE;
  return typeof word === 'string' ? (BY_SLUG.get(word)?.done ?? null) : null;
}
