import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { POOL_SIZE } from './pool-size.js';
import { postgresDataSource } from './postgres-data-source.js';
import { CreateSchema1795000000000 } from './migrations/1795000000000-create-schema.js';
import { GuardJournal1795000000001 } from './migrations/1795000000001-guard-journal.js';
import { SearchReferrals1795000000010 } from './migrations/1795000000010-search-referrals.js';
import { RegisterExtras1795000000011 } from './migrations/1795000000011-register-extras.js';
import { CreateAccounts1795000000020 } from './migrations/1795000000020-create-accounts.js';
import { ProveReminders1795000000025 } from './migrations/1795000000025-prove-reminders.js';
import { WatchProposed1795000000030 } from './migrations/1795000000030-watch-proposed.js';
import { MeetingInOrder1795000000035 } from './migrations/1795000000035-meeting-in-order.js';
import { WatchLateMeeting1795000000036 } from './migrations/1795000000036-watch-late-meeting.js';
import { LateByWorkDay1795000000037 } from './migrations/1795000000037-late-by-work-day.js';
import { OfficersOfBoard1795000000038 } from './migrations/1795000000038-officers-of-board.js';
import { WatchDeclined1795000000040 } from './migrations/1795000000040-watch-declined.js';
import { WatchCovered1795000000041 } from './migrations/1795000000041-watch-covered.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [
  CreateSchema1795000000000,
  GuardJournal1795000000001,
  SearchReferrals1795000000010,
  RegisterExtras1795000000011,
  CreateAccounts1795000000020,
  ProveReminders1795000000025,
  WatchProposed1795000000030,
  MeetingInOrder1795000000035,
  WatchLateMeeting1795000000036,
  LateByWorkDay1795000000037,
  OfficersOfBoard1795000000038,
  WatchDeclined1795000000040,
  WatchCovered1795000000041,
];

/** Where the data lies: a SQLite file in this process, or a PostgreSQL server. */
export type DatabaseAddress =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly poolSize?: number };

type Entities = NonNullable<DataSourceOptions['entities']>;

/** How long a process waits for another that holds the SQLite file, in milliseconds. */
const WAIT_FOR_FILE_MS = 20_000;

function prepare(db: BetterSqlite3.Database, readOnly: boolean): void {
  if (!readOnly) {
    db.pragma('journal_mode = WAL');
    // better-sqlite3 reopens a WAL file with NORMAL, which may lose the last commits when the power goes.
    db.pragma('synchronous = FULL');
    // In pages: the copying back of what commits have written is spread over four times as many of them.
    db.pragma('wal_autocheckpoint = 4000');
    // What a statement of many rows keeps for its own undoing would be written to a file of its own, each time.
    db.pragma('temp_store = MEMORY');
  }
  db.pragma('foreign_keys = ON');
  db.pragma('cache_size = -16000');
}

function sqlite(path: string, entities: Entities, readOnly: boolean): DataSource {
  return new DataSource({
    type: 'better-sqlite3',
    database: path,
    entities,
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
    synchronize: false,
    timeout: WAIT_FOR_FILE_MS,
    readonly: readOnly,
    prepareDatabase: (db: BetterSqlite3.Database) => prepare(db, readOnly),
  });
}

/** The connection that writes. Not yet initialised. */
export function writeDataSource(address: DatabaseAddress, entities: Entities): DataSource {
  if (address.kind === 'postgres') {
    const shared = { entities, migrations: MIGRATIONS, migrationsTransactionMode: 'each' } as const;
    return postgresDataSource(address.url, address.poolSize ?? POOL_SIZE, shared);
  }
  mkdirSync(dirname(address.path), { recursive: true });
  return sqlite(address.path, entities, false);
}

/** The connection for reads outside a use case: on SQLite a read-only one, on PostgreSQL the writing one itself. */
export function readDataSource(address: DatabaseAddress, write: DataSource, entities: Entities): DataSource {
  return address.kind === 'postgres' ? write : sqlite(address.path, entities, true);
}
