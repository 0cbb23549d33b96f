import { describe, expect, it } from '@jest/globals';
import { SetupCode } from '../../../src/features/pages/frame/setup/setup-code.js';
import type { TestApp } from '../../support/app.js';
import { PASSWORD, PlainBrowser, startPagesApp } from './pages-app.js';

const FORM = {
  losenord: PASSWORD,
  namnd: 'Provnämnden',
  namndkod: 'PN',
  namn: 'Frida Förvaltare',
  epost: 'frida.forvaltare@example.se',
  registrerar: 'ja',
};

async function withEmptyApp(test: (app: TestApp, browser: PlainBrowser, code: string) => Promise<void>): Promise<void> {
  const app = await startPagesApp();
  try {
    const browser = new PlainBrowser(app);
    await browser.get('/installera');
    await test(app, browser, app.provider(SetupCode).code);
  } finally {
    await app.close();
  }
}

describe('The set-up page', () => {
  it('adds the first board with its administrator, who is signed in, and closes', () =>
    withEmptyApp(async (app, browser, kod) => {
      const answer = await browser.post('/installera', { kod: kod.toLowerCase().replaceAll('-', ' '), ...FORM });
      expect([answer.status, answer.location]).toEqual([303, '/medarbetare?meddelande=installerad']);
      const me = await app.get('/api/v1/me', { headers: { Cookie: browser.cookieHeader } });
      expect(me.body).toMatchObject({ email: FORM.epost, roles: { PN: ['admin', 'registrar'] } });
      const stranger = new PlainBrowser(app);
      expect((await stranger.get('/installera')).location).toBe('/logga-in');
      await stranger.get('/logga-in');
      expect((await stranger.post('/installera', { kod, ...FORM, namndkod: 'X' })).location).toBe('/logga-in');
      const boards = await app.get('/api/v1/me', { headers: { Cookie: browser.cookieHeader } });
      expect(Object.keys(boards.body.roles)).toEqual(['PN']);
    }));

  it('is closed to whoever has not seen the terminal', () =>
    withEmptyApp(async (app, browser) => {
      const answer = await browser.post('/installera', { kod: 'ABCD-EFGH-JKLM-NPQR', ...FORM });
      expect(answer.status).toBe(422);
      expect(answer.body).toContain('Installationskoden stämmer inte.');
      expect(answer.body).toContain('value="Provnämnden"');
      expect(answer.body).not.toContain(PASSWORD);
      expect(await app.provider(SetupCode).isOpen()).toBe(true);
    }));

  it('tells every fault at its field, and then nothing has been added', () =>
    withEmptyApp(async (app, browser, kod) => {
      const faulty = {
        kod,
        losenord: 'kort',
        namnd: ' \u2800 ',
        namndkod: 'P N',
        namn: 'F',
        epost: 'frida',
        registrerar: '',
      };
      const { body } = await browser.post('/installera', faulty);
      for (const field of ['losenord', 'namnd', 'namndkod', 'epost']) {
        expect(body).toContain(`id="falt-${field}-fel"`);
      }
      const summary = /<section class="ds-error-summary".*?<\/section>/s.exec(body)?.[0] ?? '';
      expect([...summary.matchAll(/#falt-(\w+)/g)].map(([, field]) => field)).toEqual([
        'losenord',
        'namnd',
        'namndkod',
        'epost',
      ]);
      expect(summary).toContain('Nämndens kod ska bestå av bokstäver, siffror, - och _.');
      expect(body).toContain('Bokstäver, siffror, - och _, utan mellanslag.');
      const dotted = await browser.post('/installera', { kod, ...FORM, namndkod: 'P/N', epost: 'frida' });
      for (const field of ['namndkod', 'epost']) expect(dotted.body).toContain(`id="falt-${field}-fel"`);
      const alone = await browser.post('/installera', { kod: 'ABCD', losenord: '9 tecken.' });
      expect(alone.body.match(/id="falt-(\w+)-fel"/g)?.map((id) => id.slice(9, -5))).toEqual([
        'kod',
        'losenord',
        'namnd',
        'namndkod',
        'namn',
        'epost',
      ]);
      const weak = await browser.post('/installera', { kod, ...FORM, losenord: 'Frida Förvaltare' });
      expect(weak.body).toContain('Lösenordet är ditt namn');
      expect(await app.provider(SetupCode).isOpen()).toBe(true);
    }));

  it('adds one board when the form is sent twice at once', () =>
    withEmptyApp(async (_app, browser, kod) => {
      const answers = await Promise.all([
        browser.post('/installera', { kod, ...FORM }),
        browser.post('/installera', { kod, ...FORM, namndkod: 'PX' }),
      ]);
      expect(answers.map(({ location }) => location).sort()).toEqual([
        '/logga-in',
        '/medarbetare?meddelande=installerad',
      ]);
    }));

  it('brings the demo in, with one password for all in it', () =>
    withEmptyApp(async (app, browser, kod) => {
      const done = await browser.post('/installera/demo', { kod, losenord: PASSWORD });
      expect([done.status, done.location]).toEqual([303, '/installera/demo']);
      const { body } = await browser.get('/installera/demo');
      expect(body).toContain('Demodata är inläst');
      expect((await browser.get('/installera/demo')).body).toBe(body);
      const [, email = ''] = /([\w.]+@example\.se)/.exec(body) ?? [];
      const other = new PlainBrowser(app);
      expect((await other.signIn(email)).location).toBe('/');
      expect((await other.get('/installera/demo')).location).toBe('/');
      expect((await new PlainBrowser(app).get('/installera/demo')).status).toBe(303);
      const me = await app.get('/api/v1/me', { headers: { Cookie: browser.cookieHeader } });
      expect(Object.values(me.body.roles).flat()).toContain('registrar');
    }));
});
