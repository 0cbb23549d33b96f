import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { MIGRATIONS } from '../../../src/platform/database/data-source.js';
import { freshDatabaseFile, freshFolder } from '../../support/database.js';
import { runCli } from './run-cli.js';

const folders: ReturnType<typeof freshFolder>[] = [];
const folder = (): string => {
  const fresh = freshFolder();
  folders.push(fresh);
  return fresh.path;
};

afterAll(() => folders.forEach((one) => one.remove()));

/** Nothing that only a developer could read. */
const forPeople = (text: string): void => {
  expect(text).not.toMatch(/\n\s+at |node_modules|QueryFailedError|SqliteError|\[object/);
};

describe('diarium', () => {
  it('tells its commands and exit codes in Swedish', async () => {
    const { code, out, err } = await runCli(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const command of ['setup', 'demo', 'plan', 'remind', 'token', 'verify', 'migrate'])
      expect(out).toContain(`\n  ${command} `);
    expect(out).toContain('Slutkoder:');
    expect(out).not.toMatch(/Usage:|Options:|Commands:|display help|\[options\]/);
  });

  it('tells about one command', async () => {
    const { code, out } = await runCli(['help', 'setup']);
    expect(code).toBe(0);
    expect(out).toContain('Användning: diarium setup [flaggor] <fil>');
    expect(out).not.toMatch(/Usage:|Options:|Arguments:/);
  });

  it.each([
    ['nothing', [], /Användning: diarium/],
    ['an unknown command', ['planera'], /okänt kommando: planera.*\n.*menade du plan/],
    ['an unknown option', ['verify', '--fast'], /okänd flagga: --fast/],
    ['no argument', ['setup'], /argumentet <fil> saknas/],
    ['two arguments for one', ['setup', 'a', 'b'], /för många argument/],
    [
      'an option without its value',
      ['plan', '--meeting'],
      /flaggan '--meeting <dag>'.*värde|flaggan --meeting <dag> ska följas av ett värde/,
    ],
    ['--until by itself', ['remind', '--until', '2026-03-02'], /hör ihop med --dry-run/],
    ['an instant without a zone', ['remind', '--dry-run', '--until', '2026-03-02T08:00'], /tidszon/],
  ])('exits with 2 for %s, and touches nothing', async (_, args, message) => {
    const dataDir = join(folder(), 'data');
    const { code, out, err } = await runCli(args, { dataDir });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    forPeople(err);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('says how to give `move` its target, when neither the settings nor --to have one', async () => {
    const { code, out, err } = await runCli(['move', '--from', 'sqlite:old.db'], { dataDir: folder() });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^Målet saknas: sätt DATABASE_URL eller DATABASE_URL_FILE .*--to\.\n$/);
  });

  it('names every faulty setting at once', async () => {
    const env = { PORT: 'åtta', SMTP_URL: 'mail.example.se', LOG_LEVEL: 'loud' };
    const { code, out, err } = await runCli(['verify'], { dataDir: folder(), env });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    for (const name of Object.keys(env)) expect(err).toContain(name);
    forPeople(err);
  });
});

describe('diarium plan', () => {
  const MODEL = ['--registered', '2023-09-11', '--answer-due', '2023-10-27', '--meeting', '2023-09-28', '--meeting', '2023-10-26', '--meeting', '2023-11-23']; // prettier-ignore
  const LOADED = `data:text/javascript,import M from 'node:module';process.on('exit',()=>process.stderr.write('loaded '+Object.keys(M._cache).filter((p)=>/typeorm|nestjs|better-sqlite3/.test(p)).length))`;

  it('plans the model remiss, without a database and without loading what needs one', async () => {
    const dataDir = join(folder(), 'data');
    const env = { DATABASE_URL: 'postgres://127.0.0.1:1/nowhere', NODE_OPTIONS: `--import=${encodeURI(LOADED)}` };
    const { code, out, err } = await runCli(['plan', ...MODEL], { dataDir, env });
    expect({ code, err }).toEqual({ code: 0, err: 'loaded 0' });
    expect(JSON.parse(out)).toMatchObject({ recommended: { meeting: '2023-10-26', adjustment: 'immediate', milestones: { draft: '2023-10-04', expedite: '2023-10-27' } } }); // prettier-ignore
    expect(existsSync(dataDir)).toBe(false);
  });

  it('plans one remiss a line, and exits with 1 when a line is bad', async () => {
    const good = { registered: '2023-09-11', answerDue: '2023-10-27', meetings: ['2023-10-26'] };
    const stdin = `${JSON.stringify(good)}\nnonsense\n`;
    const { code, out } = await runCli(['plan', '--batch'], { stdin });
    const lines = out.trim().split('\n').map((line) => JSON.parse(line) as object); // prettier-ignore
    expect(code).toBe(1);
    expect(lines).toMatchObject([{ recommended: { meeting: '2023-10-26' } }, { error: { line: 2 } }]);
  });

  it('is quiet when its reader has had enough', async () => {
    const file = join(folder(), 'lines');
    const line = JSON.stringify({ registered: '2023-09-11', answerDue: '2023-10-27', meetings: ['2023-10-26'] });
    writeFileSync(file, `${line}\n`.repeat(5_000));
    const child = spawn('sh', ['-c', `'${process.execPath}' bin/diarium.js plan --batch < '${file}' | head -n 1`]);
    let err = '';
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    await once(child, 'close');
    expect(err).toBe('');
  });
});

describe('diarium migrate', () => {
  it('is done once by three processes that start at once', async () => {
    const dataDir = join(folder(), 'data');
    const results = await Promise.all([1, 2, 3].map(() => runCli(['migrate'], { dataDir })));
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
    const made = results.map(({ out }) => out).filter((out) => out !== '');
    expect(made).toEqual([MIGRATIONS.map(({ name }) => `${name}\n`).join('')]);
    const db = new Database(join(dataDir, 'diarium.db'), { readonly: true });
    expect(db.prepare('SELECT count(*) FROM "migrations"').pluck().get()).toBe(MIGRATIONS.length);
    db.close();
    expect(await runCli(['migrate'], { dataDir })).toEqual({
      code: 0,
      out: '',
      err: 'Databasens schema är aktuellt.\n',
    });
  });

  it.each([
    [
      'is no database',
      /är ingen SQLite-databas.*säkerhetskopia/,
      (path: string) => writeFileSync(path, 'hej'.repeat(1000)),
    ],
    [
      'is damaged',
      /är skadad.*säkerhetskopia/,
      (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 8192)),
    ],
    [
      'was written by a newer version',
      /nyare version/,
      (path: string) => {
        const db = new Database(path);
        db.exec(`INSERT INTO "migrations" ("timestamp", "name") VALUES (1900000000000, 'Future1900000000000')`);
        db.close();
      },
    ],
  ])('refuses what %s, and says what to do', async (_, message, spoil) => {
    const dataDir = folder();
    spoil(await freshDatabaseFile(dataDir));
    for (const args of [['migrate'], ['verify'], ['token', 'list']]) {
      const { code, out, err } = await runCli(args, { dataDir });
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(message);
      forPeople(err);
    }
  });
});
