import { readConfig } from '../platform/config/config.js';
import { closeDatabase, openDatabase } from '../platform/database/open-database.js';
import { ENTITIES } from '../schema.js';
import { EXIT } from './failure.js';
import type { Terminal } from './terminal.js';

/** `diarium migrate` */
export async function migrate(terminal: Terminal): Promise<number> {
  const database = await openDatabase(readConfig(terminal.env).database, ENTITIES);
  await closeDatabase(database);
  const { migrated } = database;
  await terminal.out(migrated.map((name) => `${name}\n`).join(''));
  terminal.err(migrated.length === 0 ? 'Databasens schema är aktuellt.\n' : `Schemat är uppdaterat.\n`);
  return EXIT.ok;
}
