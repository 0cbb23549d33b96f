import { z } from 'zod';
import { email, lineText } from '../../../platform/http/text.js';
import type { Department } from '../../boards/board.repository.js';
import { departmentCode } from '../../organisation/organisation-file.js';
import { TypedForm } from '../frame/typed-form.js';

export const DEPARTMENT_LABELS = { namnd: 'Nämnd', namn: 'Namn', kod: 'Kod', chef: 'Avdelningschef' };

const details = { namn: lineText(500), chef: email().optional() };
const words = {
  the: { namnd: 'Nämnden', namn: 'Namnet', kod: 'Koden', chef: 'Avdelningschefen' },
  kinds: { namn: 'line', kod: 'line' },
  fields: { name: 'namn', code: 'kod', manager: 'chef', board: 'namnd' },
} as const;

export const NEW_DEPARTMENT_FORM = new TypedForm(
  z.object({ namnd: z.string().max(12), kod: departmentCode(), ...details }),
  words,
);

export const DEPARTMENT_FORM = new TypedForm(z.object({ ...details, grund: z.string().max(2_000).optional() }), words);

type Basis = Pick<Department, 'name' | 'managerId'>;

/** What a form of a department starts from, in one of its fields. */
export const basisOf = ({ name, managerId }: Basis): string => JSON.stringify([name, managerId]);

/** What a form says it started from; null for one that does not say. */
export function basisIn(text: string | undefined): Basis | null {
  const read = z.tuple([z.string(), z.string().nullable()]).safeParse(parsed(text ?? ''));
  return read.success ? { name: read.data[0], managerId: read.data[1] } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
