import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { neutralised } from '../../../src/features/register/formula.js';
import { SearchThreads } from '../../../src/features/register/search.module.js';
import { insertRows } from '../../../src/platform/database/sql.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startApp, type TestApp } from '../../support/app.js';
import { seedBoard, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../support/seed.js';
import { command, type Said } from './command.js';
import { SettableClock } from '../../support/settable-clock.js';

const HOSTILE = ['=cmd|calc!A1', '+46 8', '-1', '@SUM(A1)', '＝1+1', ' =1+1'];

describe('The register as a file', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let people: ModelBoard;
  let other: SeededPerson;

  const register = async (body: object): Promise<void> => {
    const plain = { board: 'EÅV', sender: 'Kommunstyrelsen', title: 'Remiss', receivedOn: '2023-09-11' };
    const { status } = await app.post('/api/v1/referrals', { ...plain, ...body }, { token: people.registrar.token });
    expect(status).toBe(201);
  };
  const BOARD = encodeURIComponent('EÅV');
  const get = (query: string, by = people.registrar, kind = 'csv') =>
    app.get(`/api/v1/boards/${BOARD}/register.${kind}${query}`, { token: by.token });
  const table = (text: string, delimiter = ';'): string[][] => parse(text, { delimiter, bom: true });

  beforeAll(async () => {
    app = await startApp({ clock, process: 'web' });
    people = await seedModelBoard(app);
    await seedBoard(app, 'KS', 'Kommunstyrelsen');
    other = await seedPerson(app, { email: 'kim.ks@example.se', name: 'Kim', roles: { KS: ['registrar'] } });
    await register({ title: 'Program; med "semikolon"', senderReference: 'KS 2023/739', answerDue: '2023-10-27' });
    await register({
      title: 'Hemlig hästgård',
      sender: 'Ågren',
      senderReference: 'SPION 1',
      secrecy: { provision: 'OSL 26 kap. 1 §' },
    });
    clock.set('2023-09-12T21:59:00.000Z');
    for (const title of HOSTILE) await register({ title, receivedOn: '2023-09-12' });
    clock.set('2023-09-12T22:01:00.000Z');
    await register({ title: 'Nästa dag i Stockholm' });
  });

  afterAll(() => app.close());

  it('is CSV that Excel on Swedish opens: a mark for UTF-8, semicolons, CRLF', async () => {
    const response = await fetch(`${app.url}/api/v1/boards/${BOARD}/register.csv?columns=diarienummer,title`, {
      headers: { Authorization: `Bearer ${people.registrar.token}` },
    });
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect(response.headers.get('content-disposition')).toContain(`filename*=UTF-8''diarium-E%C3%85V.csv`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.subarray(3).toString('utf8').split('\r\n');
    expect(lines.slice(0, 2)).toEqual(['Diarienummer;Ärendemening', 'EÅV 2023/1;"Program; med ""semikolon"""']);
  });

  it('has other shapes when asked', async () => {
    const { body } = await get('?columns=number,sender&delimiter=comma&bom=no&to=2023-09-11');
    expect(body).toBe('Löpnummer,Avsändare\r\n1,Kommunstyrelsen\r\n2,Ågren\r\n');
  });

  it('has the days of registration in Stockholm that are asked for, both ends included', async () => {
    const numbers = async (query: string): Promise<string[]> =>
      table((await get(`?columns=number&${query}`)).body)
        .slice(1)
        .map(([number = '']) => number);
    expect(await numbers('to=2023-09-11')).toEqual(['1', '2']);
    expect(await numbers('from=2023-09-12&to=2023-09-12')).toHaveLength(HOSTILE.length);
    expect(await numbers('from=2023-09-13')).toHaveLength(1);
    expect(await numbers('from=2024-01-01')).toEqual([]);
  });

  it('neutralises what a spreadsheet would run', async () => {
    const titles = table((await get('?columns=title&from=2023-09-12&to=2023-09-12')).body)
      .slice(1)
      .flat();
    expect(titles).toEqual(HOSTILE.map((title) => `'${title.trim()}`));
  });

  it('neutralises any text that begins as a formula does, and leaves other text alone', () => {
    const starts = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '  =', '\u00a0=');
    fc.assert(
      fc.property(starts, fc.string(), (start, rest) => expect(neutralised(start + rest)).toBe(`'${start}${rest}`)),
    );
    for (const text of ['', 'a=b', '2023-10-27', 'Ålö', "'=1"]) expect(neutralised(text)).toBe(text);
  });

  it.each(['registrar', 'secretary'] as const)('shows a secret case to a %s', async (role) => {
    const rows = table((await get('?columns=diarienummer,title,sender', people[role])).body);
    expect(rows[2]).toEqual(['EÅV 2023/2', 'Hemlig hästgård', 'Ågren']);
  });

  it.each(['officer', 'manager', 'director', 'reader'] as const)(
    'shows number and date alone of a secret case to a %s',
    async (role) => {
      const { body } = await get('', people[role]);
      expect(body).not.toMatch(/hästgård|Ågren|SPION|26 kap/);
      const [heads = [], , secret = []] = table(body);
      const shown = Object.fromEntries(
        heads.map((head, index) => [head, secret[index] ?? '']).filter(([, cell]) => cell),
      );
      expect(shown).toEqual({
        Diarienummer: 'EÅV 2023/2',
        Inkom: '2023-09-11',
        Registrerad: '2023-09-11',
        Ärendemening: 'Sekretess',
      });
    },
  );

  it('shows the public what is public, whoever asks', async () => {
    const { body } = await get('?view=public');
    expect(body).not.toMatch(/hästgård|Ågren|Handläggare|Anteckning/);
    expect((await get('?view=public&columns=note')).body).toMatchObject({
      type: '/problems/text-invalid',
      status: 400,
    });
  });

  it('is for those who see the board', async () => {
    for (const kind of ['csv', 'xlsx']) {
      expect((await get('', other, kind)).status).toBe(404);
      expect((await app.get(`/api/v1/boards/NO/register.${kind}`, { token: other.token })).status).toBe(404);
      expect((await app.get(`/api/v1/boards/${BOARD}/register.${kind}`)).status).toBe(401);
    }
  });

  it.each(['columns=secret_key', 'columns=', 'from=2023-02-30', 'delimiter=pipe', 'view=all', 'unknown=1'])(
    'refuses %s',
    async (query) => expect((await get(`?${query}`)).status).toBe(400),
  );

  it('is a workbook too', async () => {
    const response = await fetch(`${app.url}/api/v1/boards/${BOARD}/register.xlsx?columns=diarienummer,number,title`, {
      headers: { Authorization: `Bearer ${people.reader.token}` },
    });
    expect(response.headers.get('content-type')).toContain('spreadsheetml');
    const sheet = await readSheet(Buffer.from(await response.arrayBuffer()));
    expect(sheet.slice(0, 3)).toEqual([
      ['Diarienummer', 'Löpnummer', 'Ärendemening'],
      ['EÅV 2023/1', 1, 'Program; med "semikolon"'],
      ['EÅV 2023/2', 2, 'Sekretess'],
    ]);
    expect(sheet[3]?.[2]).toBe("'=cmd|calc!A1");
  });

  it('is made one workbook at a time, and no more than a few wait', async () => {
    const answers = await Promise.all(Array.from({ length: 9 }, () => get('?columns=number', people.reader, 'xlsx')));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(200);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect((await get('?columns=number', people.reader, 'xlsx')).status).toBe(200);
  });

  it('is read slice by slice, each case once', async () => {
    const work = app.provider(UnitOfWork);
    const [row] = await work.run((tx) => tx.query('SELECT * FROM "referral" WHERE "number" = 1'));
    const columns = Object.keys(row);
    const copies = Array.from({ length: 1_300 }, (_, i) => {
      const number = 10_000 + i;
      const copy = {
        ...row,
        id: `copy-${i}`,
        number,
        diarienummer: `EÅV 2023/${number}`,
        number_key: `eåv 2023 ${number}`,
      };
      return columns.map((column) => copy[column]);
    });
    await work.run((tx) => insertRows(tx, 'referral', columns, copies));
    const numbers = table((await get('?columns=number')).body)
      .slice(1)
      .flat();
    expect(numbers).toHaveLength(1_300 + HOSTILE.length + 3);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('is a problem and no file broken off, when the cases cannot be read', async () => {
    // On SQLite, whose reading threads can be ended from outside.
    const failing = await startApp({ clock, engine: 'sqlite', process: 'web' });
    try {
      const { registrar } = await seedModelBoard(failing);
      const path = `/api/v1/boards/${BOARD}/register.csv`;
      expect((await failing.get(path, { token: registrar.token })).status).toBe(200);
      await failing.provider(SearchThreads).pool?.close();
      const refused = await failing.get(path, { token: registrar.token });
      expect(refused).toMatchObject({ status: 503, type: 'application/problem+json; charset=utf-8' });
      expect(refused.headers.get('content-disposition')).toBeNull();
      expect(refused.body).toMatchObject({ type: '/problems/unavailable', status: 503 });
    } finally {
      await failing.close();
    }
  });

  describe('from the command line', () => {
    const run = (...args: string[]): Promise<Said> => command(app, clock.now(), ...args);

    it('is written to standard output, secret cases by number and date alone', async () => {
      const { code, out } = await run(
        'export',
        '--board',
        'EÅV',
        '--columns',
        'diarienummer,title',
        '--to',
        '2023-09-11',
        '-',
      );
      expect(code).toBe(0);
      expect(table(out).slice(1, 3)).toEqual([
        ['EÅV 2023/1', 'Program; med "semikolon"'],
        ['EÅV 2023/2', 'Sekretess'],
      ]);
    });

    it('is written with the rights of a person', async () => {
      const args = ['export', '--board', 'EÅV', '--columns', 'title', '--to', '2023-09-11', '-'];
      expect((await run(...args, '--as', people.secretary.email)).out).toContain('Hemlig hästgård');
      expect((await run(...args, '--as', people.reader.email)).out).not.toContain('Hemlig');
      expect((await run(...args, '--as', other.email)).code).toBe(1);
      expect((await run(...args, '--as', 'nobody@example.se')).code).toBe(1);
    });

    it('is written to a file in one piece', async () => {
      const file = join(app.dataDir, 'ut.csv');
      writeFileSync(file, 'before');
      expect(await run('export', '--board', 'EÅV', file)).toMatchObject({ code: 0 });
      expect(readFileSync(file, 'utf8')).toContain('Diarienummer;');
      expect(existsSync(`${file}.part`)).toBe(false);
      const book = join(app.dataDir, 'ut.xlsx');
      expect(await run('export', '--board', 'EÅV', book)).toMatchObject({ code: 0 });
      expect((await readSheet(readFileSync(book)))[0]?.[0]).toBe('Diarienummer');
    });

    it.each([
      [['export', '--board', 'NO', '-'], 1, 'NO'],
      [['export', '--board', 'EÅV', '--columns', 'x', '-'], 1, '--columns'],
      [['export', '--board', 'EÅV', '--format', 'pdf', '-'], 1, '--format'],
      [['export', '--board', 'EÅV', '--from', '2023-13-01', '-'], 1, '2023-13-01'],
      [['export', '--board', 'EÅV', '--format', 'xlsx', '-'], 1, 'standard ut'],
      [['export', '-'], 2, '--board'],
    ])('says what is wrong with %j', async (args, code, words) => {
      const said = await run(...args);
      expect([said.code, said.out]).toEqual([code, '']);
      expect(said.err).toContain(words);
    });

    it('says so when the file cannot be written, and leaves nothing behind', async () => {
      const folder = join(app.dataDir, 'folder');
      mkdirSync(folder);
      const said = await run('export', '--board', 'EÅV', folder);
      expect(said.code).toBe(1);
      expect(said.err).toContain('går inte att skriva');
      expect(existsSync(`${folder}.part`)).toBe(false);
    });
  });
});
