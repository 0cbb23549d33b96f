import { localDateAt, localTimeAt } from '../domain/calendar/stockholm-time.js';
import { CreatePasswordLink } from '../features/accounts/create-password-link.js';
import { EXIT } from './failure.js';
import type { Terminal } from './terminal.js';
import { withDiarium } from './with-diarium.js';

const BY = { personId: null, name: 'diarium password-link' } as const;

/** `diarium password-link EMAIL` */
export function passwordLink(email: string, terminal: Terminal): Promise<number> {
  return withDiarium(terminal, async ({ app }) => {
    const { url, expiresAt } = await app.get(CreatePasswordLink).execute(BY, email);
    await terminal.out(`${url}\n`);
    const until = new Date(expiresAt);
    const when = `${localDateAt(until)} kl. ${localTimeAt(until).replace(':', '.')}`;
    terminal.err(`Länk för ${email} att välja lösenord med. Den gäller till ${when} och kan användas en gång.\n`);
    return EXIT.ok;
  });
}
