import { SystemClock } from '../platform/clock/system-clock.js';
import { readConfig } from '../platform/config/config.js';
import { readDataSource, writeDataSource, type DatabaseAddress } from '../platform/database/data-source.js';
import { postgresRefused } from '../platform/database/postgres-refused.js';
import { refusedBy } from '../platform/database/sqlite-file.js';
import { isHere, livingWorkers } from '../platform/queue/heartbeat.js';
import { CommandFailed, EXIT } from './failure.js';
import type { Terminal } from './terminal.js';

/**
 * `diarium jobs alive`
 *
 * For a monitor that asks every half minute: one question to the database, and nothing else is put together. A worker
 * that is stuck, or does not reach the database, no longer renews its lease.
 */
export async function alive(terminal: Terminal): Promise<number> {
  const config = readConfig(terminal.env);
  const now = new SystemClock(config.clockStartsAt ?? undefined).now();
  const here = (await workersIn(config.database, now)).filter(isHere);
  if (here.length === 0) throw new CommandFailed('Ingen arbetare på den här maskinen har hörts av på en minut.');
  await terminal.out(here.map((worker) => `${worker}\n`).join(''));
  return EXIT.ok;
}

async function workersIn(address: DatabaseAddress, now: Date): Promise<string[]> {
  const database = readDataSource(address, writeDataSource(address, []), []);
  try {
    await database.initialize();
    return await livingWorkers(database.manager, now);
  } catch (error) {
    throw address.kind === 'sqlite' ? refusedBy(error, address.path) : postgresRefused(error, address.url);
  } finally {
    if (database.isInitialized) await database.destroy();
  }
}
