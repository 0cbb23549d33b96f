import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseAddress } from '../../../platform/database/data-source.js';
import { BackupRefused } from './backup-refused.js';
import { withPostgres } from './postgres-tools.js';

/** Gives an empty database of the same kind for a while: a file in `folder`, or one beside the real one on its server. */
export async function withScratchDatabase<T>(
  like: DatabaseAddress,
  folder: string,
  use: (database: DatabaseAddress) => Promise<T>,
): Promise<T> {
  if (like.kind === 'sqlite') return use({ kind: 'sqlite', path: join(folder, 'data', 'diarium.db') });
  const name = `diarium_drill_${randomBytes(6).toString('hex')}`;
  const url = new URL(like.url);
  url.pathname = `/${name}`;
  await withPostgres(like.url, async (client) => {
    try {
      await client.query(`CREATE DATABASE "${name}"`);
    } catch (error) {
      const todo = 'Ge användaren i DATABASE_URL rätt att skapa databaser (ALTER ROLE … CREATEDB).';
      throw new BackupRefused('tool', `En databas att prova i kan inte skapas. ${todo}`, { cause: error });
    }
  });
  try {
    return await use({ kind: 'postgres', url: url.href });
  } finally {
    await withPostgres(like.url, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
  }
}
