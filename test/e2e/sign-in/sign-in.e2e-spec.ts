import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SettableClock } from '../../support/settable-clock.js';
import type { TestApp } from '../../support/app.js';
import { seedModelBoard, seedPerson, type ModelBoard } from '../../support/seed.js';
import { PASSWORD, PlainBrowser, seedPassword, startPagesApp } from './pages-app.js';

const HOUR = 3_600_000;

describe('Signing in', () => {
  const clock = new SettableClock('2023-10-09T08:00:00Z');
  let app: TestApp;
  let people: ModelBoard;

  beforeAll(async () => {
    app = await startPagesApp({ clock });
    people = await seedModelBoard(app);
    await seedPassword(app, ...Object.values(people));
  });

  afterAll(() => app.close());

  const signedIn = async (email = people.registrar.email): Promise<PlainBrowser> => {
    const browser = new PlainBrowser(app);
    const { status, location } = await browser.signIn(email);
    expect([status, location]).toEqual([303, '/']);
    return browser;
  };

  describe('with a session', () => {
    it('opens pages and the API alike', async () => {
      const browser = await signedIn();
      expect((await browser.get('/konto')).status).toBe(200);
      const me = await app.get('/api/v1/me', { headers: { Cookie: browser.cookieHeader } });
      expect([me.status, me.body.email]).toEqual([200, people.registrar.email]);
    });

    it('keeps the cookie from scripts, from other sites, and without TLS unprefixed', async () => {
      const browser = new PlainBrowser(app);
      const answer = await browser.signIn(people.registrar.email);
      expect(answer.headers.getSetCookie()).toEqual([
        expect.stringMatching(/^diarium-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      ]);
    });

    it('has a cookie for this host and TLS alone when the address is https', async () => {
      const secure = await startPagesApp({ clock, env: { BASE_URL: 'https://diarium.example.se' } });
      try {
        const { registrar } = await seedModelBoard(secure);
        await seedPassword(secure, registrar);
        const answer = await new PlainBrowser(secure).signIn(registrar.email);
        expect(answer.headers.getSetCookie()).toEqual([
          expect.stringMatching(/^__Host-diarium-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
        ]);
        expect(answer.headers.get('strict-transport-security')).toContain('max-age=31536000');
      } finally {
        await secure.close();
      }
    });

    it('starts a new session each time, so that a planted one is never taken over', async () => {
      const browser = new PlainBrowser(app);
      const planted = 'A'.repeat(43);
      browser.cookies.set('diarium-session', planted);
      await browser.signIn(people.registrar.email);
      expect(browser.cookies.get('diarium-session')).not.toBe(planted);
    });

    it('ends when the browser signs in anew, as the same or as another, and not when that fails', async () => {
      for (const { email } of [people.registrar, people.officer]) {
        const browser = await signedIn();
        const old = new PlainBrowser(app);
        for (const [name, value] of browser.cookies) old.cookies.set(name, value);
        await browser.get('/konto');
        expect((await browser.post('/logga-in', { epost: email, losenord: 'fel fel fel fel' })).status).toBe(422);
        expect((await old.get('/konto')).status).toBe(200);
        expect((await browser.post('/logga-in', { epost: email, losenord: PASSWORD })).status).toBe(303);
        expect((await browser.get('/konto')).status).toBe(200);
        expect((await old.get('/konto')).status).toBe(303);
      }
    });

    it('ends by signing out, also for a copy of the cookie', async () => {
      const browser = await signedIn();
      const copy = browser.cookieHeader;
      await browser.get('/konto');
      expect((await browser.post('/logga-ut')).location).toBe('/logga-in?meddelande=utloggad');
      expect((await app.get('/api/v1/me', { headers: { Cookie: copy } })).status).toBe(401);
    });

    it('ends when nobody has used it for 12 hours, and goes on while someone does', async () => {
      const browser = await signedIn();
      clock.advance(11 * HOUR);
      expect((await browser.get('/konto')).status).toBe(200);
      clock.advance(11 * HOUR);
      expect((await browser.get('/konto')).status).toBe(200);
      clock.advance(12 * HOUR);
      expect((await browser.get('/konto')).location).toBe('/logga-in?vidare=%2Fkonto');
    });

    it('ends after a week, however much it is used', async () => {
      const browser = await signedIn();
      for (let hour = 0; hour < 7 * 24 - 8; hour += 8) {
        clock.advance(8 * HOUR);
        expect((await browser.get('/konto')).status).toBe(200);
      }
      clock.advance(8 * HOUR);
      expect((await browser.get('/konto')).status).toBe(303);
    });

    it('falls back on no session when the bearer token is wrong', async () => {
      const browser = await signedIn();
      const headers = { Cookie: browser.cookieHeader, Authorization: 'Bearer diar_wrong' };
      expect((await app.get('/api/v1/me', { headers })).status).toBe(401);
    });
  });

  describe('of someone who leaves', () => {
    it('is refused from that day, and the live session dies', async () => {
      const leaver = await seedPerson(app, { email: 'lars.lamnar@example.se', name: 'Lars Lämnar' });
      await seedPassword(app, leaver);
      const browser = await signedIn(leaver.email);
      const { UnitOfWork } = await import('../../../src/platform/database/unit-of-work.js');
      const { change } = await import('../../../src/platform/database/sql.js');
      const ended = 'UPDATE "person" SET "ended_on" = ? WHERE "id" = ?';
      await app.provider(UnitOfWork).run((tx) => change(tx, ended, [clock.today(), leaver.id]));
      expect((await browser.get('/konto')).status).toBe(303);
      expect((await new PlainBrowser(app).signIn(leaver.email)).status).toBe(422);
    });
  });

  describe('leads on', () => {
    it.each([
      ['/arenden?q=trygghet', '/arenden?q=trygghet', 'a page of ours'],
      ['https://evil.example/', '/', 'another site'],
      ['//evil.example/', '/', 'another site without its scheme'],
      ['/\\evil.example/', '/', 'a backslash that browsers read as a slash'],
      ['/\t/evil.example/', '/', 'a tab that browsers leave out'],
      ['javascript:alert(1)', '/', 'a script'],
      ['/logga-ut', '/', 'out again'],
    ])('from %s to %s: %s', async (asked, expected) => {
      const browser = new PlainBrowser(app);
      await browser.get(`/logga-in?vidare=${encodeURIComponent(asked)}`);
      const fields = { epost: people.registrar.email, losenord: PASSWORD, vidare: asked };
      expect((await browser.post('/logga-in', fields)).location).toBe(expected);
    });
  });

  describe('is refused alike', () => {
    it('for a wrong password, an unknown address and someone without a password', async () => {
      await seedPerson(app, { email: 'utan.losenord@example.se', name: 'Utan Lösenord' });
      const answers = [];
      for (const email of [people.reader.email, 'finns.inte@example.se', 'utan.losenord@example.se']) {
        const { status, body } = await new PlainBrowser(app).signIn(email, 'fel lösenord alltså');
        answers.push([status, body.replace(/value="[^"]*"|content="[^"]*"|\/assets\/[^"]*/g, '')]);
      }
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
      expect(answers[0]?.[0]).toBe(422);
    });
  });

  describe('a form', () => {
    const change = (browser: PlainBrowser, headers: Record<string, string>, fields: Record<string, string> = {}) =>
      browser.post('/konto/losenord', { nuvarande: PASSWORD, nytt: 'kort', ...fields }, headers);

    it('needs its token', async () => {
      const browser = await signedIn();
      await browser.get('/konto');
      expect((await change(browser, {})).status).toBe(422);
      expect((await change(browser, {}, { _token: '' })).status).toBe(403);
      expect((await change(browser, {}, { _token: 'A'.repeat(86) })).status).toBe(403);
    });

    it('takes no token of another session, nor of the time before signing in', async () => {
      const browser = new PlainBrowser(app);
      await browser.get('/logga-in');
      const before = browser.token;
      await browser.signIn(people.registrar.email);
      expect((await change(browser, {}, { _token: before })).status).toBe(403);
      const other = await signedIn(people.officer.email);
      await other.get('/konto');
      expect((await change(browser, {}, { _token: other.token })).status).toBe(403);
    });

    it('has another token each time it is written, all of them good', async () => {
      const browser = await signedIn();
      await browser.get('/konto');
      const first = browser.token;
      await browser.get('/konto');
      expect(browser.token).not.toBe(first);
      expect((await change(browser, {}, { _token: first })).status).toBe(422);
    });

    it.each([
      ['Sec-Fetch-Site: cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
      ['Sec-Fetch-Site: same-site', { 'Sec-Fetch-Site': 'same-site' }],
      ['another Origin', { Origin: 'https://evil.example' }],
      ['Origin: null', { Origin: 'null' }],
    ])('is refused with %s, token or not', async (_, headers) => {
      const browser = await signedIn();
      await browser.get('/konto');
      const answer = await change(browser, headers);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    });

    it('of the API needs the token in a header, and is no form', async () => {
      const browser = await signedIn();
      await browser.get('/konto');
      const cookie = { Cookie: browser.cookieHeader };
      const bare = await app.post('/api/v1/referrals', {}, { headers: cookie });
      expect([bare.status, bare.body.type]).toEqual([403, '/problems/form-not-ours']);
      const tokened = await app.post(
        '/api/v1/referrals',
        {},
        { headers: { ...cookie, 'X-CSRF-Token': browser.token } },
      );
      expect([tokened.status, tokened.body.type]).toEqual([400, '/problems/invalid-request']);
      const form = await browser.post('/api/v1/referrals', {}, { Accept: 'text/html' });
      expect([form.status, form.headers.get('content-type')]).toEqual([415, 'application/problem+json; charset=utf-8']);
    });

    it('is too large at 300 kB', async () => {
      const browser = await signedIn();
      await browser.get('/konto');
      expect((await change(browser, {}, { nytt: 'x'.repeat(300_000) })).status).toBe(413);
    });

    it('with fields of odd names does no harm', async () => {
      const browser = await signedIn();
      await browser.get('/konto');
      const odd = { constructor: 'y', ['__proto__']: 'z' };
      expect((await change(browser, {}, odd)).status).toBe(422);
      expect(Reflect.get({}, 'z')).toBeUndefined();
    });
  });

  describe('a calendar address', () => {
    it('is made for a board that the person sees, with the token of the page', async () => {
      const browser = await signedIn();
      await browser.get('/konto');
      const unseen = await browser.post('/konto/kalendrar', { namnd: 'KS' });
      expect([unseen.status, unseen.body.includes('.ics')]).toEqual([422, false]);
      expect((await browser.post('/konto/kalendrar', { _token: 'x' })).status).toBe(403);
      const made = await browser.post('/konto/kalendrar', {});
      expect([made.status, made.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(made.body).toMatch(/\/kalender\/[\w-]{43}\.ics/);
    });

    it('is refused when there are twenty, with what to do about it', async () => {
      const browser = await signedIn(people.reader.email);
      await browser.get('/konto');
      for (let n = 0; n < 20; n += 1) expect((await browser.post('/konto/kalendrar')).status).toBe(200);
      const { status, body } = await browser.post('/konto/kalendrar');
      expect(status).toBe(422);
      expect(body).toContain('Du har redan 20 kalenderadresser i bruk');
      expect(body).toContain('20 i bruk');
      expect(body).not.toContain('Kalenderadressen är skapad');
    });

    it('is revoked by its own person alone', async () => {
      const browser = await signedIn();
      await browser.get('/konto');
      await browser.post('/konto/kalendrar', {});
      const id = /name="kalender" value="([^"]+)"/.exec((await browser.get('/konto')).body)?.[1] ?? '';
      const other = await signedIn(people.secretary.email);
      await other.get('/konto');
      expect((await other.post('/konto/kalendrar/sparra', { kalender: id })).status).toBe(404);
      expect((await other.post('/konto/kalendrar/sparra', { kalender: 'x' })).status).toBe(422);
      const { status, location } = await browser.post('/konto/kalendrar/sparra', { kalender: id });
      expect([status, location]).toEqual([303, '/konto?meddelande=sparrad']);
      expect((await browser.get('/konto')).body).not.toContain(id);
    });
  });

  describe('an error', () => {
    it('is a page for a browser, a problem document for others', async () => {
      const browser = new PlainBrowser(app);
      const page = await browser.get('/finns-inte');
      expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      expect(page.body).toContain('<h1>Sidan finns inte</h1>');
      const other = await app.get('/finns-inte');
      expect([other.status, other.type]).toEqual([404, 'application/problem+json; charset=utf-8']);
      const api = await browser.get('/api/v1/finns-inte');
      expect(api.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    });

    it('writes nothing of what was asked for into the page', async () => {
      const { body } = await new PlainBrowser(app).get('/%3Cscript%3Ealert(1)%3C/script%3E');
      expect(body).not.toContain('alert(1)');
    });
  });

  describe('the files of the pages', () => {
    const page = async (): Promise<string[]> => {
      const { body } = await new PlainBrowser(app).get('/logga-in');
      return [...body.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, href = '']) => href);
    };

    it('are kept for ever, compressed, under the hash of their content', async () => {
      for (const href of await page()) {
        const answer = await fetch(app.url + href, { headers: { 'Accept-Encoding': 'gzip, br' } });
        expect([answer.status, answer.headers.get('cache-control')]).toEqual([
          200,
          'public, max-age=31536000, immutable',
        ]);
        expect(answer.headers.get('content-encoding')).toBe(href.endsWith('.woff2') ? null : 'br');
        expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
      }
    });

    it('are those and no others', async () => {
      for (const name of ['package.json', '..%2F..%2Fpackage.json', 'constructor', '__proto__']) {
        expect((await fetch(`${app.url}/assets/x/${name}`)).status).toBe(404);
      }
    });

    it('of an earlier release are given as they are today, and not kept', async () => {
      const answer = await fetch(`${app.url}/assets/earlier/diarium.css`);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    });
  });

  it('allows the pages no script, style or frame but our own', async () => {
    const policy = (await new PlainBrowser(app).get('/logga-in')).headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'self'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]) {
      expect(policy.split(';')).toContain(rule);
    }
    expect(policy).not.toContain('unsafe');
  });
});
