import { z } from 'zod';
import { ROLES } from '../../domain/referral/permissions.js';
import type { Actor } from './actor.js';

export const MeView = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    roles: z.record(z.string(), z.array(z.enum(ROLES))).describe('Roller per nämnd, den du ersätter i dag inräknad'),
    manages: z.array(z.string()).describe('Avdelningar som du är chef för, som NÄMND/AVDELNING'),
    actsFor: z.array(z.string()).describe('Personer som du ersätter i dag'),
  })
  .meta({ id: 'Me' });

export type MeView = z.infer<typeof MeView>;

export const toMeView = ({ personId, name, email, roles, manages, actsFor }: Actor): MeView => ({
  id: personId,
  name,
  email,
  roles: Object.fromEntries([...roles].sort().map(([board, there]) => [board, [...there].sort()])),
  manages: [...manages].sort(),
  actsFor: [...actsFor].filter((id) => id !== personId).sort(),
});
