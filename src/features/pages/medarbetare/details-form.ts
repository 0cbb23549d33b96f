import { z } from 'zod';
import { email, lineText } from '../../../platform/http/text.js';
import type { FormValues } from '../../../platform/web/form-errors.js';
import type { ColleagueDetails } from '../../organisation/correct-colleague.js';
import type { Compared } from '../arende/views/conflict-view.js';
import { TypedForm } from '../frame/typed-form.js';

export const DETAILS_LABELS = { namn: 'Namn', epost: 'E-postadress', titel: 'Titel', telefon: 'Telefon' };

const details = z.object({
  namn: lineText(500),
  epost: email(),
  titel: lineText(500).optional(),
  telefon: lineText(40).optional(),
  grund: z.string().max(4000).optional(),
});

/** The form of someone's details. */
export const DETAILS_FORM = new TypedForm(details, {
  the: { namn: 'Namnet', epost: 'E-postadressen', titel: 'Titeln', telefon: 'Telefonnumret' },
  kinds: { namn: 'line', epost: 'line', titel: 'line', telefon: 'line' },
  fields: { name: 'namn', email: 'epost', title: 'titel', phone: 'telefon' },
});

export const valuesOf = ({ name, email: address, title, phone }: ColleagueDetails): FormValues => ({
  namn: name,
  epost: address,
  titel: title ?? '',
  telefon: phone ?? '',
});

const basis = z.tuple([z.string(), z.string(), z.string().nullable(), z.string().nullable()]);

/** What a form starts from, in one of its fields. */
export const basisOf = ({ name, email: address, title, phone }: ColleagueDetails): string =>
  JSON.stringify([name, address, title, phone]);

/** What a form started from; null when it does not say. */
export function basisIn(text: string | undefined): ColleagueDetails | null {
  const read = basis.safeParse(parsed(text ?? ''));
  if (!read.success) return null;
  const [name, address, title, phone] = read.data;
  return { name, email: address, title, phone };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What was changed in a form, on top of how things are now; of a form that does not say what it started from, all. */
export function mergedDetails(
  sent: ColleagueDetails,
  from: ColleagueDetails | null,
  now: ColleagueDetails,
): ColleagueDetails {
  const chosen = <K extends keyof ColleagueDetails>(name: K): ColleagueDetails[K] =>
    from === null || sent[name] !== from[name] ? sent[name] : now[name];
  return { name: chosen('name'), email: chosen('email'), title: chosen('title'), phone: chosen('phone') };
}

/** Where what was typed and what stands there now differ. */
export function compareDetails(sent: ColleagueDetails, now: ColleagueDetails): Compared[] {
  const [typed, standing] = [valuesOf(sent), valuesOf(now)];
  return Object.entries(DETAILS_LABELS).flatMap(([field, label]) => {
    const [one, other] = [typed[field] ?? '', standing[field] ?? ''];
    return one === other ? [] : [{ label, now: other === '' ? 'inget' : other, typed: one === '' ? 'inget' : one }];
  });
}
