import { beforeEach, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { clock, db, hanna, setStage, sink, w } from './sweep-stage.js';

setStage();
beforeEach(async () => {
  await w.department('HR', await w.person('Cesar Chef', { EÅV: ['manager'] }));
  await w.person('Disa Direktör', { EÅV: ['director'] });
  await w.person('Sixten Sekreterare', { EÅV: ['secretary'] });
  for (const day of ['2023-09-28', '2023-10-26', '2023-11-23']) await w.meeting(day);
});

async function sweepAt(instant: string): Promise<string[]> {
  clock.set(instant);
  sink.clear();
  await w.sweep.runOnce();
  return sink.mails.map((mail) => `${mail.envelope.to.join()}: ${mail.subject}`).sort();
}

const statesOf = async (): Promise<Record<string, number>> => {
  const found = await w.query<{ state: string; n: number }>(
    'SELECT "state", count(*) AS "n" FROM "reminder" GROUP BY "state"',
  );
  return Object.fromEntries(found.map(({ state, n }) => [state, Number(n)]));
};

describe('a sweep', () => {
  it('tells the officer at once, and everyone on their morning, once', async () => {
    await w.register(hanna, 1, { department: 'HR' });
    expect(await sweepAt('2023-09-11T08:42:00Z')).toEqual([
      'hanna.handlaggare@example.se: EÅV 2023/1: nytt ärende, svar senast 27 oktober 2023',
    ]);
    expect(await sweepAt('2023-09-27T05:29:59Z')).toEqual([]);
    expect(await sweepAt('2023-09-27T05:30:00Z')).toEqual([
      'hanna.handlaggare@example.se: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 5 arbetsdagar kvar',
    ]);
    expect(await sweepAt('2023-09-27T05:30:00Z')).toEqual([]);
    expect(await sweepAt('2023-10-06T05:30:00Z')).toEqual([
      'cesar.chef@example.se: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, i dag',
      'disa.direktor@example.se: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, 1 arbetsdag kvar',
      'hanna.handlaggare@example.se: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 2 arbetsdagar försenat',
    ]);
  });

  it('tells the registrars of an approval that no manager can give, for want of a department', async () => {
    await w.register(hanna);
    await w.person('Maria Mittemellan', { EÅV: ['manager'] });
    await sweepAt('2023-09-27T05:30:00Z');
    expect((await sweepAt('2023-10-06T05:30:00Z')).filter((line) => line.includes('avdelningschef'))).toEqual([
      'rut.registrator@example.se: EÅV 2023/1: avdelningschef saknas, attest senast 6 oktober 2023, i dag',
    ]);
  });

  it('sends a mail with everything, under its stored Message-ID', async () => {
    await w.register(hanna);
    await sweepAt('2023-09-11T08:42:00Z');
    const [mail] = sink.mails;
    const [stored] = await w.query<{ messageId: string; state: string; attempts: number }>(
      'SELECT "message_id" AS "messageId", "state", "attempts" FROM "mail"',
    );
    expect(stored).toEqual({ messageId: mail?.messageId, state: 'sent', attempts: 1 });
    expect(mail?.messageId).toMatch(/^<[0-9a-f-]{36}@diarium\.example\.se>$/);
    expect(mail?.to).toBe('"Hanna Handläggare" <hanna.handlaggare@example.se>');
    for (const part of ['Kommunstyrelsen (KS 2023/739)', 'fördelat', 'torsdag 26 oktober 2023 kl. 18.00']) {
      expect(mail?.text).toContain(part);
      expect(mail?.html).toContain(part);
    }
    expect(mail?.html).toContain('<html lang="sv">');
    expect(mail?.text).toMatch(/https:\/\/diarium\.example\.se\/arenden\/[0-9a-f-]{36}/);
  });

  it('joins all that is due for a person in one mail, most pressing first, each board under its name', async () => {
    await w.board('SÖD', 'Södermalms stadsdelsnämnd');
    await w.person('Signe Sekreterare', { SÖD: ['secretary'] });
    await db.work.run((tx) => w.people.addRole(tx, hanna, 'SÖD', 'officer'));
    await w.register(hanna, 1);
    await w.register(hanna, 2, { answerDue: localDate('2023-10-02') });
    await w.register(hanna, 1, { board: 'SÖD', answerDue: localDate('2023-11-30') });
    await w.sweep.runOnce();
    const [mail, ...others] = sink.to('hanna.handlaggare@example.se');
    expect(others).toEqual([]);
    expect(mail?.subject).toMatch(/^3 ärenden att bevaka: närmast /);
    expect(mail?.html).toContain('<h2');
    for (const name of ['Enskede-Årsta-Vantörs', 'Södermalms']) expect(mail?.html).toContain(name);
  });

  it('names a secret case by its number only', async () => {
    const secrecy = { provision: 'OSL 25 kap. 1 §', date: localDate('2023-09-11'), by: 'Rut Registrator' };
    await w.register(hanna, 1, {
      secrecy,
      title: 'Hemlig rubrik',
      sender: 'Hemlig avsändare',
      answerTo: 'hemlig@example.se',
    });
    await sweepAt('2023-10-27T05:30:00Z');
    expect(sink.mails.length).toBeGreaterThan(3);
    for (const { subject, text, html } of sink.mails) {
      expect(subject).toContain('EÅV 2023/1');
      expect(subject + text + html).not.toMatch(/hemlig/i);
      expect(subject + text + html).not.toContain('KS 2023/739');
    }
  });

  it('escapes what a title tries to do to the page, and keeps the subject to one line', async () => {
    await w.register(hanna, 1, { title: '<script>alert("x")</script> & mer' });
    await w.sweep.runOnce();
    expect(sink.mails[0]?.html).toContain('&lt;script>alert(&quot;x&quot;)&lt;/script> &amp; mer');
    expect(sink.mails[0]?.html).not.toContain('<script>');
  });

  it('sends all that fell due in three weeks of standstill, each once, in one mail a person', async () => {
    const referral = await w.register(hanna, 1, { answerDue: localDate('2023-09-20'), department: 'HR' });
    await w.sweep.runOnce();
    await sweepAt('2023-10-19T09:00:00Z');
    expect(sink.to('hanna.handlaggare@example.se')).toHaveLength(1);
    expect(sink.to('cesar.chef@example.se')).toHaveLength(1);
    const ledger = await w.ledgerOf(referral.id);
    const ofHanna = ledger.filter((line) => line.includes('Hanna') && line.includes('answerDue'));
    expect(ofHanna).toEqual([
      'sent answerDue -5 Hanna Handläggare', 'sent answerDue -2 Hanna Handläggare', 'sent answerDue 0 Hanna Handläggare',
      'sent answerDue 1 Hanna Handläggare', 'sent answerDue 6 Hanna Handläggare', 'sent answerDue 11 Hanna Handläggare',
      'sent answerDue 16 Hanna Handläggare', 'sent answerDue 21 Hanna Handläggare', 'pending answerDue 26 Hanna Handläggare',
    ]); // prettier-ignore
    expect(sink.to('hanna.handlaggare@example.se')[0]?.subject).toBe(
      'EÅV 2023/1: svaret skulle ha varit inne 20 september 2023, 21 arbetsdagar försenat',
    );
    expect(await sweepAt('2023-10-19T09:01:00Z')).toEqual([]);
    expect((await sweepAt('2023-10-26T05:30:00Z')).filter((line) => /varit inne .* 26 arb/.test(line))).toHaveLength(2);
  });

  it('goes on with a chain when the case is planned anew in between, and ends it when the answer is sent', async () => {
    const first = await w.register(hanna, 1, { answerDue: localDate('2023-09-12'), department: 'HR' });
    await w.sweep.runOnce();
    await sweepAt('2023-09-13T05:30:00Z');
    const second = await w.replan(first, { note: 'sen' });
    const late = (await sweepAt('2023-09-20T05:30:00Z')).filter((line) =>
      /varit inne .* 6 arbetsdagar försenat/.test(line),
    );
    expect(late.map((line) => line.split('@')[0])).toEqual(['cesar.chef', 'hanna.handlaggare']);
    await w.replan(second, { status: 'expedited', answerSentOn: localDate('2023-09-20') });
    expect(await sweepAt('2023-12-01T09:00:00Z')).toEqual([]);
    expect((await statesOf())['pending']).toBeUndefined();
  });

  it('reminds of an extension without answer every third working day until it is answered', async () => {
    const first = await w.register(hanna, 1);
    await w.sweep.runOnce();
    const asked = await w.replan(first, {}, '2023-09-11');
    const due: string[] = [];
    for (let day = 12; day <= 22; day += 1) {
      const sent = await sweepAt(`2023-09-${day}T05:30:00Z`);
      if (sent.some((line) => line.includes('anstånd'))) due.push(`2023-09-${day}`);
    }
    expect(due).toEqual(['2023-09-14', '2023-09-19', '2023-09-22']);
    await w.replan(asked, {});
    expect((await sweepAt('2023-10-03T05:30:00Z')).filter((line) => line.includes('anstånd'))).toEqual([]);
  });

  it('does what is asked for while it runs, and runs once at a time', async () => {
    await w.register(hanna, 1);
    const first = w.sweep.runOnce();
    expect(w.sweep.runOnce()).toBe(first);
    await first;
    expect(sink.mails).toHaveLength(1);
    const [lease] = await w.query<{ name: string; at: string }>('SELECT "name", "last_done_at" AS "at" FROM "lease"');
    expect(lease).toEqual({ name: 'reminder-sweep', at: clock.now().toISOString() });
  });

  it('leaves a sweep to the process that has the lease, until that has died', async () => {
    await w.register(hanna, 1);
    await w.leases.tryTake('reminder-sweep', 'another', 60_000);
    expect(await w.sweep.runOnce()).toEqual({ sent: 0, failed: 0, elsewhere: true });
    clock.advance(60_000);
    expect(await w.sweep.runOnce()).toEqual({ sent: 1, failed: 0, elsewhere: false });
  });

  it('doubles nothing when two claim the same at once', async () => {
    for (let n = 1; n <= 30; n += 1) await w.register(hanna, n);
    const people = [{ personId: hanna, board: 'EÅV', count: 30 }];
    const addressees = await w.addressees.of(db.read.manager, people, clock.today());
    const claims = await Promise.all([1, 2, 3].map(() => w.claims.execute(addressees, clock.now())));
    expect(claims.map(({ reminders }) => reminders).sort()).toEqual([0, 0, 30]);
    expect(await w.query('SELECT 1 FROM "mail"')).toHaveLength(1);
  });
});

describe('someone who is away', () => {
  it('is reminded through the substitute, who is told for whom and how long, in one mail with their own', async () => {
    const olle = await w.person('Olle Ersättare', { EÅV: ['officer'] });
    await w.absence(hanna, olle, '2023-09-25', '2023-10-06');
    await w.register(hanna, 1);
    await w.register(olle, 2);
    await w.sweep.runOnce();
    await sweepAt('2023-09-27T05:30:00Z');
    expect(sink.to('hanna.handlaggare@example.se')).toEqual([]);
    const [mail, ...more] = sink.to('olle.ersattare@example.se');
    expect(more).toEqual([]);
    expect(mail?.subject).toMatch(/^2 ärenden att bevaka/);
    expect(mail?.text).toContain(
      'Du får detta i stället för Hanna Handläggare som är borta till och med 6 oktober 2023.',
    );
    const owners = await w.query<{ name: string }>(
      `SELECT p."name" FROM "reminder" r JOIN "person" p ON p."id" = r."person_id" JOIN "mail" m ON m."id" = r."mail_id"
        WHERE m."person_id" = ? AND r."about" = 'draft' ORDER BY p."name"`,
      [olle],
    );
    expect(owners.map(({ name }) => name)).toEqual(['Hanna Handläggare', 'Olle Ersättare']);
    expect(await sweepAt('2023-10-12T05:30:00Z')).not.toEqual([]);
    expect(sink.to('hanna.handlaggare@example.se')).toHaveLength(1);
  });

  describe('from several boards', () => {
    let olle: string;
    let greta: string;

    beforeEach(async () => {
      await w.board('ÄLV', 'Älvsjö stadsdelsnämnd');
      await w.meeting('2023-10-26', 'ÄLV');
      greta = await w.person('Greta Gemensam', { EÅV: ['officer'], ÄLV: ['officer'] });
      olle = await w.person('Olle Ersättare', { EÅV: ['officer'], ÄLV: ['reader'] });
      await w.absence(greta, olle, '2023-09-25', '2023-10-06');
      await w.register(greta, 1);
      await w.register(greta, 1, { board: 'ÄLV' });
      await w.register(olle, 2);
      await w.sweep.runOnce();
    });

    /** Each row that has been claimed: to whom its mail went, whose it is and the case. */
    const claimed = async (since: string): Promise<string[]> => {
      const found = await w.query<{ line: string }>(
        `SELECT m."to_name" || ': ' || p."name" || ' ' || c."diarienummer" || ' ' || r."about" AS "line"
           FROM "reminder" r JOIN "mail" m ON m."id" = r."mail_id" JOIN "person" p ON p."id" = r."person_id"
           JOIN "referral" c ON c."id" = r."referral_id" WHERE r."changed_at" >= ? ORDER BY "line"`,
        [since],
      );
      return found.map(({ line }) => line);
    };

    it('is reminded through the substitute of the boards where that one works, and of the others as ever', async () => {
      const sent = await sweepAt('2023-09-27T05:30:00Z');
      expect(sent).toHaveLength(2);
      const [toOlle] = sink.to('olle.ersattare@example.se');
      expect(toOlle?.subject).toMatch(/^2 ärenden att bevaka/);
      expect(toOlle?.text).toContain('i stället för Greta Gemensam');
      expect(toOlle?.text).not.toContain('ÄLV');
      const [toGreta] = sink.to('greta.gemensam@example.se');
      expect(toGreta?.subject).toMatch(/^ÄLV 2023\/1/);
      expect(toGreta?.text).not.toContain('EÅV');
      expect(toGreta?.text).not.toContain('i stället för');
      expect(await claimed('2023-09-27T00:00:00Z')).toEqual([
        'Greta Gemensam: Greta Gemensam ÄLV 2023/1 draft',
        'Olle Ersättare: Greta Gemensam EÅV 2023/1 draft',
        'Olle Ersättare: Olle Ersättare EÅV 2023/2 draft',
      ]);
      expect(await sweepAt('2023-09-27T05:31:00Z')).toEqual([]);
    });

    it('loses nothing and gets nothing twice when several claim the parts at once', async () => {
      clock.set('2023-09-27T05:30:00Z');
      const due = await w.due.people(db.read.manager, clock.now().toISOString());
      const addressees = await w.addressees.of(db.read.manager, due, clock.today());
      expect(addressees.map(({ to }) => to.name).sort()).toEqual(['Greta Gemensam', 'Olle Ersättare']);
      const one = (name: string) => addressees.filter(({ to }) => to.name === name);
      const names = ['Olle Ersättare', 'Greta Gemensam', 'Olle Ersättare'];
      const claim = (name: string) => w.claims.execute(one(name), clock.now());
      const atOnce = await Promise.all(names.map(claim));
      // On PostgreSQL one leaves out what another holds just then, and it is there for whoever comes next.
      const after: typeof atOnce = [];
      for (const name of names) after.push(await claim(name));
      const sum = (...places: readonly number[]) => {
        const own = [...atOnce, ...after].filter((_, place) => places.includes(place % names.length));
        return [own.flatMap(({ mails }) => mails).length, own.reduce((all, { reminders }) => all + reminders, 0)];
      };
      expect({ olle: sum(0, 2), greta: sum(1) }).toEqual({ olle: [1, 2], greta: [1, 1] });
      expect(await claimed('2023-09-27T00:00:00Z')).toHaveLength(3);
    });

    it('goes on with each chain once, whoever gets the mail', async () => {
      await sweepAt('2023-09-27T05:30:00Z');
      await w.absence(greta, olle, '2023-10-30', '2023-11-30');
      await sweepAt('2023-11-08T06:30:00Z');
      expect(
        [sink.to('greta.gemensam@example.se'), sink.to('olle.ersattare@example.se')].map((to) => to.length),
      ).toEqual([1, 1]);
      const pending = await w.query<{ line: string }>(
        `SELECT c."diarienummer" || ' ' || r."offset" AS "line" FROM "reminder" r JOIN "referral" c ON c."id" = r."referral_id"
          WHERE r."person_id" = ? AND r."about" = 'answerDue' AND r."state" = 'pending' ORDER BY "line"`,
        [greta],
      );
      expect(pending.map(({ line }) => line)).toEqual(['EÅV 2023/1 11', 'ÄLV 2023/1 11']);
    });

    it('is told in a preview as it will be sent', async () => {
      const mails = (await w.preview.execute(new Date('2023-09-27T06:00:00Z'))).map(({ to, reminders }) => [
        to.name,
        reminders.map(({ diarienummer }) => diarienummer).sort(),
      ]);
      expect(mails.sort()).toEqual([
        ['Greta Gemensam', ['ÄLV 2023/1']],
        ['Olle Ersättare', ['EÅV 2023/1', 'EÅV 2023/2']],
      ]);
    });
  });
});

describe('someone who has left', () => {
  it('has the reminders handed over to the registrars, each with a row of their own', async () => {
    await w.person('Rakel Registrator', { EÅV: ['registrar'] });
    const referral = await w.register(hanna, 1);
    await w.sweep.runOnce();
    await w.ends(hanna, '2023-09-20');
    expect(await sweepAt('2023-09-27T05:30:00Z')).toEqual([
      expect.stringMatching(/^rakel\.registrator@/),
      expect.stringMatching(/^rut\.registrator@/),
    ]);
    expect((await w.ledgerOf(referral.id)).filter((line) => line.includes('draft -5'))).toEqual([
      'superseded draft -5 Hanna Handläggare',
      'sent draft -5 Rakel Registrator',
      'sent draft -5 Rut Registrator',
    ]);
  });

  it('is not silently dropped when nobody is left at the board: the journal tells', async () => {
    const referral = await w.register(hanna, 1);
    await w.sweep.runOnce();
    for (const { id } of await w.query<{ id: string }>('SELECT "id" FROM "person"')) await w.ends(id, '2023-09-20');
    expect(await sweepAt('2023-09-27T05:30:00Z')).toEqual([]);
    const told = await w.query<{ what: string; subject: string }>(
      'SELECT "what", "subject_id" AS "subject" FROM "journal"',
    );
    expect(told).toEqual([{ what: 'reminder-undeliverable', subject: referral.id }]);
  });
});
