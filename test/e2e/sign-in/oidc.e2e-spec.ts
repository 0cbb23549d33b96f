import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../support/app.js';
import { freePort } from '../../support/free-port.js';
import type { OidcServer } from '../../support/oidc.js';
import { seedModelBoard, seedPerson } from '../../support/seed.js';
import { startAppWithOidc, startPagesApp } from './pages-app.js';
import { Traveller } from './traveller.js';

describe('Signing in at an identity provider', () => {
  let oidc: OidcServer;
  let app: TestApp;

  beforeAll(async () => {
    ({ app, oidc } = await startAppWithOidc());
    oidc.accounts.set('rut', { email: 'Rut.Registrator@example.se', emailVerified: true });
    oidc.accounts.set('obekant', { email: 'obekant@example.se', emailVerified: true });
    oidc.accounts.set('obekraftad', { email: 'rut.registrator@example.se', emailVerified: false });
    oidc.accounts.set('namnlos', {});
  });

  afterAll(async () => {
    await app.close();
    await oidc.close();
  });

  const traveller = (account: string): Traveller => new Traveller(oidc.issuer, account);

  it('leads the person with the verified address on to the page that was asked for', async () => {
    const rut = traveller('rut');
    const { status, url, body } = await rut.go(`${app.url}/logga-in/extern?vidare=%2Fkonto`);
    expect([status, url.href]).toEqual([200, `${app.url}/konto`]);
    expect(body).toContain('Rut Registrator');
    expect(body).toContain('med kommunens inloggning');
  });

  it('ends the session that the browser was signed in with', async () => {
    const rut = traveller('rut');
    await rut.go(`${app.url}/logga-in/extern`);
    const old = rut.copy();
    expect((await old.go(`${app.url}/konto`)).url.pathname).toBe('/konto');
    await rut.go(`${app.url}/logga-in/extern`);
    expect((await rut.go(`${app.url}/konto`)).url.pathname).toBe('/konto');
    expect((await old.go(`${app.url}/konto`)).url.pathname).toBe('/logga-in');
  });

  it('asks with PKCE, state and nonce, and never shows the secret', async () => {
    const rut = traveller('rut');
    await rut.go(`${app.url}/logga-in/extern`);
    const asked = new URL(rut.way.find((address) => address.startsWith(`${oidc.issuer}/auth?`)) ?? '').searchParams;
    expect(asked.get('response_type')).toBe('code');
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)?.length).toBeGreaterThan(20);
    expect(rut.way.join(' ')).not.toContain(oidc.env['OIDC_CLIENT_SECRET'] ?? '');
  });

  it('lets nobody in whom we do not know', async () => {
    const { status, body } = await traveller('obekant').go(`${app.url}/logga-in/extern`);
    expect(status).toBe(403);
    expect(body).toContain('Du har inget konto i Diarium');
    expect(body).toContain('obekant@example.se');
  });

  it('gives nobody a role', async () => {
    await seedPerson(app, { email: 'rollos@example.se', name: 'Rolf Rollös' });
    oidc.accounts.set('rolf', { email: 'rollos@example.se', emailVerified: true });
    const { status, body } = await traveller('rolf').go(`${app.url}/logga-in/extern`);
    expect(status).toBe(200);
    expect(body).toContain('Utan roll');
  });

  it('lets no leaver in', async () => {
    await seedPerson(app, { email: 'lars.lamnat@example.se', name: 'Lars Lämnat', endedOn: '2023-01-31' });
    oidc.accounts.set('lars', { email: 'lars.lamnat@example.se', emailVerified: true });
    expect((await traveller('lars').go(`${app.url}/logga-in/extern`)).status).toBe(403);
  });

  it.each([['obekraftad'], ['namnlos']])('takes no address that is not verified, or absent (%s)', async (account) => {
    const { status, body } = await traveller(account).go(`${app.url}/logga-in/extern`);
    expect(status).toBe(403);
    expect(body).toContain('Din adress är inte bekräftad');
  });

  it.each([
    ['whose claims were changed', { email: 'rut.registrator@example.se', email_verified: true }],
    ['that was only written anew', {}],
  ])('takes no ID token %s after it was signed', async (_, claims) => {
    oidc.forged = { ...claims, forged: true };
    try {
      const { status, body } = await traveller('obekant').go(`${app.url}/logga-in/extern`);
      expect(status).toBe(502);
      expect(body).not.toContain('obekant@example.se');
      expect(body).not.toContain('Rut Registrator');
    } finally {
      oidc.forged = null;
    }
  });

  it('asks userinfo where the ID token has the address without whether it is verified', async () => {
    oidc.accounts.set('kort', { email: 'rut.registrator@example.se', emailVerified: true, bareInIdToken: true });
    const { status, body } = await traveller('kort').go(`${app.url}/logga-in/extern`);
    expect([status, body.includes('Rut Registrator')]).toEqual([200, true]);
  });

  it('takes no address that userinfo says is not verified, or that is of someone else', async () => {
    const email = 'rut.registrator@example.se';
    oidc.accounts.set('kort-ej', { email, emailVerified: false, bareInIdToken: true });
    oidc.accounts.set('annan', { email, emailVerified: true, bareInIdToken: true, otherSub: 'rut' });
    expect((await traveller('kort-ej').go(`${app.url}/logga-in/extern`)).status).toBe(403);
    const { status, body } = await traveller('annan').go(`${app.url}/logga-in/extern`);
    expect([status, body.includes('Rut Registrator')]).toEqual([502, false]);
  });

  it.each([
    ['hung-up', '/token'],
    ['broken', '/token'],
    ['hung-up', '/me'],
  ] as const)('says that the provider does not answer when it is %s at %s', async (how, path) => {
    oidc.down = { how, path };
    try {
      const { status, body } = await traveller('rut').go(`${app.url}/logga-in/extern`);
      expect([status, body.includes('går inte att nå')]).toEqual([503, true]);
    } finally {
      oidc.down = null;
    }
  });

  it('takes an answer once, and in the browser that asked', async () => {
    const rut = traveller('rut');
    await rut.go(`${app.url}/logga-in/extern`);
    const answer = rut.way.find((address) => address.includes('/extern/svar?')) ?? '';
    for (const other of [rut, traveller('rut')]) {
      const { status, body } = await other.go(answer);
      expect(status).toBe(400);
      expect(body).toContain('Inloggningen gäller inte längre');
    }
  });

  it('takes no answer with a cookie that was not ours', async () => {
    const headers = { Accept: 'text/html', Cookie: `diarium-extern=${'A'.repeat(80)}` };
    const forged = await fetch(`${app.url}/logga-in/extern/svar?state=x&code=y`, { headers });
    expect(forged.status).toBe(400);
  });

  it('says that the provider does not answer', async () => {
    const env = { ...oidc.env, OIDC_ISSUER: `http://127.0.0.1:${await freePort()}` };
    const alone = await startPagesApp({ env });
    try {
      await seedModelBoard(alone);
      const answer = await fetch(`${alone.url}/logga-in/extern`, { headers: { Accept: 'text/html' } });
      expect(answer.status).toBe(503);
      expect(await answer.text()).toContain('går inte att nå');
    } finally {
      await alone.close();
    }
  });

  it('is offered on the sign-in page by its name', async () => {
    const page = await (await fetch(`${app.url}/logga-in`, { headers: { Accept: 'text/html' } })).text();
    expect(page).toContain('Logga in med provkonto');
  });
});

describe('An identity provider that verifies no addresses', () => {
  let oidc: OidcServer;
  let app: TestApp;

  beforeAll(async () => {
    ({ app, oidc } = await startAppWithOidc({ OIDC_TRUST_EMAIL: 'yes' }));
  });

  afterAll(async () => {
    await app.close();
    await oidc.close();
  });

  const email = 'rut.registrator@example.se';
  const go = (account: string) => new Traveller(oidc.issuer, account).go(`${app.url}/logga-in/extern`);

  it.each([
    ['at userinfo', false],
    ['in its ID token', true],
  ])('is believed %s when the settings say so', async (_, bareInIdToken) => {
    oidc.accounts.set('rut', { email, bareInIdToken });
    const { status, body } = await go('rut');
    expect([status, body.includes('Rut Registrator')]).toEqual([200, true]);
  });

  it.each([
    ['at userinfo', false],
    ['there, with the address in its ID token', true],
  ])(
    'is not believed, whatever they say, when it tells %s that an address is not verified',
    async (_, bareInIdToken) => {
      oidc.accounts.set('obekraftad', { email, emailVerified: false, bareInIdToken });
      const { status, body } = await go('obekraftad');
      expect([status, body.includes('Rut Registrator')]).toEqual([403, false]);
      expect(body).toContain('Din adress är inte bekräftad');
    },
  );

  it.each([
    ['refusing', 200],
    ['hung-up', 503],
    ['broken', 503],
  ] as const)(
    'is believed in its ID token though its userinfo refuses, and not when that is down: %s',
    async (how, ok) => {
      oidc.accounts.set('rut', { email, bareInIdToken: true });
      oidc.down = { how, path: '/me' };
      try {
        const { status, body } = await go('rut');
        expect([status, body.includes('Rut Registrator')]).toEqual([ok, ok === 200]);
      } finally {
        oidc.down = null;
      }
    },
  );
});
