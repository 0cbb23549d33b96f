import { z } from 'zod';
import { email } from '../../../platform/http/text.js';
import { TypedForm } from '../frame/typed-form.js';

export const HAND_OVER_PATH = '/overlamna';

/** The page, with who hands over chosen. */
export const handOverHref = (address: string): string => `${HAND_OVER_PATH}?fran=${encodeURIComponent(address)}`;

export const HAND_OVER_LABELS = { fran: 'Vem lämnar över', till: 'Vem tar över' };

/** The form that hands over all open cases of somebody. */
export const HAND_OVER_FORM = new TypedForm(z.object({ fran: email(), till: email() }), {
  the: { fran: 'Den som lämnar över', till: 'Den som tar över' },
  kinds: {},
  fields: { from: 'fran', to: 'till' },
});
