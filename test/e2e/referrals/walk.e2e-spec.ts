import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, localDate, type LocalDate } from '../../../src/domain/calendar/local-date.js';
import { Sweep } from '../../../src/features/reminders/sweep.js';
import { ENGINES, startApp, type TestApp } from '../../support/app.js';
import { MODEL_REMISS, seedModelBoard, type ModelBoard, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';

interface Act {
  readonly path: string;
  readonly body: object;
  readonly by: keyof ModelBoard;
}

/** What is done on which day, after the morning's mails. */
const ACTS: Readonly<Record<string, readonly Act[]>> = {
  '2023-10-04': [{ path: 'steps', body: { step: 'draft' }, by: 'officer' }],
  '2023-10-06': [{ path: 'approval', body: { level: 'manager' }, by: 'manager' }],
  '2023-10-09': [
    { path: 'approval', body: { level: 'director' }, by: 'director' },
    { path: 'adjustment', body: { act: 'confirm' }, by: 'officer' },
  ],
  '2023-10-19': [{ path: 'steps', body: { step: 'dispatch' }, by: 'secretary' }],
  '2023-10-26': [
    { path: 'decision', body: { outcome: 'adopted', paragraph: '§ 14' }, by: 'secretary' },
    { path: 'adjustment', body: { act: 'decide' }, by: 'secretary' },
    { path: 'adjustment', body: { act: 'sign' }, by: 'secretary' },
  ],
  '2023-10-27': [
    { path: 'steps', body: { step: 'notice-posted' }, by: 'secretary' },
    { path: 'answer', body: { how: 'e-post' }, by: 'registrar' },
  ],
  '2023-11-20': [{ path: 'closing', body: { confirm: true }, by: 'registrar' }],
};

const REGISTERED = localDate('2023-09-11');
const UNTIL = localDate('2023-11-24');

describe.each(ENGINES)('the model remiss from registration to closing on %s', (engine) => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let sink: SmtpSink;
  let app: TestApp;
  let people: ModelBoard;
  let id: string;

  const as = (who: SeededPerson) => ({ token: who.token });
  const mails = new Map<LocalDate, string[]>();

  const sweepOn = async (day: LocalDate): Promise<void> => {
    const before = sink.mails.length;
    await app.provider(Sweep).runOnce();
    const came = sink.mails.slice(before).map(({ to, subject }) => `${to.replace(/.*<(\w+)\..*/, '$1')}: ${subject}`);
    if (came.length > 0) mails.set(day, [...(mails.get(day) ?? []), ...came.sort()]);
  };

  const walk = async (): Promise<void> => {
    for (let day: LocalDate = REGISTERED; day <= UNTIL; day = addDays(day, 1)) {
      if (day > REGISTERED) clock.set(`${day}T05:40:00.000Z`);
      await sweepOn(day);
      for (const { path, body, by } of ACTS[day] ?? []) {
        clock.set(`${day}T12:00:00.000Z`);
        const done = await app.post(`/api/v1/referrals/${id}/${path}`, body, as(people[by]));
        expect({ day, path, status: done.status, why: done.body.detail }).toEqual({
          day,
          path,
          status: 200,
          why: undefined,
        });
      }
    }
  };

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startApp({ clock, engine, smtpUrl: sink.url, process: 'web' });
    people = await seedModelBoard(app);
    const registered = await app.post(
      '/api/v1/referrals',
      { ...MODEL_REMISS, officer: people.officer.email },
      as(people.registrar),
    );
    id = registered.body.id;
    await walk();
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  it('sends exactly these mails, on working mornings', () => {
    expect(Object.fromEntries(mails)).toMatchInlineSnapshot(`
     {
       "2023-09-11": [
         "hanna: EÅV 2023/1: nytt ärende, svar senast 27 oktober 2023",
       ],
       "2023-09-27": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-03": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-04": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, i dag",
       ],
       "2023-10-05": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-06": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, i dag",
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-09": [
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, i dag",
       ],
       "2023-10-13": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 10 arbetsdagar kvar",
       ],
       "2023-10-17": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, 2 arbetsdagar kvar",
       ],
       "2023-10-19": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, i dag",
       ],
       "2023-10-20": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-25": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 2 arbetsdagar kvar",
         "sixten: EÅV 2023/1: omedelbar justering 26 oktober 2023",
       ],
       "2023-10-26": [
         "sixten: EÅV 2023/1: justering senast 26 oktober 2023, i dag",
       ],
       "2023-10-27": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, i dag",
         "sixten: EÅV 2023/1: expediering senast 27 oktober 2023, i dag",
       ],
     }
    `);
  });

  it('tells in every mail what to do, why, and where', () => {
    for (const mail of sink.mails) {
      expect(mail.text).toContain('EÅV 2023/1');
      expect(mail.text).toContain(`https://diarium.example.se/arenden/${id}`);
      expect(mail.html).toContain('lang="sv"');
      expect(mail.html).toContain(`https://diarium.example.se/arenden/${id}`);
      expect(mail.text).not.toMatch(/undefined|null|NaN|\[object/);
    }
  });

  it('sends no mail twice and leaves nothing pending', async () => {
    expect([...sink.counts().values()].every((times) => times === 1)).toBe(true);
    const { body } = await app.get(`/api/v1/referrals/${id}/reminders`, as(people.registrar));
    expect(body.filter(({ state }: { state: string }) => state === 'pending' || state === 'claimed')).toEqual([]);
  });

  it('leaves a case whose timetable says what really happened', async () => {
    const { body } = await app.get(`/api/v1/referrals/${id}`, as(people.reader));
    const done = Object.fromEntries(
      body.timetable.map(({ milestone, date, doneOn }: Record<string, string>) => [milestone, [date, doneOn]]),
    );
    expect(body.status).toBe('closed');
    expect(done).toMatchObject({
      draft: ['2023-10-04', '2023-10-04'],
      adjustment: ['2023-10-26', '2023-10-26'],
      notice: ['2023-10-30', '2023-10-27'],
      expedite: ['2023-10-27', '2023-10-27'],
      appealEnds: ['2023-11-17', null],
    });
  });
});
