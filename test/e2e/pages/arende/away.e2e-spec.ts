import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sweep } from '../../../../src/features/reminders/sweep.js';
import { eventually } from '../../../support/eventually.js';
import { MODEL_REMISS, seedAbsence, seedModelBoard, type ModelBoard } from '../../../support/seed.js';
import type { TestApp } from '../../../support/app.js';
import { SettableClock } from '../../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../../support/smtp-sink.js';
import { textOf } from '../lista/page-visits.js';
import { PlainBrowser, seedPassword, startPagesApp } from '../../sign-in/pages-app.js';

const AWAY = 'borta till och med 6 oktober 2023';

describe('an officer who is away', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let sink: SmtpSink;
  let people: ModelBoard;
  let id: string;
  let rut: PlainBrowser;

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startPagesApp({ clock, smtpUrl: sink.url });
    people = await seedModelBoard(app);
    const [personId, substituteId] = [people.officer.id, people.manager.id];
    await seedAbsence(app, { personId, substituteId, from: '2023-09-11', to: '2023-10-06' });
    await seedPassword(app, people.registrar);
    rut = new PlainBrowser(app);
    await rut.signIn(people.registrar.email);
    const body = { ...MODEL_REMISS, officer: people.officer.email };
    const answer = await app.post('/api/v1/referrals', body, { token: people.registrar.token });
    expect(answer.status).toBe(201);
    id = answer.body.id;
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  const page = async (path: string): Promise<string> => textOf((await rut.get(path)).body);

  it('is told of as away where officers are chosen', async () => {
    expect(await page('/registrera')).toContain(`Hanna Handläggare, Avdelning HR och utveckling (${AWAY})`);
    expect(await page(`/arenden/${id}/fordela`)).toContain(`Hanna Handläggare, Avdelning HR och utveckling (${AWAY})`);
  });

  it('is not said to get the mail that the substitute gets', async () => {
    const waiting = await page(`/registrera/kvitto/${id}`);
    await eventually('the mail has come', async () => {
      await app.provider(Sweep).runOnce();
      return sink.mails.length > 0;
    });
    expect(sink.mails.map(({ envelope }) => envelope.to[0])).toEqual([people.manager.email]);
    for (const receipt of [waiting, await page(`/registrera/kvitto/${id}`)]) {
      expect(receipt).toContain('Cesar Chef i stället för Hanna Handläggare får besked nu med e-post: nytt ärende.');
      expect(receipt).toContain(`Hanna Handläggare är ${AWAY}, ersätts av Cesar Chef.`);
      expect(receipt).toMatch(/Vem som har fått veta Cesar Chef/);
    }
  });

  it('is told of on the case, whose reminders name the same people as the page of reminders', async () => {
    const seen = await page(`/arenden/${id}`);
    expect(seen).toContain(`Hanna Handläggare Borta till och med 6 oktober 2023, ersätts av Cesar Chef`);
    const { body } = await app.get('/api/v1/reminders/upcoming?days=60', { token: people.registrar.token });
    const mine = await app.get(`/api/v1/referrals/${id}/reminders`, { token: people.registrar.token });
    const standIns = new Map(body.items.map((one: { id: string; standIn: object | null }) => [one.id, one.standIn]));
    const coming = mine.body.filter(({ state }: { state: string }) => state === 'pending');
    expect(coming.length).toBeGreaterThan(5);
    for (const one of coming) expect(one.standIns[0] ?? null).toEqual(standIns.get(one.id));
    expect(coming.map(({ standIns: who }: { standIns: object[] }) => who.length)).toEqual(
      expect.arrayContaining([0, 1]),
    );
    expect(seen).toContain('till Cesar Chef i stället för Hanna Handläggare');
  });
});
