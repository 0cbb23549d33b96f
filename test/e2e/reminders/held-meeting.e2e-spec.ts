import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sweep } from '../../../src/features/reminders/sweep.js';
import { startApp, type TestApp } from '../../support/app.js';
import { MODEL_REMISS, seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';

describe('mails of a declined adjustment that leave when the meeting has been held', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let sink: SmtpSink;
  let people: ModelBoard;
  let id = '';

  const act = async (who: keyof ModelBoard, path: string, body: object): Promise<void> => {
    const { status } = await app.post(`/api/v1/referrals/${id}/${path}`, body, { token: people[who].token });
    expect({ path, status }).toEqual({ path, status: 200 });
  };
  const decline = () =>
    act('officer', 'adjustment', { act: 'decline', reason: 'Justeraren är borta', way: 'other-meeting' });
  const register = async (senderReference: string): Promise<void> => {
    clock.set('2023-09-11T08:41:00.000Z');
    const body = { ...MODEL_REMISS, senderReference, officer: people.officer.email };
    id = (await app.post('/api/v1/referrals', body, { token: people.registrar.token })).body.id;
  };
  /** The evening of the meeting it is declined, and nothing is sent before the next morning. */
  const overNight = async (): Promise<void> => {
    clock.set('2023-10-26T16:00:00.000Z');
    await app.provider(Sweep).runOnce();
    sink.clear();
    await decline();
    clock.set('2023-10-27T06:00:00.000Z');
    await app.provider(Sweep).runOnce();
  };
  const saidTo = (who: keyof ModelBoard): string =>
    sink.to(people[who].email).map(({ subject, text }) => `${subject} ${text}`).join(' ').replace(/\s+/g, ' '); // prettier-ignore

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startApp({ clock, smtpUrl: sink.url, process: 'web' });
    people = await seedModelBoard(app);
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  it('ask for the decision and the answer, and for no other way', async () => {
    await register('KS 2023/1');
    await act('officer', 'steps', { step: 'draft' });
    await act('manager', 'approval', { level: 'manager' });
    await act('director', 'approval', { level: 'director' });
    await act('secretary', 'steps', { step: 'dispatch' });
    await overNight();
    expect(saidTo('secretary')).toContain('Anteckna nämndens beslut, så att svaret kan skickas.');
    expect(saidTo('officer')).toContain(
      'Skicka svaret till Kommunstyrelsen när beslutet är antecknat. Det får gå före justeringen.',
    );
    for (const who of ['officer', 'manager', 'secretary'] as const) {
      expect(saidTo(who)).toContain('Sammanträdet 26 oktober 2023 har hållits');
      expect(saidTo(who)).not.toMatch(/en annan väg|ett annat sammanträde|ingen väg till svar|10 november/);
    }
  });

  it('say of a case that was not on the agenda that it is planned anew', async () => {
    await register('KS 2023/2');
    await overNight();
    expect(saidTo('manager')).toContain('Ärendet var inte med, och planeras om.');
    for (const who of ['officer', 'manager', 'secretary'] as const)
      expect(saidTo(who)).not.toMatch(/en annan väg|ett annat sammanträde|ingen väg till svar/);
  });
});
