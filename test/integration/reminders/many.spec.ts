import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { DueRemindersRepository } from '../../../src/features/reminders/due-reminders.repository.js';
import { insertRows } from '../../../src/platform/database/sql.js';
import { SmtpMailer } from '../../../src/platform/mail/smtp-mailer.js';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { startFastSmtpSink, type FastSmtpSink } from '../../support/fast-smtp-sink.js';
import { SettableClock } from '../../support/settable-clock.js';
import { Wiring } from './wiring.js';

const AT = '2023-09-11T08:41:00.000Z';
const PEOPLE = 2_000;
const EACH = 5;

let db: FreshDatabase;
let sink: FastSmtpSink;
let mailer: SmtpMailer;
let w: Wiring;

beforeEach(async () => {
  db = await freshDatabase();
  sink = await startFastSmtpSink();
  const clock = new SettableClock(AT);
  mailer = new SmtpMailer(sink.url, clock);
  w = new Wiring({ ...db, clock, mailer });
});
afterEach(async () => {
  await mailer.close();
  await sink.stop();
  await db.close();
});

/** So many people with so many reminders each, all due. */
async function seed(): Promise<void> {
  await w.board();
  const cases: string[] = [];
  for (let n = 1; n <= EACH; n += 1) cases.push((await w.register(null, n)).id);
  const ids = Array.from({ length: PEOPLE }, () => uuid());
  const reminders = ids.flatMap((person) =>
    cases.map((referral) => [uuid(), referral, 'draft', '2023-09-11', 0, person, AT, 'pending', null, AT, AT]),
  );
  await db.work.run(async (tx) => {
    await insertRows(
      tx,
      'person',
      ['id', 'email', 'name', 'created_at'],
      ids.map((id, n) => [id, `person${n}@example.se`, `Person ${n}`, AT]),
    );
    const columns = [
      'id', 'referral_id', 'about', 'date', 'offset', 'person_id', 'due_at', 'state', 'mail_id', 'created_at',
      'changed_at',
    ]; // prettier-ignore
    await insertRows(tx, 'reminder', columns, reminders);
  });
}

describe('10,000 due reminders', () => {
  it('all leave in one sweep, one mail a person, a slice at a time in memory and in each transaction', async () => {
    await seed();
    let most = 0;
    const lock = DueRemindersRepository.prototype.lock;
    w.due.lock = async (...given) => {
      const locked = await lock.apply(w.due, given);
      most = Math.max(most, locked.length);
      return locked;
    };
    expect(await w.sweep.runOnce()).toEqual({ sent: PEOPLE, failed: 0, elsewhere: false });
    expect(most).toBeLessThanOrEqual(500);
    expect(sink.total).toBe(PEOPLE);
    expect(sink.counts.size).toBe(PEOPLE);
    const states = await w.query<{ state: string; n: number }>(
      `SELECT "state", count(*) AS "n" FROM "reminder" WHERE "about" = 'draft' GROUP BY "state"`,
    );
    expect(states.map(({ state, n }) => [state, Number(n)])).toEqual([['sent', PEOPLE * EACH]]);
  }, 300_000);
});
