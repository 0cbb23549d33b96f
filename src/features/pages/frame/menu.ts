import type { Role } from '../../../domain/referral/permissions.js';
import { boardsSeen, type Actor } from '../../people/actor.js';
import type { RouteTable } from '../../../platform/http/route-table.js';

export type MenuKey = 'watch' | 'register' | 'cases' | 'meetings' | 'reminders' | 'people';

export interface MenuEntry {
  readonly key: MenuKey;
  readonly href: string;
  readonly label: string;
}

const ENTRIES: readonly MenuEntry[] = [
  { key: 'watch', href: '/bevakning', label: 'Bevakning' },
  { key: 'register', href: '/registrera', label: 'Registrera remiss' },
  { key: 'cases', href: '/arenden', label: 'Ärenden' },
  { key: 'meetings', href: '/sammantraden', label: 'Sammanträden' },
  { key: 'reminders', href: '/paminnelser', label: 'Påminnelser' },
  { key: 'people', href: '/medarbetare', label: 'Medarbetare' },
];

const hasRole = ({ roles }: Actor, role: Role): boolean => [...roles.values()].some((there) => there.has(role));

/** What the person may open, of the pages that this process serves. Who only administers sees no cases. */
export function menuOf(actor: Actor, routes: RouteTable): MenuEntry[] {
  const served = ENTRIES.filter(({ href }) => routes.methodsAt(href).includes('GET'));
  const seesCases = boardsSeen(actor).length > 0;
  return served.filter(({ key }) => {
    if (key === 'people') return hasRole(actor, 'admin');
    return seesCases && (key !== 'register' || hasRole(actor, 'registrar'));
  });
}

export const ACCOUNT_PATH = '/konto';

/** Where someone begins who did not ask for anything else. */
export const startOf = (actor: Actor, routes: RouteTable): string => menuOf(actor, routes)[0]?.href ?? ACCOUNT_PATH;
