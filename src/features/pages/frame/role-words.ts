import type { Role } from '../../../domain/referral/permissions.js';

/** A role as people call it. */
export const ROLE_WORDS: Record<Role, string> = {
  registrar: 'registrator',
  officer: 'handläggare',
  manager: 'avdelningschef',
  director: 'förvaltningschef',
  secretary: 'nämndsekreterare',
  reader: 'läsbehörig',
  admin: 'systemförvaltare',
};

/** `Registrator och nämndsekreterare`. */
export function rolesInWords(roles: Iterable<Role>): string {
  const has = new Set(roles);
  const words = Object.entries(ROLE_WORDS).flatMap(([role, word]) =>
    [...has].some((one) => one === role) ? [word] : [],
  );
  const last = words.pop();
  if (last === undefined) return 'Utan roll';
  const text = words.length === 0 ? last : `${words.join(', ')} och ${last}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
