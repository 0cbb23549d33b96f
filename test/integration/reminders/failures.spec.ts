import { beforeEach, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { change } from '../../../src/platform/database/sql.js';
import { clock, db, hanna, openMailAnew, setStage, sink, w } from './sweep-stage.js';

setStage();
beforeEach(() => w.meeting('2023-10-26'));

interface MailNow {
  readonly state: string;
  readonly attempts: number;
  readonly next: string;
  readonly error: string | null;
  readonly messageId: string;
}
const mailsNow = (): Promise<MailNow[]> =>
  w.query(`SELECT "state", "attempts", "next_attempt_at" AS "next", "last_error" AS "error",
    "message_id" AS "messageId" FROM "mail" ORDER BY "created_at", "id"`);
const assignment = async (id: string): Promise<string | undefined> => (await w.ledgerOf(id))[0];
const journalled = async (): Promise<string[]> =>
  (await w.query<{ what: string }>('SELECT "what" FROM "journal" ORDER BY "seq"')).map(({ what }) => what);

describe('a mail server that fails for now', () => {
  it('leaves a trace in ledger and journal, and the same mail leaves when it is back', async () => {
    const { id } = await w.register(hanna);
    sink.behave({ kind: 'refuse-recipient', code: 450 });
    expect(await w.sweep.runOnce()).toEqual({ sent: 0, failed: 1, elsewhere: false });
    const [failed] = await mailsNow();
    expect(failed).toMatchObject({ state: 'failed', attempts: 1, next: '2023-09-11T08:42:00.000Z' });
    expect(failed?.error).toContain('450');
    expect(await assignment(id)).toBe('failed assignment 0 Hanna Handläggare');
    expect(await journalled()).toEqual(['reminder-failed']);

    sink.behave({ kind: 'accept' });
    expect(await w.sweep.runOnce()).toMatchObject({ sent: 0, failed: 0 });
    clock.advance(60_000);
    expect(await w.sweep.runOnce()).toMatchObject({ sent: 1, failed: 0 });
    expect(sink.mails.map(({ messageId }) => messageId)).toEqual([failed?.messageId]);
    expect(await assignment(id)).toBe('sent assignment 0 Hanna Handläggare');
    expect((await mailsNow())[0]).toMatchObject({ state: 'sent', attempts: 2, error: null });
  });

  it('is asked again after pauses that grow, and then the registrars are told', async () => {
    const { id } = await w.register(hanna);
    sink.behave({ kind: 'refuse-recipient', code: 451, only: 'hanna.handlaggare@example.se' });
    const pauses: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      await w.sweep.runOnce();
      const [mail] = await mailsNow();
      if (mail?.state !== 'failed') break;
      const pause = Date.parse(mail.next) - clock.now().getTime();
      pauses.push(pause / 60_000);
      clock.advance(pause);
    }
    expect(pauses).toEqual([1, 5, 30, 120, 1440, 1440, 1440, 1440]);
    expect((await mailsNow())[0]).toMatchObject({ state: 'dead', attempts: 9 });
    expect(await assignment(id)).toBe('failed assignment 0 Hanna Handläggare');
    const told = sink.to('rut.registrator@example.se').filter(({ subject }) => subject.includes('kom inte fram'));
    expect(told.map(({ subject }) => subject)).toEqual(['Påminnelsen till Hanna Handläggare kom inte fram']);
    expect(told[0]?.text).toContain('Gäller: EÅV 2023/1');
    expect(told[0]?.text).toContain('451');
    expect((await journalled()).filter((what) => what.startsWith('reminder'))).toEqual([
      'reminder-failed', 'reminder-given-up',
    ]); // prettier-ignore
  });

  it('gets the mail again, under the same Message-ID, when it went silent after taking it', async () => {
    const { id } = await w.register(hanna);
    sink.behave({ kind: 'drop-after-data', first: 1 });
    await w.sweep.runOnce();
    expect(await assignment(id)).toBe('failed assignment 0 Hanna Handläggare');
    clock.advance(60_000);
    await w.sweep.runOnce();
    const [mail] = await mailsNow();
    expect(mail?.state).toBe('sent');
    expect(sink.count(mail?.messageId ?? '')).toBe(2);
  });
});

describe('a mail server that refuses for good', () => {
  it('has one person given up at once, the registrars told, and the others reminded', async () => {
    const olle = await w.person('Olle Officer', { EÅV: ['officer'] });
    const secret = { provision: 'OSL 25 kap. 1 §', date: localDate('2023-09-11'), by: 'Rut Registrator' };
    const lost = await w.register(hanna, 1, { secrecy: secret, title: 'Hemlig rubrik' });
    const found = await w.register(olle, 2);
    sink.behave({ kind: 'refuse-recipient', code: 550, only: 'hanna.handlaggare@example.se' });
    expect(await w.sweep.runOnce()).toEqual({ sent: 2, failed: 1, elsewhere: false });
    expect(await assignment(lost.id)).toBe('failed assignment 0 Hanna Handläggare');
    expect(await assignment(found.id)).toBe('sent assignment 0 Olle Officer');
    const [told] = sink.to('rut.registrator@example.se');
    expect(told?.text).toContain('hanna.handlaggare@example.se');
    expect(told?.text).toContain('EÅV 2023/1');
    expect(`${told?.subject}${told?.text}${told?.html}`).not.toContain('Hemlig rubrik');
    clock.advance(30 * 86_400_000);
    sink.clear();
    await w.sweep.runOnce();
    expect(sink.to('hanna.handlaggare@example.se').filter(({ subject }) => subject.includes('nytt'))).toEqual([]);
  });

  it('does not go on telling when the registrar cannot be reached either', async () => {
    await w.register(hanna);
    sink.behave({ kind: 'refuse-recipient', code: 550 });
    expect(await w.sweep.runOnce()).toEqual({ sent: 0, failed: 2, elsewhere: false });
    expect((await mailsNow()).map(({ state }) => state)).toEqual(['dead', 'dead']);
    expect(await w.sweep.runOnce()).toEqual({ sent: 0, failed: 0, elsewhere: false });
  });
});

describe('a mail server that cannot be reached', () => {
  it('is not tried for each of many: what was not claimed stays pending, and all leaves when it is back', async () => {
    const officers: string[] = [];
    for (let n = 0; n < 120; n += 1) officers.push(await w.person(`Officer ${n}`, { EÅV: ['officer'] }));
    for (const [n, officer] of officers.entries()) await w.register(officer, n + 1);
    const { port } = sink;
    await sink.stop();
    const report = await w.sweep.runOnce();
    expect(report.sent).toBe(0);
    expect(report.failed).toBeLessThan(120);
    const states = await w.query<{ state: string; n: number }>(
      `SELECT "state", count(*) AS "n" FROM "reminder" WHERE "about" = 'assignment' GROUP BY "state" ORDER BY "state"`,
    );
    expect(states.map(({ state }) => state)).toEqual(['failed', 'pending']);
    expect(states.reduce((sum, { n }) => sum + Number(n), 0)).toBe(120);
    expect(Math.max(...(await mailsNow()).map(({ attempts }) => attempts))).toBe(1);

    await openMailAnew();
    expect(sink.port).not.toBe(port);
    clock.advance(60_000);
    await w.sweep.runOnce();
    expect(sink.mails).toHaveLength(120);
    expect(new Set(sink.mails.map(({ envelope }) => envelope.to[0])).size).toBe(120);
  });
});

describe('a clock that was a year ahead and has been set back', () => {
  it('holds up neither what was claimed nor what failed meanwhile', async () => {
    const olle = await w.person('Olle Officer', { EÅV: ['officer'] });
    await w.register(hanna, 1);
    await w.register(olle, 2);
    const now = clock.now().toISOString();
    clock.set('2024-09-11T08:41:00Z');
    sink.behave({ kind: 'refuse-recipient', code: 451, only: 'hanna.handlaggare@example.se' });
    await w.sweep.runOnce();
    const claimed = `UPDATE "mail" SET "state" = 'claimed', "next_attempt_at" = ?, "sent_at" = NULL WHERE "to_name" = ?`;
    await w.query(claimed, ['2024-09-11T08:51:00.000Z', 'Olle Officer']);
    const before = sink.to('olle.officer@example.se').length;
    clock.set(now);
    sink.behave({ kind: 'accept' });
    expect(await w.sweep.runOnce()).toMatchObject({ failed: 0, elsewhere: false });
    expect(new Set((await mailsNow()).map(({ state }) => state))).toEqual(new Set(['sent']));
    expect(sink.to('hanna.handlaggare@example.se')).not.toEqual([]);
    expect(sink.to('olle.officer@example.se').length).toBeGreaterThan(before);
  });
});

describe('a crash', () => {
  it('between claim and sending leaves a mail that is sent when its lease has run out, with the same reminders', async () => {
    const { id } = await w.register(hanna);
    const addressees = await w.addressees.of(
      db.read.manager,
      [{ personId: hanna, board: 'EÅV', count: 1 }],
      clock.today(),
    );
    const { mails } = await w.claims.execute(addressees, clock.now());
    expect(await assignment(id)).toBe('claimed assignment 0 Hanna Handläggare');
    expect(await w.sweep.runOnce()).toMatchObject({ sent: 0 });
    clock.advance(10 * 60_000);
    expect(await w.sweep.runOnce()).toMatchObject({ sent: 1 });
    expect(sink.mails.map(({ messageId }) => messageId)).toEqual(mails.map(({ messageId }) => messageId));
    expect(await assignment(id)).toBe('sent assignment 0 Hanna Handläggare');
  });
});

describe('one case that cannot be told of', () => {
  it('does not keep the others from leaving', async () => {
    const olle = await w.person('Olle Officer', { EÅV: ['officer'] });
    const bad = await w.register(hanna, 1);
    await w.register(olle, 2);
    await db.work.run((tx) => change(tx, `UPDATE "referral" SET "timetable" = 'no json' WHERE "id" = ?`, [bad.id]));
    expect(await w.sweep.runOnce()).toEqual({ sent: 1, failed: 0, elsewhere: false });
    expect(sink.to('olle.officer@example.se')).toHaveLength(1);
    expect(await assignment(bad.id)).toBe('pending assignment 0 Hanna Handläggare');
  });
});

describe('stopping', () => {
  it('hands over what is under way and gives the rest back, to be sent at the next start', async () => {
    const officers: string[] = [];
    for (let n = 0; n < 40; n += 1) officers.push(await w.person(`Officer ${n}`, { EÅV: ['officer'] }));
    for (const [n, officer] of officers.entries()) await w.register(officer, n + 1);
    sink.behave({ kind: 'slow', ms: 50 });
    const running = w.sweep.runOnce();
    await sink.arrived(3);
    await w.sweep.stop();
    await running;
    const before = sink.mails.length;
    expect(before).toBeLessThan(40);
    expect((await mailsNow()).filter(({ state }) => state === 'sent')).toHaveLength(before);
    sink.behave({ kind: 'accept' });
    await w.newSweep().runOnce();
    expect(sink.mails).toHaveLength(40);
    expect(new Set(sink.mails.map(({ messageId }) => messageId)).size).toBe(40);
  });
});
