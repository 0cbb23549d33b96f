import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  closeDatabase,
  DatabaseRefused,
  openDatabase,
  type OpenDatabase,
} from '../../../src/platform/database/open-database.js';
import { MIGRATIONS } from '../../../src/platform/database/data-source.js';
import { prepareSqliteFile } from '../../../src/platform/database/sqlite-file.js';
import { ENTITIES } from '../../../src/schema.js';
import { freshDatabaseFile, freshFolder } from '../../support/database.js';

let folder: ReturnType<typeof freshFolder>;
let path: string;

beforeEach(() => {
  folder = freshFolder();
  path = join(folder.path, 'data', 'diarium.db');
});

afterEach(() => folder.remove());

const open = (): Promise<OpenDatabase> => openDatabase({ kind: 'sqlite', path }, ENTITIES);

async function refusal(): Promise<DatabaseRefused> {
  try {
    await closeDatabase(await open());
  } catch (error) {
    if (error instanceof DatabaseRefused) return error;
    throw error;
  }
  throw new Error('was opened');
}

describe('Opening a database', () => {
  it('makes folder, file and schema, and says which migrations it made', async () => {
    const db = await open();
    expect(db.migrated).toEqual(MIGRATIONS.map(({ name }) => name));
    await closeDatabase(db);
    const again = await open();
    expect(again.migrated).toEqual([]);
    await closeDatabase(again);
  });

  it('has WAL, a full sync at each commit, and references checked', async () => {
    const db = await open();
    expect(await db.write.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(await db.write.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await db.write.query('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    await closeDatabase(db);
  });

  it('gives a second connection that cannot write', async () => {
    const db = await open();
    await expect(db.read.query(`INSERT INTO "setting" ("name", "value") VALUES ('a', '1')`)).rejects.toThrow(
      'readonly',
    );
    await closeDatabase(db);
  });

  it('puts the WAL away when it is closed', async () => {
    await closeDatabase(await open());
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  it('reads what a process that was killed had committed', async () => {
    await closeDatabase(await open());
    const other = new Database(path);
    other.exec(`INSERT INTO "setting" ("name", "value") VALUES ('a', '1')`);
    const [file, wal] = [readFileSync(path), readFileSync(`${path}-wal`)];
    other.close();
    writeFileSync(path, file);
    writeFileSync(`${path}-wal`, wal);
    const db = await open();
    expect(await db.read.query('SELECT * FROM "setting"')).toEqual([{ name: 'a', value: '1' }]);
    await closeDatabase(db);
  });
});

describe('A database is refused, and left as it is,', () => {
  it.each([
    ['a letter', 'Till Enskede-Årsta-Vantörs stadsdelsnämnd\n'.repeat(200)],
    ['a few bytes', 'hej'],
    ['the header of something else', 'SQLite format 2\u0000'.padEnd(8192, '\u0000')],
  ])('when the file is %s', async (_, content) => {
    mkdirSync(join(folder.path, 'data'));
    writeFileSync(path, content);
    const refused = await refusal();
    expect(refused.because).toBe('not-a-database');
    expect(refused.message).toMatch(/är ingen SQLite-databas.*säkerhetskopia/);
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('when it is a folder', async () => {
    mkdirSync(path, { recursive: true });
    expect((await refusal()).because).toBe('not-a-database');
  });

  describe('and was one:', () => {
    beforeEach(async () => {
      path = await freshDatabaseFile(folder.path);
    });

    it('when its tail has been cut', async () => {
      truncateSync(path, 40_960);
      const refused = await refusal();
      expect(refused.because).toBe('damaged');
      expect(refused.message).toMatch(/är skadad.*säkerhetskopia/);
    });

    it('when only its header is left', async () => {
      truncateSync(path, 100);
      expect((await refusal()).because).toBe('damaged');
    });

    it('when its first page has been overwritten', async () => {
      const file = readFileSync(path);
      writeFileSync(path, file.fill(0xaa, 100, 4096));
      expect((await refusal()).because).toBe('damaged');
    });

    it('when its header says nonsense', async () => {
      const file = readFileSync(path);
      writeFileSync(path, file.fill(0xff, 16, 24));
      expect((await refusal()).because).toBe('damaged');
    });

    it('when a newer version has written it', async () => {
      const db = new Database(path);
      db.exec(`INSERT INTO "migrations" ("timestamp", "name") VALUES (1900000000000, 'AddFuture1900000000000')`);
      db.close();
      const before = readFileSync(path);
      const refused = await refusal();
      expect(refused.because).toBe('newer');
      expect(refused.message).toMatch(/nyare version.*AddFuture1900000000000.*säkerhetskopia/);
      expect(readFileSync(path).equals(before)).toBe(true);
    });

    it('when another process keeps it to itself', async () => {
      const db = new Database(path);
      db.pragma('locking_mode = EXCLUSIVE');
      db.pragma('journal_mode = DELETE');
      db.exec('BEGIN EXCLUSIVE');
      const opening = prepareSqliteFile(path, () => undefined, 100);
      await expect(opening).rejects.toMatchObject({ name: 'DatabaseRefused', because: 'busy' });
      db.close();
    });
  });

  it('when it is another database', async () => {
    mkdirSync(join(folder.path, 'data'));
    const db = new Database(path);
    db.exec('CREATE TABLE "recipe" ("name" text)');
    db.close();
    const before = readFileSync(path);
    expect((await refusal()).because).toBe('foreign');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('when its file may only be read', async () => {
    await closeDatabase(await open());
    chmodSync(path, 0o444);
    for (const above of [join(folder.path, 'data'), folder.path]) chmodSync(above, 0o755);
    const root = process.geteuid?.() === 0;
    // To root every file may be written.
    if (root) process.seteuid?.(65534);
    const refused = await refusal().finally(() => root && process.seteuid?.(0));
    expect(refused.because).toBe('not-writable');
    expect(refused.message).toContain(path);
  });

  it('when its folder cannot be made', async () => {
    writeFileSync(join(folder.path, 'data'), 'a file');
    const refused = await refusal();
    expect(refused.because).toBe('not-writable');
    expect(refused.message).toMatch(/går inte att skriva i.*DATA_DIR/);
  });

  it('when it cannot be read and written at once', async () => {
    path = ':memory:';
    expect((await refusal()).because).toBe('no-wal');
  });

  it('when PostgreSQL does not answer, without telling the password', async () => {
    const url = 'postgres://user:hemligt@127.0.0.1:1/db';
    const opening = openDatabase({ kind: 'postgres', url }, ENTITIES);
    await expect(opening).rejects.toMatchObject({ name: 'DatabaseRefused', because: 'unreachable' });
    await expect(opening).rejects.not.toThrow('hemligt');
  });
});
