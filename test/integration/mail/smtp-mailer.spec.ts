import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { MailError, type OutgoingMail } from '../../../src/platform/mail/mailer.port.js';
import { SmtpMailer, type SmtpTimes } from '../../../src/platform/mail/smtp-mailer.js';
import { eventually } from '../../support/eventually.js';
import { startFastSmtpSink } from '../../support/fast-smtp-sink.js';
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SinkBehaviour, type SmtpSink, type SmtpSinkOptions } from '../../support/smtp-sink.js';

const clock = new SettableClock('2023-10-13T05:30:00.000Z');

const aMail = (n: number | string = 1, email = 'hanna.handlaggare@example.se'): OutgoingMail => ({
  messageId: `<mail-${n}@diarium.example.se>`,
  from: 'Diarium <diarium@example.se>',
  to: { name: 'Hanna Handläggare', email },
  subject: 'Påminnelse',
  text: 'Hej',
  html: '<p>Hej</p>',
});

describe('SmtpMailer', () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  const mailerTo = (url: string, times: Partial<SmtpTimes> = {}): SmtpMailer => {
    const mailer = new SmtpMailer(url, clock, { closeMs: 200, ...times });
    ends.push(() => mailer.close());
    return mailer;
  };
  const sinkWith = async (options: SmtpSinkOptions = {}): Promise<SmtpSink> => {
    const sink = await startSmtpSink(options);
    ends.push(() => sink.stop());
    return sink;
  };
  const failure = async (sending: Promise<unknown>): Promise<MailError> => {
    const error: unknown = await sending.then(
      () => null,
      (e: unknown) => e,
    );
    if (!(error instanceof MailError)) throw new Error(`No MailError but ${String(error)}`);
    return error;
  };

  it.each<[string, SinkBehaviour, boolean, string]>([
    ['an unknown recipient', { kind: 'refuse-recipient', code: 550 }, true, '550'],
    ['a mailbox that is full', { kind: 'refuse-recipient', code: 552 }, true, '552'],
    ['greylisting', { kind: 'refuse-recipient', code: 450 }, false, '450'],
    ['a recipient refused until we log in', { kind: 'refuse-recipient', code: 530 }, false, '530'],
    ['a refused sender, which is our setting', { kind: 'refuse-sender', code: 550 }, false, '550'],
    ['a server that takes nobody', { kind: 'refuse-connection', code: 554 }, false, '554'],
    ['a message refused for good', { kind: 'fail-after-data', code: 554 }, true, '554'],
    ['a message refused for now', { kind: 'fail-after-data', code: 451 }, false, '451'],
  ])('tells %s', async (_what, behaviour, permanent, code) => {
    const sink = await sinkWith({ behaviour });
    const mailer = mailerTo(sink.url);
    expect(await failure(mailer.send(aMail()))).toMatchObject({ permanent, code });
    expect(sink.mails).toEqual([]);
    sink.behave({ kind: 'accept' });
    expect((await mailer.send(aMail(2))).response).toContain('250');
    expect(sink.count('<mail-2@diarium.example.se>')).toBe(1);
  });

  it('refuses one recipient and takes the others', async () => {
    const sink = await sinkWith({ behaviour: { kind: 'refuse-recipient', code: 550, only: 'nobody@example.se' } });
    const mailer = mailerTo(sink.url);
    const outcomes = await Promise.allSettled([
      mailer.send(aMail(1)),
      mailer.send(aMail(2, 'nobody@example.se')),
      mailer.send(aMail(3)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(sink.to('nobody@example.se')).toEqual([]);
    expect(sink.mails).toHaveLength(2);
  });

  it('sends a mail once when the server dies before it answers for it, and leaves the repeat to the caller', async () => {
    const sink = await sinkWith({ behaviour: { kind: 'drop-after-data', first: 1 } });
    const mailer = mailerTo(sink.url);
    expect(await failure(mailer.send(aMail()))).toMatchObject({ permanent: false });
    expect(sink.count('<mail-1@diarium.example.se>')).toBe(1);
    await mailer.send(aMail());
    expect(sink.mails.map(({ acknowledged }) => acknowledged)).toEqual([false, true]);
    expect(sink.count('<mail-1@diarium.example.se>')).toBe(2);
  });

  it('tells a server that goes away in the middle', async () => {
    const sink = await sinkWith({ behaviour: { kind: 'drop-at-recipient' } });
    expect(await failure(mailerTo(sink.url).send(aMail()))).toMatchObject({ permanent: false });
    expect(sink.mails).toEqual([]);
  });

  it.each(['greeting', 'recipient', 'data'] as const)(
    'waits a bounded time for a server silent at the %s',
    async (at) => {
      const sink = await sinkWith({ behaviour: { kind: 'hang', at } });
      const mailer = mailerTo(sink.url, { greetingMs: 200, socketMs: 200, connectMs: 200 });
      const from = performance.now();
      expect(await failure(mailer.send(aMail()))).toMatchObject({ permanent: false });
      expect(performance.now() - from).toBeLessThan(5_000);
    },
  );

  it('waits a bounded time for a server that never falls quite silent', async () => {
    const trickling = createServer((socket) => {
      socket.on('error', () => undefined);
      const timer = setInterval(() => socket.write('220-wait\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    }).listen(0, '127.0.0.1');
    await once(trickling, 'listening');
    ends.push(async () => void trickling.close());
    const address = trickling.address();
    if (address === null || typeof address === 'string') throw new Error('No port');
    const mailer = mailerTo(`smtp://127.0.0.1:${address.port}`, { wholeMs: 300 });
    expect(await failure(mailer.send(aMail()))).toMatchObject({ permanent: false });
  });

  it('tells an unreachable server, and a name that does not exist', async () => {
    const sink = await sinkWith();
    const { url } = sink;
    await sink.stop();
    ends.pop();
    expect(await failure(mailerTo(url).send(aMail()))).toMatchObject({ permanent: false });
    expect(await failure(mailerTo(url).verify())).toMatchObject({ permanent: false });
    const nowhere = mailerTo('smtp://no-such-host.invalid:25', { connectMs: 500 });
    expect(await failure(nowhere.send(aMail()))).toMatchObject({ permanent: false });
  });

  it('does not drown a slow server: five connections for twenty mails', async () => {
    const sink = await sinkWith({ behaviour: { kind: 'slow', ms: 20 } });
    const mailer = mailerTo(sink.url);
    await Promise.all(Array.from({ length: 20 }, (_, n) => mailer.send(aMail(n))));
    expect(sink.mails).toHaveLength(20);
    expect(new Set(sink.counts().values())).toEqual(new Set([1]));
    expect(sink.connections).toBeLessThanOrEqual(5);
  });

  it('logs in, and says it without the password when it may not', async () => {
    const auth = { user: 'diarium@example.se', pass: 'p:ä/ss@w%rd' };
    const sink = await sinkWith({ auth });
    await mailerTo(sink.url).send(aMail());
    expect(sink.mails).toHaveLength(1);
    const wrong = sink.url.replace(/:[^:@]+@/, ':geheim-secret@');
    const error = await failure(mailerTo(wrong).send(aMail(2)));
    expect(error).toMatchObject({ permanent: false, code: '535' });
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/geheim|p:ä/);
    expect(sink.mails).toHaveLength(1);
  });

  it.each(['starttls', 'implicit'] as const)(
    'speaks TLS (%s), and only with a certificate that it trusts',
    async (tls) => {
      const sink = await sinkWith({ tls });
      await mailerTo(sink.url).send(aMail());
      expect(sink.mails).toHaveLength(1);
      const careful = mailerTo(sink.url.replace(/\?.*/, ''));
      expect(await failure(careful.send(aMail(2)))).toMatchObject({ permanent: false });
      expect(await failure(careful.verify())).toMatchObject({ permanent: false });
      expect(sink.mails).toHaveLength(1);
    },
  );

  it('sends no mail readable when TLS is required and not offered', async () => {
    const sink = await sinkWith();
    const mailer = mailerTo(`${sink.url}?requireTLS=true`);
    expect(await failure(mailer.send(aMail()))).toMatchObject({ permanent: false });
    expect(sink.mails).toEqual([]);
  });

  it('finishes what it is sending when it is closed, and drops what only waits', async () => {
    const sink = await sinkWith({ behaviour: { kind: 'slow', ms: 100 } });
    const mailer = mailerTo(`${sink.url}?maxConnections=1`, { closeMs: 5_000 });
    const first = mailer.send(aMail(1));
    const second = failure(mailer.send(aMail(2)));
    await sink.arrived(1);
    await mailer.close();
    await expect(first).resolves.toMatchObject({ response: expect.stringContaining('250') });
    expect(await second).toMatchObject({ permanent: false, code: 'closed' });
  });

  it('closes in bounded time though the server never answers', async () => {
    const sink = await sinkWith({ behaviour: { kind: 'hang', at: 'data' } });
    const mailer = mailerTo(sink.url, { closeMs: 100 });
    const sending = failure(mailer.send(aMail()));
    await eventually('it has connected', () => sink.connections > 0);
    const from = performance.now();
    await mailer.close();
    expect(performance.now() - from).toBeLessThan(3_000);
    expect(await sending).toMatchObject({ permanent: false });
  });

  it('counts at a fast sink what it sends', async () => {
    const sink = await startFastSmtpSink();
    ends.push(() => sink.stop());
    const mailer = mailerTo(sink.url);
    const text = '.\r\n..punkt\r\nsist.\r\n.';
    await Promise.all(Array.from({ length: 500 }, (_, n) => mailer.send({ ...aMail(n % 250), text })));
    expect(sink.total).toBe(500);
    expect(sink.counts.size).toBe(250);
    expect(sink.counts.get('<mail-7@diarium.example.se>')).toBe(2);
  });
});
