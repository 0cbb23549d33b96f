import { z } from 'zod';
import { REFERRAL_STATUSES } from '../../../domain/referral/lifecycle.js';
import { day } from '../../../platform/http/day.js';
import { email, lineText } from '../../../platform/http/text.js';
import type { Option } from '../../../platform/web/components/field.js';
import type { FormValues } from '../../../platform/web/form-errors.js';
import type { ListQuery } from '../../referrals/list-referrals.js';
import { STATUS_WORDS } from '../arende/words/case-words.js';
import { TypedForm } from '../frame/typed-form.js';
import { withQuery } from './case-address.js';

export const LIST_PATH = '/arenden';
export const PAGE_SIZE = 50;

export const LIST_LABELS = {
  q: 'Sök',
  status: 'Läge',
  namnd: 'Nämnd',
  handlaggare: 'Handläggare',
  avdelning: 'Avdelning',
  fore: 'Svar före',
  ordning: 'Ordning',
};

export const STATUSES = [
  { value: 'open', label: 'Öppna' },
  ...REFERRAL_STATUSES.map((status) => ({ value: status, label: STATUS_WORDS[status] })),
  { value: 'alla', label: 'Alla' },
];
export const ORDERS = [
  { value: 'svar', label: 'Svarsdag' },
  { value: 'registrerat', label: 'Senast registrerade' },
];

/** What can be chosen, as people read it. */
const oneOf = (options: readonly Option[]) => ({
  error: `ska vara något av: ${options.map(({ label }) => label).join('; ')}`,
});

/** The search and filters of the list, as the address has them. Without a state, open cases; `alla` for all. */
const listSchema = z.object({
  q: z.string().max(200).optional(),
  status: z.enum([...REFERRAL_STATUSES, 'open', 'alla'], oneOf(STATUSES)).optional(),
  namnd: lineText(12).optional(),
  handlaggare: email().optional(),
  avdelning: lineText(40).optional(),
  fore: day().optional(),
  ordning: z.enum(['svar', 'registrerat'], oneOf(ORDERS)).optional(),
  sida: z.string().max(6000).optional(),
});

/** At the start of a sentence. */
const THE: Record<keyof typeof LIST_LABELS, string> = {
  q: 'Det du söker',
  status: 'Läget',
  namnd: 'Nämnden',
  handlaggare: 'Handläggaren',
  avdelning: 'Avdelningen',
  fore: 'Svarsdagen',
  ordning: 'Ordningen',
};

export const LIST_FORM = new TypedForm(listSchema, { the: THE, kinds: { q: 'line', fore: 'day' } });

type Listed = z.output<typeof listSchema>;

/** Cursors of the pages from the first one to this one: the way back. Ours have no dot in them. */
export const trailOf = ({ sida }: Pick<Listed, 'sida'>): string[] =>
  (sida ?? '').split('.').filter((one) => one !== '');

/** Of a very long way back its end is kept. */
const LONGEST_TRAIL = 20;

/** What is asked of the use case. Searching is among all cases unless a state is chosen. */
export function queryOf(form: Listed): ListQuery {
  const { q, avdelning } = form;
  const [departmentBoard, department] = boardAndCode(avdelning);
  const isSearch = q !== undefined && q.trim() !== '';
  const status = form.status ?? (isSearch ? 'alla' : 'open');
  return {
    q,
    status: status === 'alla' ? undefined : status,
    board: departmentBoard ?? form.namnd,
    officer: form.handlaggare,
    department,
    dueBefore: form.fore,
    sort: form.ordning === 'registrerat' ? 'registeredAt' : 'answerDue',
    limit: PAGE_SIZE,
    cursor: trailOf(form).at(-1),
  };
}

/** A department is chosen with its board, as `EÅV:HR`: codes of several boards may be the same. */
function boardAndCode(text: string | undefined): [string | undefined, string | undefined] {
  const [board, code] = (text ?? '').split(':', 2);
  return board === undefined || code === undefined || code === '' ? [undefined, undefined] : [board, code];
}

const KEPT = ['q', 'status', 'namnd', 'handlaggare', 'avdelning', 'fore', 'ordning'] as const;

/** Whether anything narrows the list. */
export const isNarrowed = (values: FormValues): boolean =>
  KEPT.some((name) => name !== 'ordning' && (values[name] ?? '') !== '');

/** The same list at another page. */
export function pageHref(values: FormValues, trail: readonly string[]): string {
  const kept = Object.fromEntries(KEPT.map((name) => [name, values[name]]));
  return withQuery(LIST_PATH, { ...kept, sida: trail.slice(-LONGEST_TRAIL).join('.') });
}
