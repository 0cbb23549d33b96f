import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { row } from '../../../src/platform/database/sql.js';
import { startApp, type TestApp } from '../../support/app.js';
import { seedModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

let app: TestApp;
let token: string;

beforeAll(async () => {
  app = await startApp({ clock: new SettableClock('2023-09-11T08:00:00Z') });
  token = (await seedModelBoard(app)).registrar.token;
});
afterAll(() => app.close());

const aRemiss = (more: Readonly<Record<string, unknown>> = {}) => ({
  board: 'EÅV',
  title: 'Trygghetsprogram',
  sender: 'Kommunstyrelsen',
  receivedOn: '2023-09-11',
  ...more,
});

const register = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  app.post('/api/v1/referrals', body, { token, headers });

const stored = async (): Promise<number> => {
  const found = await row<{ n: number }>(app.provider(ReadDatabase).manager, 'SELECT count(*) AS "n" FROM "referral"');
  return Number(found?.n);
};

describe('a body that cannot be read', () => {
  it.each([
    ['half an object', '{"board": "EÅV",', 'malformed-json', 400],
    ['nothing at all', '', 'malformed-json', 400],
    ['half a list', '[', 'malformed-json', 400],
    ['a prototype', '{"__proto__": {"admin": true}}', 'malformed-json', 400],
    ['a constructor', '{"constructor": {"prototype": {"admin": true}}}', 'malformed-json', 400],
    ['lists in lists', '['.repeat(101) + ']'.repeat(101), 'malformed-json', 400],
    ['half a million lists in lists', '['.repeat(500_000) + ']'.repeat(500_000), 'malformed-json', 400],
    ['10 MB', JSON.stringify(aRemiss({ title: 'x'.repeat(10 * 1024 * 1024) })), 'body-too-large', 413],
  ])('with %s is answered with what is wrong', async (_what, body, code, status) => {
    const answer = await register(body);
    expect(answer.body).toMatchObject({ type: `/problems/${code}`, status });
    expect(answer.type).toBe('application/problem+json; charset=utf-8');
    expect(answer.status).toBe(status);
    expect(await stored()).toBe(0);
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'is refused as %s',
    async (type) => {
      const answer = await register('a=b', { 'Content-Type': type });
      expect(answer.body).toMatchObject({ type: '/problems/unsupported-media-type', status: 415 });
    },
  );

  it.each([
    'null',
    '[]',
    '7',
    '"text"',
    '['.repeat(100) + ']'.repeat(100),
    `["${'['.repeat(200)}\\"", ${'[],'.repeat(200)}1]`,
  ])('is refused as a whole when it is %s', async (body) => {
    const answer = await register(body);
    expect(answer.body).toMatchObject({
      type: '/problems/invalid-request',
      status: 400,
      errors: [{ field: 'body', reason: 'ska vara ett objekt' }],
    });
  });
});

describe('a body with faults', () => {
  it('has every one of them named, in Swedish', async () => {
    const answer = await register({
      board: 'EÅV',
      title: 7,
      receivedOn: '2023-02-30',
      answerDueTime: '25:00',
      officer: 'ingen adress',
      prio: 'hög',
      secrecy: { provision: 'OSL 21:1', date: 'i dag' },
    });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      type: '/problems/invalid-request',
      title: 'Begäran har fel',
      errors: expect.arrayContaining([
        { field: 'title', reason: 'ska vara text' },
        { field: 'sender', reason: 'måste anges' },
        { field: 'receivedOn', reason: 'ska vara en dag som finns, skriven ÅÅÅÅ-MM-DD' },
        { field: 'answerDueTime', reason: 'ska vara ett klockslag, skrivet TT:MM' },
        { field: 'officer', reason: 'ska vara en e-postadress' },
        { field: 'secrecy.date', reason: 'är ett okänt fält' },
        { field: 'prio', reason: 'är ett okänt fält' },
      ]),
    });
    expect(answer.body.errors).toHaveLength(7);
    expect(await stored()).toBe(0);
  });

  it.each([
    ['en', 'is required'],
    ['en-GB,en;q=0.9,sv;q=0.1', 'is required'],
    ['sv,en;q=0.5', 'måste anges'],
    ['de', 'måste anges'],
    ['*', 'måste anges'],
  ])('has them named in the language that %s asks for', async (language, reason) => {
    const answer = await register({ ...aRemiss(), title: undefined }, { 'Accept-Language': language });
    expect(answer.body.errors).toEqual([{ field: 'title', reason }]);
    expect(answer.headers.get('vary')).toContain('Accept-Language');
  });

  it.each([
    ['Rad\u0000slut', 'innehåller styrtecken, som inte får finnas i text'],
    ['Rad\nbrytning', 'innehåller styrtecken, som inte får finnas i text'],
    ['Vänd\u202Etext', 'innehåller styrtecken, som inte får finnas i text'],
    ['Halv\uD800', 'innehåller styrtecken, som inte får finnas i text'],
    ['\u2028', 'får inte vara tom'],
    ['', 'får inte vara tom'],
    ['   ', 'får inte vara tom'],
    ['\u3164', 'får inte vara tom'],
    ['\u2800\u2800', 'får inte vara tom'],
    ['\u200B\uFEFF\u00AD', 'får inte vara tom'],
    ['x'.repeat(1001), 'får vara högst 1000 tecken'],
  ])('is refused with the title %j', async (title, reason) => {
    const answer = await register(aRemiss({ title }));
    expect(answer.body).toMatchObject({ status: 400, errors: [{ field: 'title', reason }] });
    expect(await stored()).toBe(0);
  });

  it('is told of a rule that it breaks, with the field and its value', async () => {
    const answer = await register(aRemiss({ receivedOn: '2023-09-12' }));
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      type: '/problems/received-in-future',
      title: 'Ankomstdagen har inte varit än',
      errors: [{ field: 'receivedOn', reason: expect.stringContaining('efter dagens datum') }],
    });
    expect(await stored()).toBe(0);
  });
});

describe('an address', () => {
  it.each([
    ['GET', '/api/v1/nothing', 404, 'no-such-route'],
    ['GET', '/favicon.ico', 404, 'no-such-route'],
    ['DELETE', '/api/v1/me', 405, 'method-not-allowed'],
    ['GET', '/api/v1/%E0%A4%A', 400, 'bad-request'],
    ['GET', `/api/v1/referrals/${'x'.repeat(600)}`, 414, 'address-too-long'],
  ])('%s %s is answered with %i', async (method, path, status, code) => {
    const answer = await app.send(method, path, undefined, { token });
    expect(answer.body).toMatchObject({ type: `/problems/${code}`, status });
    expect(answer.status).toBe(status);
    if (status === 405) expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });

  it('with what is no id is answered with the field', async () => {
    const answer = await app.get('/api/v1/referrals/hej', { token });
    expect(answer.body).toMatchObject({ status: 400, errors: [{ field: 'id', reason: 'ska vara ett UUID' }] });
  });

  it('says nothing of what was asked for in the answer', async () => {
    const answer = await app.get('/api/v1/hemligt-namn', { token });
    expect(JSON.stringify(answer.body)).not.toContain('hemligt');
  });
});

describe('a request', () => {
  it('keeps a number that the client gave it, when it is a sane one', async () => {
    const given = await app.get('/api/v1/nothing', { headers: { 'X-Request-Id': 'proxy-7f3a-0001' } });
    expect(given.headers.get('x-request-id')).toBe('proxy-7f3a-0001');
    expect(given.body.instance).toBe('proxy-7f3a-0001');
    const made = await app.get('/api/v1/nothing', { headers: { 'X-Request-Id': '<script>alert(1)</script>' } });
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is answered with headers that keep browsers from doing harm', async () => {
    const { headers } = await app.get('/health/live');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'self'/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('strict-transport-security')).toContain('max-age');
  });

  describe('carries the same headers against harm as any other when it', () => {
    const GUARDS = [
      'content-security-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'origin-agent-cluster',
      'referrer-policy', 'strict-transport-security', 'x-content-type-options', 'x-dns-prefetch-control',
      'x-download-options', 'x-frame-options', 'x-permitted-cross-domain-policies', 'x-xss-protection',
    ]; // prettier-ignore
    const guardsIn = (headers: Headers) => Object.fromEntries(GUARDS.map((name) => [name, headers.get(name)]));
    const ordinary = async () => guardsIn((await fetch(`${app.url}/logga-in`)).headers);

    it.each([
      ['has an address that cannot be read', '/arenden/%E0%A4%A', 400],
      ['has an address that is too long', `/arenden/${'a'.repeat(5000)}`, 414],
      ['asks for what is not there', '/ingenting', 404],
    ])('%s', async (_, path, status) => {
      for (const Accept of ['text/html', 'application/json']) {
        const answer = await fetch(app.url + path, { headers: { Accept } });
        expect([Accept, answer.status, guardsIn(answer.headers)]).toEqual([Accept, status, await ordinary()]);
      }
    });

    it('brings a body of a kind that is not taken', async () => {
      const headers = { 'Content-Type': 'text/plain' };
      const answer = await fetch(`${app.url}/logga-in`, { method: 'POST', headers, body: 'x' });
      expect([answer.status, guardsIn(answer.headers)]).toEqual([415, await ordinary()]);
    });

    it.each([
      ['is no HTTP', 'hello there\r\n\r\n', '400 Bad Request'],
      [
        'has headers too large to read',
        `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`,
        '431 Request',
      ],
    ])('%s', async (_, sent, status) => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(sent);
      const [head = ''] = (await text(socket)).split('\r\n\r\n');
      expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
      const lines = head
        .split('\r\n')
        .slice(1)
        .map((line): [string, string] => {
          const colon = line.indexOf(': ');
          return [line.slice(0, colon), line.slice(colon + 2)];
        });
      expect(guardsIn(new Headers(lines))).toEqual(await ordinary());
    });
  });

  it('that is no HTTP is answered and hung up on', async () => {
    const { port } = new URL(app.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('hello there\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
  });
});
