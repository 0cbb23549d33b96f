export type Language = 'sv' | 'en';

interface Wish {
  readonly tag: string;
  readonly weight: number;
}

function wishIn(part: string): Wish {
  const [tag = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
  const q = parameters.find((text) => text.startsWith('q='));
  const weight = q === undefined ? 1 : Number(q.slice(2));
  return { tag, weight: Number.isFinite(weight) ? weight : 0 };
}

/** Swedish or English, as `Accept-Language` asks. Swedish when it asks for neither. */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined || acceptLanguage.length > 500) return 'sv';
  const weightOf = (language: Language, wishes: readonly Wish[]): number =>
    Math.max(0, ...wishes.filter(({ tag }) => tag === language || tag.startsWith(`${language}-`)).map((w) => w.weight));
  const wishes = acceptLanguage.split(',').map(wishIn);
  const swedish = weightOf('sv', wishes);
  const english = weightOf('en', wishes);
  if (swedish === 0 && english === 0) return 'sv';
  return swedish >= english ? 'sv' : 'en';
}
