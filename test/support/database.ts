import { createHash, randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { DatabaseAddress } from '../../src/platform/database/data-source.js';
import { closeDatabase, openDatabase } from '../../src/platform/database/open-database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { ENTITIES } from '../../src/schema.js';
import { testEngine } from './engine.js';
import { freshPostgresDatabase } from './postgres-server.js';

const MIGRATIONS = 'src/platform/database/migrations';
const TEMPLATES = 'node_modules/.cache/diarium-test';

/** A database of its own for one test file, with the schema made. */
export interface FreshDatabase {
  readonly address: DatabaseAddress;
  readonly write: DataSource;
  readonly read: DataSource;
  readonly work: UnitOfWork;
  /** Closes it and takes it away. */
  close(): Promise<void>;
}

export interface FreshSqlite extends FreshDatabase {
  readonly address: DatabaseAddress & { readonly kind: 'sqlite' };
}

/** The name changes with every migration, so that an old template is never used. */
function templatePath(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(MIGRATIONS).sort()) hash.update(readFileSync(join(MIGRATIONS, file)));
  return join(TEMPLATES, `${hash.digest('hex').slice(0, 16)}.db`);
}

/** A migrated SQLite file to copy. Made once; test processes that make it at once each rename a whole one into place. */
async function template(): Promise<string> {
  const path = templatePath();
  if (existsSync(path)) return path;
  mkdirSync(TEMPLATES, { recursive: true });
  const draft = join(TEMPLATES, `${randomUUID()}.draft`);
  await closeDatabase(await openDatabase({ kind: 'sqlite', path: draft }, ENTITIES));
  renameSync(draft, path);
  return path;
}

/** A folder that no other test uses, taken away by `remove`. */
export function freshFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'diarium-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A migrated database in a folder of its own, as it lies there before anyone opens it. */
export async function freshDatabaseFile(folder: string): Promise<string> {
  const path = join(folder, 'diarium.db');
  copyFileSync(await template(), path);
  return path;
}

/** A migrated, empty SQLite database of its own, for a test that is about its file. */
export async function freshSqlite(): Promise<FreshSqlite> {
  const folder = freshFolder();
  const address = { kind: 'sqlite', path: await freshDatabaseFile(folder.path) } as const;
  const opened = await openDatabase(address, ENTITIES);
  return {
    address,
    write: opened.write,
    read: opened.read,
    work: new UnitOfWork(opened.write),
    close: async () => {
      await closeDatabase(opened);
      folder.remove();
    },
  };
}

/** A migrated, empty database of its own, on the engine that TEST_ENGINE says. */
export function freshDatabase(): Promise<FreshDatabase> {
  return testEngine() === 'postgres' ? freshPostgresDatabase() : freshSqlite();
}
