import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MOST_IMPORT_ROWS } from '../../../src/features/register/import-file.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { rows } from '../../../src/platform/database/sql.js';
import { startApp, type TestApp } from '../../support/app.js';
import { seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { command, type Said } from './command.js';
import { SettableClock } from '../../support/settable-clock.js';

const MAPPING = {
  columns: {
    diarienummer: 'Dnr',
    title: 'Ärendemening',
    sender: 'Avsändare',
    senderReference: 'Deras dnr',
    receivedOn: 'Inkom',
    answerDue: 'Svar senast',
    status: 'Läge',
    officer: 'Handläggare',
    secrecy: 'Sekretess',
    note: 'Anm',
  },
  defaults: { sender: 'Okänd avsändare' },
  values: {
    status: { Avslutat: 'closed', Pågår: 'open', Makulerat: 'cancelled' },
    officer: { HH: 'hanna.handlaggare@example.se' },
  },
  dates: ['YYYY-MM-DD', 'YYMMDD'],
};
const HEAD = 'Dnr;Ärendemening;Avsändare;Deras dnr;Inkom;Svar senast;Läge;Handläggare;Sekretess;Anm';
const CLOSED = 'EÅV 2022/2;Översyn;Länsstyrelsen;511-1-22;2022-03-01;2022-04-01;Avslutat;Gun Gammal;;';
const OPEN = 'EÅV 2023/7;Trygghet;;KS 2023/739;2023-09-01;2023-10-27;Pågår;HH;;Ring Åke';
const SECRET = 'EÅV 2022/5;Hästgård;Ågren;;220305;;Avslutat;;OSL 26 kap. 1 §;';
const VOID = 'EÅV 2022/6;- Yttrande (utgår);X;;2022-03-06;;Makulerat;;;';

describe('Bringing a legacy diarium in', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let people: ModelBoard;
  let file: string;
  let map: string;

  const setUp = async (): Promise<void> => {
    app = await startApp({ clock, process: 'web' });
    people = await seedModelBoard(app);
    file = join(app.dataDir, 'old.csv');
    map = join(app.dataDir, 'map.json');
    writeFileSync(map, JSON.stringify(MAPPING));
  };

  const run = (...args: string[]): Promise<Said> => command(app, clock.now(), ...args);
  const bringIn = (content: string | Buffer, ...more: string[]) => {
    writeFileSync(file, content);
    return run('import', '--board', 'EÅV', '--mapping', map, ...more, file);
  };
  const lines = (...more: string[]): string => [HEAD, ...more].join('\r\n');
  const stored = () =>
    rows<{ diarienummer: string }>(
      app.provider(ReadDatabase).manager,
      'SELECT * FROM "referral" ORDER BY "year", "number"',
    );
  const count = async (table: string): Promise<number> => {
    const [found] = await rows<{ n: number }>(
      app.provider(ReadDatabase).manager,
      `SELECT count(*) AS "n" FROM "${table}"`,
    );
    return Number(found?.n);
  };

  describe('that is in order', () => {
    beforeAll(setUp);
    afterAll(() => app.close());

    it('changes nothing in a dry run, and says what it would do', async () => {
      const { code, out } = await bringIn(lines(CLOSED, OPEN, SECRET, VOID), '--dry-run');
      expect([code, out]).toEqual([0, expect.stringContaining('Skulle läsas in: 4 ärenden, varav 1 pågående (utf-8')]);
      for (const table of ['referral', 'series', 'series_gap', 'journal_head']) {
        expect([table, await count(table)]).toEqual([table, table === 'journal_head' ? 1 : 0]);
      }
    });

    it('keeps the numbers, and says which are missing', async () => {
      const { code, out } = await bringIn(lines(CLOSED, OPEN, SECRET, VOID), '--by', people.registrar.email);
      expect([code, out]).toEqual([0, expect.stringContaining('Inlästa: 4 ärenden, varav 1 pågående')]);
      expect(out).toContain('Kända luckor i 2022 års serie: 1, 3–4.');
      expect(out).toContain('Kända luckor i 2023 års serie: 1–6.');
      expect((await stored()).map(({ diarienummer }) => diarienummer)).toEqual([
        'EÅV 2022/2', 'EÅV 2022/5', 'EÅV 2022/6', 'EÅV 2023/7',
      ]); // prettier-ignore
    });

    it('has plans and reminders for open cases alone', async () => {
      const [, , , open] = await stored();
      expect(open).toMatchObject({
        status: 'assigned',
        registered_on: '2023-09-01',
        work_by: '2023-10-27',
        adjustment: 'proposed',
      });
      const em = app.provider(ReadDatabase).manager;
      const reminded = await rows<{ diarienummer: string }>(
        em,
        'SELECT DISTINCT r."diarienummer" FROM "reminder" m JOIN "referral" r ON r."id" = m."referral_id"',
      );
      expect(reminded).toEqual([{ diarienummer: 'EÅV 2023/7' }]);
    });

    it('keeps an officer of old in the note, a secrecy mark, and why a case is void', async () => {
      const [closed, secret, cancelled, open] = await stored();
      expect(closed).toMatchObject({ status: 'closed', note: 'Handläggare enligt det inlästa diariet: Gun Gammal' });
      expect(secret).toMatchObject({ secrecy: expect.stringContaining('OSL 26 kap. 1 §') });
      expect(cancelled).toMatchObject({ status: 'cancelled', title: '- Yttrande (utgår)' });
      expect(open).toMatchObject({ officer_id: people.officer.id, note: 'Ring Åke', sender: 'Okänd avsändare' });
    });

    it('is found by number and by words', async () => {
      const found = async (q: string) => {
        const { body } = await app.get(`/api/v1/referrals?q=${encodeURIComponent(q)}`, { token: people.reader.token });
        return body.items.map(({ diarienummer }: { diarienummer: string }) => diarienummer);
      };
      expect(await found('2/22')).toEqual(['EÅV 2022/2']);
      expect(await found('översyn')).toEqual(['EÅV 2022/2']);
      expect(await found('hästgård')).toEqual([]);
      expect(await found('ks 739/23')).toEqual(['EÅV 2023/7']);
    });

    it('has the series go on, and can be verified', async () => {
      const body = { board: 'EÅV', sender: 'A', title: 'Ny', receivedOn: '2023-09-11' };
      const made = await app.post('/api/v1/referrals', body, { token: people.registrar.token });
      expect(made.body.diarienummer).toBe('EÅV 2023/8');
      expect(await run('verify')).toMatchObject({ code: 0 });
    });

    it('is told in the journal, case by case and as a whole', async () => {
      const em = app.provider(ReadDatabase).manager;
      const events = await rows<{ what: string; actor_name: string; after: string }>(
        em,
        `SELECT * FROM "journal" WHERE "what" LIKE '%imported' ORDER BY "seq"`,
      );
      expect(events.map(({ what }) => what)).toEqual([
        ...Array.from({ length: 4 }, () => 'referral-imported'),
        'register-imported',
      ]);
      expect(events.map(({ actor_name }) => actor_name)).toEqual(events.map(() => 'Rut Registrator'));
      const whole = JSON.parse(events[4]?.after ?? '');
      expect(whole).toMatchObject({
        cases: 4,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        gaps: { 2023: [{ from: 1, to: 6 }] },
      });
    });

    it('is refused a second time, every number listed', async () => {
      const { code, out, err } = await bringIn(lines(CLOSED, OPEN, SECRET, VOID));
      expect(code).toBe(1);
      expect(out.trim().split('\n')).toEqual([
        'rad 2: EÅV 2022/2 finns redan i diariet',
        'rad 3: EÅV 2023/7 finns redan i diariet',
        'rad 4: EÅV 2022/5 finns redan i diariet',
        'rad 5: EÅV 2022/6 finns redan i diariet',
      ]);
      expect(err).toContain('4 fel');
    });

    it('may fill gaps later; a number that is lost still shows', async () => {
      expect(await bringIn(lines(CLOSED.replace('2022/2', '2022/3').replace('511-1', '511-9')))).toMatchObject({
        code: 0,
      });
      expect(await run('verify')).toMatchObject({ code: 0 });
    });

    it('warns of a sender and number that are known, and brings them in all the same', async () => {
      const { code, err } = await bringIn(lines(CLOSED.replace('2022/2', '2022/4')));
      expect([code, err]).toEqual([0, expect.stringContaining('rad 2: samma avsändare och nummer som EÅV 2022/2')]);
    });
  });

  describe('from any encoding', () => {
    beforeEach(setUp);
    afterEach(() => app.close());

    it.each([
      ['windows-1252', (text: string) => Buffer.from(text, 'latin1')],
      ['utf-16le', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
      ['utf-8', (text: string) => Buffer.from(`\ufeff${text}`, 'utf8')],
    ])('%s gives the same letters', async (encoding, encode) => {
      const { code, out } = await bringIn(encode(lines(CLOSED)));
      expect([code, out]).toEqual([0, expect.stringContaining(encoding)]);
      expect(await stored()).toMatchObject([{ title: 'Översyn', diarienummer: 'EÅV 2022/2' }]);
    });
  });

  describe('that is not in order', () => {
    beforeAll(setUp);
    afterAll(() => app.close());
    afterEach(async () => {
      expect([await count('referral'), await count('series'), await count('series_gap')]).toEqual([0, 0, 0]);
    });

    it('lists every bad row with line and reason, and changes nothing', async () => {
      const { code, out, err } = await bringIn(
        lines(
          CLOSED,
          'EÅV 2022;Utan löpnummer;;;2022-03-01;;Avslutat;;;',
          ';;;;;;;;;',
          'EÅV 2022/9;;;;2022-02-30;2922-01-31;Vilande;;;',
          '"EÅV 2022/10";"över\nflera rader";;;2024-01-01;;Avslutat;;;',
          'EÅV 2024/11;Framtid;;;2022-03-01;;Avslutat;;;',
          'EÅV 2022/0002;Igen;;;2022-03-01;;Avslutat;;;',
          'EÅV 2022/12;Öppet;;;2022-03-01;;Pågår;nils@example.se;;',
          'EÅV 2022/13;Läsare;;;2022-03-01;;Pågår;lena.lasare@example.se;;',
        ),
      );
      expect(code).toBe(1);
      expect(out.trim().split('\n')).toEqual([
        'rad 3: diarienummer (kolumnen ”Dnr”) ”EÅV 2022” följer inte mönstret {code} {year}/{number}',
        'rad 5: title (kolumnen ”Ärendemening”) måste anges',
        'rad 5: receivedOn (kolumnen ”Inkom”) ska vara en dag som finns, skriven YYYY-MM-DD eller YYMMDD, inte ”2022-02-30”',
        'rad 5: status (kolumnen ”Läge”) ska bli något av open, closed, cancelled (se ”values” i mappningsfilen), inte ”Vilande”',
        'rad 5: answerDue (kolumnen ”Svar senast”) ska vara en dag i åren 1900–2199, skriven YYYY-MM-DD eller YYMMDD, inte ”2922-01-31”',
        'rad 7: receivedOn (kolumnen ”Inkom”) 2024-01-01 har inte varit än',
        'rad 8: diarienummer (kolumnen ”Dnr”) är av år 2024',
        'rad 9: samma år och löpnummer som rad 2',
        'rad 10: ingen person har adressen ”nils@example.se”',
        'rad 11: lena.lasare@example.se är inte handläggare vid nämnden',
      ]);
      expect(err).toContain('Inget har ändrats');
    });

    it('lists a time of day without a day, and one that no clock shows that day', async () => {
      const columns = { ...MAPPING.columns, answerDueTime: 'Kl' };
      const timed = join(app.dataDir, 'timed.json');
      const bringInTimed = (mapping: object, rows: readonly string[], ...more: string[]) => {
        writeFileSync(timed, JSON.stringify({ ...MAPPING, columns, ...mapping }));
        writeFileSync(file, [head, ...rows].join('\r\n'));
        return run('import', '--board', 'EÅV', '--mapping', timed, ...more, file);
      };
      const head = `${HEAD};Kl`;
      const row = (n: number, due: string, time: string): string =>
        `EÅV 2022/${n};Remiss;;;2022-03-01;${due};Avslutat;;;;${time}`;
      const times = [
        row(1, '', '12.00'),
        row(2, '2022-03-27', '2:30'),
        row(3, 'x', '12:00'),
        row(4, '2022-03-27', '3.00'),
      ];
      const { code, out } = await bringInTimed({}, times);
      expect(code).toBe(1);
      expect(out.trim().split('\n')).toEqual([
        'rad 2: answerDueTime (kolumnen ”Kl”) 12:00 saknar dag: fyll i answerDue, eller ta bort klockslaget',
        'rad 3: answerDueTime (kolumnen ”Kl”) 02:30 finns inte 2022-03-27: klockan ställs då fram från 02:00 till 03:00',
        'rad 4: answerDue (kolumnen ”Svar senast”) ska vara en dag som finns, skriven YYYY-MM-DD eller YYMMDD, inte ”x”',
      ]);
      const defaults = { ...MAPPING.defaults, answerDueTime: '16:00' };
      const fits = [row(1, '', ''), row(2, '2022-03-27', ''), row(3, '2022-03-27', '3.00')];
      const tried = await bringInTimed({ defaults }, fits, '--dry-run');
      expect([tried.code, tried.out]).toEqual([0, expect.stringContaining('3 ärenden')]);
    });

    it('lists a number that stands twice also when the first row has a fault of its own', async () => {
      const { code, out } = await bringIn(
        lines(
          'EÅV 2022/2;=cmd;;;2022-03-01;;Avslutat;;;',
          'EÅV 2022/2;Andra;;;2022-03-01;;Avslutat;;;',
          'EÅV 2022/0002;;;;2022-03-01;;Avslutat;;;',
        ),
      );
      expect(code).toBe(1);
      expect(out.trim().split('\n')).toEqual([
        'rad 2: title (kolumnen ”Ärendemening”) ser ut som en formel',
        'rad 3: samma år och löpnummer som rad 2',
        'rad 4: title (kolumnen ”Ärendemening”) måste anges',
        'rad 4: samma år och löpnummer som rad 2',
      ]);
    });

    it.each([
      ['an empty file', '', 'tom'],
      ['headings alone', HEAD, 'inga ärenden'],
      [
        'a missing column',
        `${HEAD.replace('Inkom', 'Ankom')}\n${CLOSED}`,
        'kolumnen ”Inkom” för receivedOn finns inte',
      ],
      ['a column twice', `${HEAD};Dnr\n${CLOSED};x`, 'finns 2 gånger'],
      ['a quote that is never closed', `${HEAD}\n"EÅV 2022/1;x`, 'citattecken'],
      ['a quote inside a cell', `${HEAD}\nEÅV 2022/1;a "b" c;;;2022-01-01;;Avslutat;;;`, 'citattecken'],
      ['a row that never ends', `${HEAD}\nEÅV 2022/1;${'x'.repeat(300_000)}`, 'längre än'],
      ['control characters', `${HEAD}\nEÅV 2022/1;a\u0007b;;;2022-01-01;;Avslutat;;;`, 'styrtecken'],
      ['a title that is too long', `${HEAD}\nEÅV 2022/1;${'x'.repeat(1_001)};;;2022-01-01;;Avslutat;;;`, '1000'],
      ['NUL', `${HEAD}\nEÅV 2022/1;a\0b;;;2022-01-01;;Avslutat;;;`, 'ingen textfil'],
    ])('refuses %s', async (_what, content, words) => {
      const { code, out } = await bringIn(content);
      expect([code, out]).toEqual([1, expect.stringContaining(words)]);
    });

    it.each(['=1+1', ' @SUM(1)', '＝1', '＠x', '-cmd|calc', '+Blad!A1', '－SUM(1)'])(
      'refuses %j as a formula',
      async (text) => {
        expect(await bringIn(lines(CLOSED.replace('Översyn', text)))).toMatchObject({
          code: 1,
          out: 'rad 2: title (kolumnen ”Ärendemening”) ser ut som en formel\n',
        });
        expect(await stored()).toEqual([]);
      },
    );

    it('refuses two encodings in one file, and one that was given wrongly', async () => {
      const mixed = Buffer.concat([Buffer.from(`${HEAD}\n`, 'utf8'), Buffer.from(CLOSED, 'latin1')]);
      expect((await bringIn(mixed)).out).toContain('flera teckenkodningar');
      writeFileSync(map, JSON.stringify({ ...MAPPING, encoding: 'utf-8' }));
      expect((await bringIn(mixed)).out).toContain('inte skriven i utf-8');
      writeFileSync(map, JSON.stringify(MAPPING));
    });

    it('refuses more rows than it takes, without keeping them', async () => {
      const rest = Array.from({ length: MOST_IMPORT_ROWS + 1 }, (_, i) => `EÅV 2022/${i + 1};T;A;;220301;;Avslutat`);
      const { code, out } = await bringIn(lines(...rest));
      expect([code, out]).toEqual([1, expect.stringContaining(`fler än ${MOST_IMPORT_ROWS}`)]);
    });

    it('takes any file without an unexpected fault', async () => {
      const cell = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('"', ';', '\n', '=1', ''));
      const content = fc.array(fc.array(cell, { maxLength: 12 }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(content, async (table) => {
          const { code, err } = await bringIn(lines(...table.map((cells) => cells.join(';'))));
          expect([code, err]).toEqual([1, expect.stringContaining('Inget har ändrats')]);
        }),
        { numRuns: 20 },
      );
    });

    it.each([
      ['not JSON', '{', 'inte JSON'],
      ['an unknown field', JSON.stringify({ ...MAPPING, columns: { ...MAPPING.columns, age: 'x' } }), 'columns'],
      ['an unknown key', JSON.stringify({ ...MAPPING, more: 1 }), 'filen'],
      ['a date format without a day', JSON.stringify({ ...MAPPING, dates: ['YYYY-MM'] }), 'dag'],
      ['a number pattern without a year', JSON.stringify({ ...MAPPING, numberPatterns: ['{number}'] }), 'mönster'],
      ['no status', JSON.stringify({ ...MAPPING, columns: { ...MAPPING.columns, status: undefined } }), 'status'],
    ])('refuses a mapping file with %s', async (_what, text, words) => {
      writeFileSync(map, text);
      const said = await bringIn(lines(CLOSED));
      writeFileSync(map, JSON.stringify(MAPPING));
      expect([said.code, said.out + said.err]).toEqual([1, expect.stringContaining(words)]);
    });

    it('says which file is not there, and which board', async () => {
      expect((await run('import', '--board', 'EÅV', '--mapping', map, '/nowhere.csv')).err).toContain(
        '/nowhere.csv finns inte',
      );
      expect((await run('import', '--board', 'EÅV', '--mapping', '/no.json', file)).err).toContain(
        '/no.json finns inte',
      );
      writeFileSync(file, lines(CLOSED));
      expect((await run('import', '--board', 'NO', '--mapping', map, file)).err).toContain('NO');
      expect((await run('import', '--board', 'EÅV', '--mapping', map, app.dataDir)).err).toContain('är en mapp');
    });
  });
});
