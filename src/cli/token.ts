import { localDateAt, localTimeAt } from '../domain/calendar/stockholm-time.js';
import { CreateToken } from '../features/people/create-token.js';
import { ListTokens } from '../features/people/list-tokens.js';
import { RevokeToken } from '../features/people/revoke-token.js';
import { EXIT } from './failure.js';
import type { Terminal } from './terminal.js';
import { withDiarium } from './with-diarium.js';

const BY = { personId: null, name: 'diarium token' } as const;

const when = (instant: string): string => {
  const at = new Date(instant);
  return `${localDateAt(at)} ${localTimeAt(at)}`;
};

/** `diarium token create EMAIL` */
export function createToken(email: string, label: string | undefined, terminal: Terminal): Promise<number> {
  return withDiarium(terminal, async ({ app }) => {
    const input = { email, ...(label === undefined ? {} : { label }) };
    const { id, token } = await app.get(CreateToken).execute(BY, input);
    await terminal.out(`${token}\n`);
    terminal.err(`Nyckel ${id} för ${email}. Den visas bara nu: spara den på ett säkert ställe.\n`);
    return EXIT.ok;
  });
}

/** `diarium token list` */
export function listTokens(terminal: Terminal): Promise<number> {
  return withDiarium(terminal, async ({ app }) => {
    const tokens = await app.get(ListTokens).execute();
    if (tokens.length === 0) terminal.err('Det finns inga nycklar.\n');
    const lines = tokens.map(({ id, email, label, createdAt, revokedAt }) => {
      const state = revokedAt === null ? 'gäller' : `spärrad ${when(revokedAt)}`;
      return `${[id, email, when(createdAt), state, label ?? ''].join('\t').trimEnd()}\n`;
    });
    await terminal.out(lines.join(''));
    return EXIT.ok;
  });
}

/** `diarium token revoke ID` */
export function revokeToken(id: string, terminal: Terminal): Promise<number> {
  return withDiarium(terminal, async ({ app }) => {
    await app.get(RevokeToken).execute(BY, id);
    terminal.err(`Nyckeln ${id} är spärrad.\n`);
    return EXIT.ok;
  });
}
