import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { freshFolder } from '../../support/database.js';
import { runCli, type CliResult } from './run-cli.js';

const folder = freshFolder();
const dataDir = join(folder.path, 'data');
/** A Tuesday afternoon. */
const env = { DIARIUM_CLOCK: '2026-03-03T13:00:00Z' };
const options = { dataDir, env };

let made: CliResult;

const query = <T>(sql: string, from = dataDir): T[] => {
  const db = new Database(join(from, 'diarium.db'), { readonly: true });
  try {
    return db.prepare(sql).all() as T[];
  } finally {
    db.close();
  }
};

beforeAll(async () => {
  made = await runCli(['demo'], options);
}, 120_000);

afterAll(() => folder.remove());

describe('diarium demo', () => {
  it('makes a board with people, meetings and referrals, and says how to sign in', () => {
    expect(made.code).toBe(0);
    expect(made.err).toMatch(/är upplagd: 13 sammanträden, 9 personer och 19 remisser/);
    expect(made.err).toContain('Authorization: Bearer');
    expect(made.out.trim().split('\n')).toHaveLength(5);
    expect(made.out).toMatch(/^registrator +rut\.registrator@example\.se +diar_[\w-]{43}$/m);
  });

  it('has meetings about half a year each way, all on working days', () => {
    const dates = query<{ date: string }>('SELECT "date" FROM "meeting" ORDER BY "date"').map(({ date }) => date);
    expect(dates[0]).toBe('2025-09-18');
    expect(dates.at(-1)).toBe('2026-08-20');
    for (const date of dates) expect([0, 6]).not.toContain(new Date(date).getUTCDay());
  });

  it('has a case in every state but adjusted-and-forgotten ones, numbered in the order of registration', () => {
    const cases = query<{ status: string; n: number }>(
      'SELECT "status", count(*) AS "n" FROM "referral" GROUP BY 1 ORDER BY 1',
    );
    expect(cases.map(({ status }) => status)).toEqual(
      ['adjusted', 'approved', 'assigned', 'cancelled', 'closed', 'decided', 'expedited', 'in-preparation', 'on-agenda', 'registered'], // prettier-ignore
    );
    const order = query<{ diarienummer: string }>('SELECT "diarienummer" FROM "referral" ORDER BY "registered_at"');
    const numbers = order.map(({ diarienummer }) => Number(diarienummer.split('/')[1]));
    const sorted = query<{ n: number }>('SELECT "number" AS "n" FROM "referral" ORDER BY "year", "number"').map(
      ({ n }) => n,
    );
    expect(numbers).toEqual(sorted);
  });

  it.each([
    ['overdue', `"answer_due" < '2026-03-03' AND "status" = 'in-preparation'`],
    ['waiting for the director', `"next_step" = 'directorApproval'`],
    ['without an officer', `"officer_id" IS NULL AND "status" = 'registered'`],
    ['without an answer date', `"answer_due" IS NULL AND "status" = 'assigned'`],
    ['without a meeting in time', `"no_meeting_since" IS NOT NULL AND "status" = 'assigned'`],
    ['secret', `"secrecy" IS NOT NULL`],
    ['dormant', `"dormant_since" IS NOT NULL`],
    ['returned', `"decision" LIKE '%returned%' AND "status" = 'in-preparation'`],
    ['decided by the chair', `"route" = 'chair' AND "status" = 'decided'`],
    ['to be adjusted immediately', `"adjustment" = 'proposed'`],
    ['on the agenda with a confirmed adjustment', `"status" = 'on-agenda' AND "adjustment" = 'confirmed'`],
    ['adjusted immediately and expedited', `"adjustment" = 'signed' AND "status" = 'expedited'`],
    [
      'asked more time for',
      `EXISTS (SELECT 1 FROM "extension" e WHERE e."referral_id" = "referral"."id" AND e."state" = 'asked')`,
    ],
    [
      'given more time',
      `EXISTS (SELECT 1 FROM "extension" e WHERE e."referral_id" = "referral"."id" AND e."state" = 'granted')`,
    ],
  ])('has a case that is %s', (_, where) => {
    expect(query(`SELECT "id" FROM "referral" WHERE ${where}`).length).toBeGreaterThan(0);
  });

  it('tells a history that happened when it says it did, and had its reminders', () => {
    const times = query<{ at: string }>(`SELECT "at" FROM "journal" WHERE "chain" = 'EÅV' ORDER BY "seq"`).map(
      ({ at }) => at,
    );
    expect(times).toEqual([...times].sort());
    expect((times.at(-1) ?? '') < '2026-03-03').toBe(true);
    const states = query<{ state: string; n: number }>(
      'SELECT "state", count(*) AS "n" FROM "reminder" GROUP BY 1 ORDER BY 1',
    );
    expect(states.map(({ state }) => state)).toEqual(['pending', 'sent', 'superseded']);
    expect(readdirSync(join(dataDir, 'outbox')).length).toBeGreaterThan(20);
    expect(query(`SELECT "id" FROM "reminder" WHERE "state" = 'pending' AND "due_at" < '2026-03-02'`)).toEqual([]);
  });

  it('changes nothing the second time', async () => {
    const before = query('SELECT * FROM "journal_head"');
    const { code, out, err } = await runCli(['demo'], options);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toMatch(/Demodata finns redan; inget har ändrats/);
    expect(query('SELECT * FROM "journal_head"')).toEqual(before);
  });

  it('leaves a board of the same code alone', async () => {
    const other = join(folder.path, 'other');
    const stdin = JSON.stringify({ boards: [{ code: 'EÅV', name: 'Vår nämnd' }] });
    await runCli(['setup', '-'], { dataDir: other, stdin });
    const { code, err } = await runCli(['demo'], { dataDir: other, env });
    expect(code).toBe(1);
    expect(err).toMatch(/Nämnden EÅV finns redan, men inte demons personer/);
    expect(query('SELECT "id" FROM "person"', other)).toEqual([]);
  });

  it('is refused in production', async () => {
    const production = join(folder.path, 'production');
    const { code, err } = await runCli(['demo'], { dataDir: production, env: { NODE_ENV: 'production' } });
    expect(code).toBe(1);
    expect(err).toMatch(/NODE_ENV är production/);
    expect(existsSync(production)).toBe(false);
  });

  it('ends between two events when it is interrupted, and leaves a database that holds', async () => {
    const dir = join(folder.path, 'interrupted');
    const result = await runCli(['demo'], {
      dataDir: dir,
      env,
      started: (child) => {
        const look = setInterval(() => {
          if (!existsSync(join(dir, 'outbox'))) return;
          clearInterval(look);
          child.kill('SIGINT');
        }, 20);
        child.once('exit', () => clearInterval(look));
      },
    });
    expect(result).toMatchObject({ code: 130, out: '' });
    expect(result.err).toMatch(/Avbryter[^]*Demodata blev bara halvt inläst/);
    expect(result.err).not.toMatch(/\n\s+at /);
    const { code, out } = await runCli(['verify'], { dataDir: dir });
    expect(code).toBe(0);
    expect(out).toMatch(/^Nummerserierna: .*inga fel$/m);
  });
});

describe('diarium remind', () => {
  it('shows what would be sent, and sends nothing', async () => {
    const { code, out, err } = await runCli(['remind', '--dry-run', '--until', '2026-03-04'], options);
    expect(code).toBe(0);
    expect(out).toMatch(/^2026-03-0[34] \d{2}:\d{2} {2}\S.* <\S+@example\.se>\n {2}\S.*\n {4}EÅV 202[56]\/\d+: /m);
    expect(err).toMatch(/skulle skickas/);
    const json = await runCli(['remind', '--dry-run', '--until', '2026-03-04T12:00:00Z', '--json'], options);
    const mails = json.out.trim().split('\n').map((line) => JSON.parse(line) as { to: { email: string } }); // prettier-ignore
    expect(mails.length).toBeGreaterThan(0);
    expect(query(`SELECT "id" FROM "reminder" WHERE "due_at" > '2026-03-03' AND "state" = 'sent'`)).toEqual([]);
  });

  it('sends what is due, once', async () => {
    const outbox = (): number => readdirSync(join(dataDir, 'outbox')).length;
    const before = outbox();
    const later = { dataDir, env: { DIARIUM_CLOCK: '2026-03-03T14:00:00Z' } };
    const first = await runCli(['remind'], later);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/^(ett|\d+) mejl skickat\n$/);
    expect(outbox()).toBeGreaterThan(before);
    const sent = outbox();
    const again = { dataDir, env: { DIARIUM_CLOCK: '2026-03-03T15:00:00Z' } };
    expect(await runCli(['remind'], again)).toEqual({ code: 0, out: 'Inget skickat\n', err: '' });
    expect(outbox()).toBe(sent);
  });

  it('exits with 1 when the mail server does not answer, and says so', async () => {
    const later = { ...env, DIARIUM_CLOCK: '2026-03-05T13:00:00Z', SMTP_URL: 'smtp://127.0.0.1:9' };
    const { code, err } = await runCli(['remind'], { dataDir, env: { ...later, LOG_LEVEL: 'silent' } });
    expect(code).toBe(1);
    expect(err).toMatch(/kunde inte lämnas och försöks igen senare/);
  });
});

describe('diarium verify', () => {
  it('finds an untouched database whole', async () => {
    const { code, out } = await runCli(['verify'], { dataDir });
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toEqual([
      'Databasen: fil, hänvisningar och journalens spärrar, inga fel',
      expect.stringMatching(/^Journalen: \d+ händelser i 2 kedjor, inga fel$/),
      'Ärendena: 19 ärenden jämförda med journalen, inga fel',
      expect.stringMatching(/^Nummerserierna: .* med 19 nummer, inga fel$/),
    ]);
  });

  it('tells the place of every fault, and exits with 1', async () => {
    const db = new Database(join(dataDir, 'diarium.db'));
    db.pragma('foreign_keys = OFF');
    for (const trigger of ['journal_no_update', 'journal_no_delete', 'journal_head_only_grows'])
      db.exec(`DROP TRIGGER "${trigger}"`);
    // An edited event; a tail cut off together with its head; a case that is gone; a reference to nothing.
    db.exec(`UPDATE "journal" SET "actor_name" = 'Någon Annan' WHERE "chain" = 'EÅV' AND "seq" = 20`);
    const last = db.prepare(`SELECT "seq", "prev_hash" FROM "journal" WHERE "chain" = 'EÅV' AND "what" = 'extension-asked' ORDER BY "seq" DESC LIMIT 1`).get() as { seq: number; prev_hash: string }; // prettier-ignore
    db.prepare(`DELETE FROM "journal" WHERE "chain" = 'EÅV' AND "seq" >= ?`).run(last.seq);
    db.prepare(`UPDATE "journal_head" SET "count" = ?, "hash" = ? WHERE "chain" = 'EÅV'`).run(
      last.seq - 1,
      last.prev_hash,
    );
    const gone = db.prepare(`SELECT "id", "year" FROM "referral" WHERE "number" = 3`).get() as {
      id: string;
      year: number;
    };
    db.prepare(`DELETE FROM "referral" WHERE "id" = ?`).run(gone.id);
    db.close();
    const { code, out } = await runCli(['verify'], { dataDir });
    expect(code).toBe(1);
    expect(out).toContain('FEL journalens spärr journal_no_update saknas');
    expect(out).toMatch(/FEL reminder, rad \d+: hänvisar till något i referral som inte finns/);
    expect(out).toContain('FEL EÅV, händelse 20: innehållet stämmer inte med sitt sigill');
    expect(out).toMatch(/FEL EÅV 202\d\/\d+: journalen saknar 1 av \d+ ändringar/);
    expect(out).toContain(`FEL EÅV ${gone.year}: nummer 3 saknas`);
  });
});
