import { ROLES, type Role } from '../../../domain/referral/permissions.js';
import { ROLE_WORDS } from '../../../platform/problem/words.js';
import { capital } from '../lista/capital.js';

/** `Registrator och nämndsekreterare`. */
export function rolesInWords(roles: Iterable<Role>): string {
  const has = new Set(roles);
  const words = ROLES.filter((role) => has.has(role)).map((role) => ROLE_WORDS[role]);
  const last = words.pop();
  if (last === undefined) return 'Utan roll';
  return capital(words.length === 0 ? last : `${words.join(', ')} och ${last}`);
}
