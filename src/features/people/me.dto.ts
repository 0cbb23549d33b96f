import { z } from 'zod';
import { ROLES } from '../../domain/referral/permissions.js';
import { everyoneActedFor, type Actor } from './actor.js';

export const MeView = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    roles: z.record(z.string(), z.array(z.enum(ROLES))).describe('Roller per nämnd, den du ersätter i dag inräknad'),
    manages: z.array(z.string()).describe('Avdelningar som du är chef för, som NÄMND/AVDELNING'),
    actsFor: z.array(z.string()).describe('Personer som du ersätter i dag, i någon nämnd'),
  })
  .meta({ id: 'Me' });

export type MeView = z.infer<typeof MeView>;

export const toMeView = (actor: Actor): MeView => ({
  id: actor.personId,
  name: actor.name,
  email: actor.email,
  roles: Object.fromEntries([...actor.roles].sort().map(([board, there]) => [board, [...there].sort()])),
  manages: [...actor.manages].sort(),
  actsFor: everyoneActedFor(actor, actor.roles.keys())
    .filter((id) => id !== actor.personId)
    .sort(),
});
