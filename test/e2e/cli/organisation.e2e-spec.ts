import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { tokenHash } from '../../../src/features/people/token.repository.js';
import { freshFolder } from '../../support/database.js';
import { runCli } from './run-cli.js';

const folder = freshFolder();
const dataDir = join(folder.path, 'data');
const path = join(folder.path, 'organisation.json');

const ORGANISATION = {
  boards: [
    {
      code: 'KS',
      name: 'Kommunstyrelsen',
      departments: [{ code: 'KK', name: 'Kommunkansliet', manager: 'cesar.chef@example.se' }],
      meetings: [{ date: '2026-03-26', time: '18:00' }],
    },
  ],
  people: [
    { email: 'cesar.chef@example.se', name: 'Cesar Chef', department: 'KS/KK', roles: { KS: ['manager'] } },
    { email: 'rut.registrator@example.se', name: 'Rut Registrator', roles: { KS: ['registrar'] } },
  ],
};

const query = (sql: string): unknown[] => {
  const db = new Database(join(dataDir, 'diarium.db'), { readonly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
};

const write = (content: unknown): void =>
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));

afterAll(() => folder.remove());

describe('diarium setup', () => {
  it('tells every fault of a file, and brings nothing in', async () => {
    write({ ...ORGANISATION, people: [{ email: 'rut', name: 'Rut', roles: { BN: ['registrar'] } }], extra: 1 });
    const { code, out, err } = await runCli(['setup', path], { dataDir });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe(
      [
        `${path} har 4 fel. Inget har ändrats.`,
        '  people[0].email: ska vara en e-postadress, inte "rut"',
        '  extra: är ett okänt fält',
        '  boards[0].departments[0].manager: "cesar.chef@example.se" finns inte bland personerna',
        '  people[0].roles: "BN" är ingen nämnd',
        '',
      ].join('\n'),
    );
    expect(query('SELECT * FROM "board"')).toEqual([]);
  });

  it('tells where a file stops being JSON', async () => {
    write('{\n  "boards": [,]\n}');
    const { code, err } = await runCli(['setup', path], { dataDir });
    expect(code).toBe(1);
    expect(err).toBe(`${path} har ett fel. Inget har ändrats.\n  rad 2, tecken 14: här ska det stå ett värde\n`);
  });

  it.each([
    ['is not there', 'nowhere.json', 'finns inte'],
    ['is a folder', '.', 'är en mapp'],
  ])('says that a file %s', async (_, file, message) => {
    const { code, err } = await runCli(['setup', file], { dataDir });
    expect(code).toBe(1);
    expect(err).toBe(`Filen ${file} ${message}.\n`);
  });

  it('brings a file in, says what came of it, and changes nothing the second time', async () => {
    write(ORGANISATION);
    const first = await runCli(['setup', path], { dataDir });
    expect(first).toEqual({
      code: 0,
      err: '',
      out: [
        'ny     nämnd        KS',
        'ny     avdelning    KS/KK',
        'ny     sammanträde  KS 2026-03-26',
        'ny     person       cesar.chef@example.se',
        'ny     person       rut.registrator@example.se',
        '5 nya, 0 ändrade, 0 oförändrade',
        '',
      ].join('\n'),
    });
    const again = await runCli(['setup', path], { dataDir });
    expect(again).toEqual({ code: 0, err: '', out: '0 nya, 0 ändrade, 5 oförändrade\n' });
  });

  it('reads standard input, tells what differed, and what to look at', async () => {
    const more = { boards: [{ code: 'KS', name: 'Kommunstyrelsen', meetings: [{ date: '2026-03-26', time: '17:00' }], departments: [{ code: 'KK', name: 'Kommunkansliet', manager: 'rut.registrator@example.se' }] }] }; // prettier-ignore
    const { code, out, err } = await runCli(['setup', '-'], { dataDir, stdin: JSON.stringify(more) });
    expect(code).toBe(0);
    expect(out).toContain('ändrad avdelning    KS/KK  (manager)\nändrad sammanträde  KS 2026-03-26  (time)\n');
    expect(err).toContain('Obs: Chefen för KS/KK, rut.registrator@example.se, har inte rollen manager i KS.');
  });
});

describe('diarium token', () => {
  let token = '';
  let id = '';

  beforeAll(async () => {
    write(ORGANISATION);
    await runCli(['setup', path], { dataDir });
  });

  it('prints a new token alone on standard output, and stores only its hash', async () => {
    const { code, out, err } = await runCli(['token', 'create', 'Rut.Registrator@example.se', '--label', 'prov'], {
      dataDir,
    });
    expect(code).toBe(0);
    expect(out).toMatch(/^diar_[\w-]{43}\n$/);
    token = out.trim();
    expect(err).not.toContain(token);
    expect(query('SELECT "hash", "label" FROM "api_token"')).toEqual([{ hash: tokenHash(token), label: 'prov' }]);
  });

  it('lists tokens without the tokens', async () => {
    const { code, out } = await runCli(['token', 'list'], { dataDir });
    expect(code).toBe(0);
    expect(out).toMatch(/^[0-9a-f-]{36}\trut\.registrator@example\.se\t\d{4}-\d{2}-\d{2} \d{2}:\d{2}\tgäller\tprov\n$/);
    expect(out).not.toContain(token);
    id = out.slice(0, 36);
  });

  it('revokes a token, also one that is revoked already', async () => {
    for (const _ of [1, 2]) {
      expect(await runCli(['token', 'revoke', id], { dataDir })).toEqual({
        code: 0,
        out: '',
        err: `Nyckeln ${id} är spärrad.\n`,
      });
    }
    const { out } = await runCli(['token', 'list'], { dataDir });
    expect(out).toMatch(/\tspärrad \d{4}-\d{2}-\d{2} \d{2}:\d{2}\tprov\n$/);
  });

  it.each([
    ['create', 'ingen@example.se', /ingen@example\.se/],
    ['revoke', '0197aaaa-0000-7000-8000-000000000000', /\S/],
  ])('says that it does not know whom or what to %s', async (act, what, message) => {
    const { code, out, err } = await runCli(['token', act, what], { dataDir });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('waits its turn while another process has the file', async () => {
    const db = new Database(join(dataDir, 'diarium.db'));
    db.exec(`INSERT INTO "series" ("board", "year", "last") VALUES ('KS', 2026, 0)`);
    db.close();
    const holder = spawn(process.execPath, ['test/support/holds-the-file.mjs', join(dataDir, 'diarium.db'), '4000']);
    await once(holder.stdout, 'data');
    const [{ code, out }] = await Promise.all([
      runCli(['token', 'create', 'rut.registrator@example.se'], { dataDir }),
      once(holder, 'close'),
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^diar_/);
    expect(query('SELECT "last" FROM "series"')).toEqual([{ last: 1 }]);
  });
});
