import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { localDate } from '../../src/domain/calendar/local-date.js';
import { EmlMailer } from '../../src/platform/mail/eml-mailer.js';
import { SmtpMailer } from '../../src/platform/mail/smtp-mailer.js';
import { closeDatabase, openDatabase } from '../../src/platform/database/open-database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { ENTITIES } from '../../src/schema.js';
import { freshDatabaseFile, freshFolder } from '../support/database.js';
import { SettableClock } from '../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.js';
import { Wiring } from '../integration/reminders/wiring.js';
import { sweepInChild } from './sweep-children.js';

const REGISTERED = '2023-09-11T08:41:00Z';
/** A late run: three weeks of reminders, chains included, for everyone. */
const NOW = '2023-10-09T06:00:00Z';
const AFTER_THE_LEASES = '2023-10-09T06:15:00Z';

let folder: ReturnType<typeof freshFolder>;
let template: string;
let sink: SmtpSink;
let copies = 0;

beforeAll(async () => {
  folder = freshFolder();
  template = await freshDatabaseFile(folder.path);
  sink = await startSmtpSink();
  await withWiring(template, REGISTERED, async (w) => {
    await w.board();
    const officers = [];
    for (const name of ['Hanna Handläggare', 'Olle Officer']) officers.push(await w.person(name, { EÅV: ['officer'] }));
    await w.person('Rut Registrator', { EÅV: ['registrar'] });
    await w.department('HR', await w.person('Cesar Chef', { EÅV: ['manager'] }));
    const gone = await w.person('Gustav Gammal', { EÅV: ['officer'] });
    await w.meeting('2023-10-26');
    for (const [n, officer] of [...officers, gone].entries()) {
      await w.register(officer, n + 1, { department: 'HR' });
    }
    await w.register(officers[0] ?? null, 9, { answerDue: localDate('2023-09-20'), department: 'HR' });
    await w.ends(gone, '2023-09-20');
  });
});
afterAll(async () => {
  await sink.stop();
  folder.remove();
});
beforeEach(() => sink.clear());

/** The ledger on a file, in this process. */
async function withWiring<T>(path: string, now: string, use: (w: Wiring) => Promise<T>, smtp = false): Promise<T> {
  const database = await openDatabase({ kind: 'sqlite', path }, ENTITIES);
  const clock = new SettableClock(now);
  const mailer = smtp ? new SmtpMailer(sink.url, clock) : new EmlMailer('/nowhere', clock);
  try {
    return await use(new Wiring({ ...database, work: new UnitOfWork(database.write), clock, mailer }));
  } finally {
    await mailer.close();
    await closeDatabase(database);
  }
}

function copy(): string {
  const path = join(folder.path, `copy-${(copies += 1)}.db`);
  copyFileSync(template, path);
  return path;
}

const order = (path: string) => ({ path, smtpUrl: sink.url, now: NOW });

interface After {
  readonly ledger: readonly string[];
  readonly sent: readonly string[];
}

/** The due part of the ledger with each row's addressee, and the mails noted as sent. */
const after = async (w: Wiring): Promise<After> => ({
  ledger: (
    await w.query<{ line: string }>(
      `SELECT r."state" || ' ' || f."diarienummer" || ' ' || r."about" || ' ' || r."offset" || ' ' || p."name" || ' to '
              || coalesce(m."to_email", '') AS "line"
         FROM "reminder" r JOIN "person" p ON p."id" = r."person_id" JOIN "referral" f ON f."id" = r."referral_id"
         LEFT JOIN "mail" m ON m."id" = r."mail_id" WHERE r."due_at" <= ? ORDER BY 1`,
      ['2023-10-09T06:00:00.000Z'],
    )
  ).map(({ line }) => line),
  sent: (await w.query<{ id: string }>(`SELECT "message_id" AS "id" FROM "mail" WHERE "state" = 'sent'`)).map(
    ({ id }) => id,
  ),
});

describe('a sweep that is killed', () => {
  it('at any step loses no reminder and doubles none; what may have arrived leaves again as the same mail', async () => {
    const whole = copy();
    const { steps } = await sweepInChild(order(whole));
    const expected = await withWiring(whole, NOW, after);
    const addressees = sink.mails.map(({ envelope }) => envelope.to[0]).sort();
    expect(addressees.length).toBeGreaterThanOrEqual(4);
    expect(expected.ledger.some((line) => line.startsWith('pending') || line.startsWith('claimed'))).toBe(false);
    const places = new Set<string>();

    for (let killAt = 1; killAt <= steps.length; killAt += 1) {
      const path = copy();
      sink.clear();
      const { signal } = await sweepInChild({ ...order(path), killAt });
      if (signal === null) continue; // fewer batches this time
      expect(signal).toBe('SIGKILL');
      places.add(steps[killAt - 1] ?? '');
      const noted = new Set(await withWiring(path, NOW, async (w) => (await after(w)).sent));
      await sink.idle();
      const arrived = new Map(sink.counts());
      await withWiring(path, AFTER_THE_LEASES, (w) => w.sweep.runOnce(), true);

      const end = await withWiring(path, AFTER_THE_LEASES, after);
      expect({ killAt, ledger: end.ledger }).toEqual({ killAt, ledger: expected.ledger });
      const byAddressee = new Map(sink.mails.map(({ envelope, messageId }) => [envelope.to[0] ?? '', messageId]));
      expect([...byAddressee.keys()].sort()).toEqual(addressees);
      expect(new Set(sink.mails.map(({ messageId }) => messageId)).size).toBe(addressees.length);
      for (const [id, count] of sink.counts()) {
        expect({ killAt, id, count }).toEqual({ killAt, id, count: noted.has(id) ? 1 : (arrived.get(id) ?? 0) + 1 });
        const texts = sink.mails.filter(({ messageId }) => messageId === id).map(({ text }) => text);
        expect(new Set(texts).size).toBe(1);
      }
    }
    expect([...places].sort()).toEqual(
      [
        'after a commit', 'after the mail server has answered', 'before a mail is handed over', 'before a transaction',
        'in a transaction, before its commit',
      ], // prettier-ignore
    );
  }, 600_000);
});

describe('several processes that sweep one file at once', () => {
  it('double nothing, even without the lease that keeps them apart', async () => {
    const path = copy();
    await withWiring(path, REGISTERED, async (w) => {
      for (let n = 0; n < 60; n += 1) {
        const officer = await w.person(`Officer Nummer${n}`, { EÅV: ['officer'] });
        await w.register(officer, 100 + n);
      }
    });
    const ends = await Promise.all([1, 2, 3].map(() => sweepInChild({ ...order(path), withoutLease: true })));
    expect(ends.reduce((sum, { report }) => sum + (report?.sent ?? 0), 0)).toBe(sink.mails.length);
    expect([...sink.counts().values()].every((count) => count === 1)).toBe(true);
    expect(new Set(sink.mails.map(({ envelope }) => envelope.to[0])).size).toBe(sink.mails.length);
    const { ledger } = await withWiring(path, NOW, after);
    expect(ledger.filter((line) => !/^(sent|superseded) /.test(line))).toEqual([]);
  }, 120_000);
});
