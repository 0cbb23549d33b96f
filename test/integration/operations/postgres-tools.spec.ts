import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { environmentOf, findTool, runTool } from '../../../src/features/operations/backup/postgres-tools.js';
import { freshFolder } from '../../support/database.js';

const folder = freshFolder();
afterAll(() => folder.remove());

/** A program that says which version it is of, or what it is told to. */
function program(name: string, body: string): string {
  const bin = join(folder.path, name);
  mkdirSync(bin);
  const file = join(bin, 'pg_dump');
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return bin;
}

describe("PostgreSQL's programs", () => {
  it('are told of the connection by their environment, so that no password is among arguments', () => {
    expect(
      environmentOf('postgres://diarium:hemligt-l%C3%B6sen%2F1@db.example.se:5433/diarium?sslmode=verify-full'),
    ).toEqual({
      PGHOST: 'db.example.se',
      PGPORT: '5433',
      PGUSER: 'diarium',
      PGPASSWORD: 'hemligt-lösen/1',
      PGDATABASE: 'diarium',
      PGSSLMODE: 'verify-full',
    });
    expect(environmentOf('postgres://[::1]/x?sslmode=no-verify')).toEqual({
      PGHOST: '::1',
      PGDATABASE: 'x',
      PGSSLMODE: 'require',
    });
    expect(environmentOf('postgres://localhost/x?host=%2Fvar%2Frun%2Fpostgresql')).toMatchObject({
      PGHOST: '/var/run/postgresql',
    });
  });

  it('are those of the PATH, unless they are older than the server', () => {
    const old = program('old', 'echo "pg_dump (PostgreSQL) 9.6.24"');
    const good = program('good', 'echo "pg_dump (PostgreSQL) 99.1 (Debian 99.1-1)"');
    expect(findTool('pg_dump', 99, `${old}:${good}`)).toBe(join(good, 'pg_dump'));
    expect(findTool('pg_dump', 9, `${old}:${good}`)).toBe(join(old, 'pg_dump'));
    expect(() => findTool('pg_dump', 100, `${old}:${good}`)).toThrow(/pg_dump behövs.*version 100/);
  });

  it('that fail are told of in their own words, without a password', async () => {
    const bad = program('bad', 'echo "pg_dump: error: postgres://u:hemligt@h/d is closed" >&2; exit 3');
    const run = runTool(join(bad, 'pg_dump'), [], {}, new AbortController().signal);
    await expect(run).rejects.toMatchObject({
      because: 'tool',
      message: expect.stringMatching(/misslyckades \(3\): pg_dump: error: postgres:\/\/u:\*\*\*@h\/d is closed/),
    });
  });

  it('are ended when the backup is', async () => {
    const slow = program('slow', 'exec sleep 60');
    const stop = new AbortController();
    const run = runTool(join(slow, 'pg_dump'), [], {}, stop.signal);
    stop.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});
