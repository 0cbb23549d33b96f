import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../support/app.js';
import type { OidcServer } from '../../support/oidc.js';
import { startAppWithOidc } from './pages-app.js';
import { Traveller } from './traveller.js';

/** Someone is led to bring the answer of another's sign-in, to be signed in as that other without knowing. */
describe('Another’s answer from the identity provider', () => {
  let oidc: OidcServer;
  let app: TestApp;

  beforeAll(async () => {
    ({ app, oidc } = await startAppWithOidc());
    for (const [account, email] of [['rut', 'rut.registrator'], ['hanna', 'hanna.handlaggare']] as const) {
      oidc.accounts.set(account, { email: `${email}@example.se`, emailVerified: true });
    } // prettier-ignore
  });
  afterAll(async () => {
    await app.close();
    await oidc.close();
  });

  /** Rut, who has begun to sign in, and the answer that she and Hanna hold back. */
  const bothHaveBegun = async () => {
    const rut = new Traveller(oidc.issuer, 'rut');
    const own = await rut.answerTo(`${app.url}/logga-in/extern`);
    const foreign = await new Traveller(oidc.issuer, 'hanna').answerTo(`${app.url}/logga-in/extern`);
    return { rut, own, foreign };
  };
  const isSignedIn = async (rut: Traveller): Promise<boolean> =>
    (await rut.go(`${app.url}/konto`)).url.pathname === '/konto';

  it('is refused where its state is not the one that this browser began with', async () => {
    const { rut, foreign } = await bothHaveBegun();
    const { status, body } = await rut.go(foreign.href);
    expect(status).toBe(400);
    expect(body).toContain('Inloggningen gäller inte längre');
    expect(await isSignedIn(rut)).toBe(false);
  });

  it('is refused by its code, though its state is the one that this browser began with', async () => {
    const { rut, own, foreign } = await bothHaveBegun();
    const mixed = new URL(own);
    mixed.searchParams.set('code', foreign.searchParams.get('code') ?? '');
    const { status, body } = await rut.go(mixed.href);
    expect(status).toBe(502);
    expect(body).not.toContain('Hanna');
    expect(await isSignedIn(rut)).toBe(false);
  });

  it('is refused by its state, though its code is this browser’s own', async () => {
    const { rut, own, foreign } = await bothHaveBegun();
    const mixed = new URL(own);
    mixed.searchParams.set('state', foreign.searchParams.get('state') ?? '');
    expect((await rut.go(mixed.href)).status).toBe(400);
    expect(await isSignedIn(rut)).toBe(false);
  });

  it('is all that is refused: one’s own lets in', async () => {
    const { rut, own } = await bothHaveBegun();
    const { status, url } = await rut.go(own.href);
    expect([status, url.origin]).toEqual([200, app.url]);
    expect(await isSignedIn(rut)).toBe(true);
  });
});
