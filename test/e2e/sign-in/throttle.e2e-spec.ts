import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SettableClock } from '../../support/settable-clock.js';
import { ENGINES, type TestApp } from '../../support/app.js';
import { seedModelBoard, seedPerson, type ModelBoard } from '../../support/seed.js';
import { PlainBrowser, seedPassword, startPagesApp, type PageAnswer } from './pages-app.js';

describe.each(ENGINES)('Guessing passwords, on %s', (engine) => {
  const clock = new SettableClock('2023-10-09T08:00:00Z');
  let app: TestApp;
  let people: ModelBoard;

  beforeAll(async () => {
    app = await startPagesApp({ clock, engine, env: { TRUST_PROXY: 'yes' } });
    people = await seedModelBoard(app);
    await seedPassword(app, ...Object.values(people));
  });

  afterAll(() => app.close());

  const from = (address: string): PlainBrowser => new PlainBrowser(app, { 'X-Forwarded-For': address });
  const wrong = (address: string, email: string): Promise<PageAnswer> => from(address).signIn(email, 'fel fel fel fel');

  const newcomer = async (name: string) => {
    const person = await seedPerson(app, { email: `${name}@example.se`, name });
    await seedPassword(app, person);
    return person;
  };

  it('is slowed down by pauses that grow, told in words, and over with the right password', async () => {
    const { email } = people.registrar;
    for (let n = 0; n < 5; n += 1) expect((await wrong('192.0.2.1', email)).status).toBe(422);
    const paused = await from('192.0.2.1').signIn(email);
    expect([paused.status, paused.headers.get('retry-after')]).toEqual([429, '30']);
    expect(paused.body).toContain('För många försök. Vänta till kl. 10.01 och försök igen.');
    clock.advance(30_000);
    expect((await wrong('192.0.2.1', email)).status).toBe(422);
    clock.advance(30_000);
    expect((await from('192.0.2.1').signIn(email)).headers.get('retry-after')).toBe('30');
    clock.advance(30_000);
    expect((await from('192.0.2.1').signIn(email)).status).toBe(303);
    expect((await wrong('192.0.2.1', email)).status).toBe(422);
  });

  it('from one address does not keep the owner out who comes from another', async () => {
    const { email } = people.officer;
    for (let n = 0; n < 6; n += 1) await wrong('192.0.2.2', email);
    expect((await wrong('192.0.2.2', email)).status).toBe(429);
    expect((await from('192.0.2.3').signIn(email)).status).toBe(303);
  });

  it('from many addresses keeps the owner out for two minutes at most, and not from where they are known', async () => {
    const { email } = people.manager;
    expect((await from('192.0.2.9').signIn(email)).status).toBe(303);
    for (let n = 0; n < 25; n += 1) await wrong(`198.51.100.${n}`, email);
    const elsewhere = await from('203.0.113.1').signIn(email);
    expect(elsewhere.status).toBe(429);
    expect(Number(elsewhere.headers.get('retry-after'))).toBeLessThanOrEqual(120);
    expect((await from('192.0.2.9').signIn(email)).status).toBe(303);
  });

  it('of many accounts from one address is slowed down too', async () => {
    for (let n = 0; n < 50; n += 1) await wrong('192.0.2.50', `gissad${n}@example.se`);
    expect((await from('192.0.2.50').signIn(people.director.email)).status).toBe(429);
  });

  it('from an address that is made up before our proxy gets no further', async () => {
    const { email } = await seedPerson(app, { email: 'pia.proxy@example.se', name: 'Pia Proxy' });
    for (let n = 0; n < 5; n += 1) await wrong(`203.0.113.${n}, 192.0.2.80`, email);
    expect((await wrong('203.0.113.99, 192.0.2.80', email)).status).toBe(429);
  });

  it('many at once gets no further than one after the other', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 12 }, async () => (await wrong('192.0.2.60', people.secretary.email)).status),
    );
    expect(statuses.filter((status) => status === 422)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });

  it('is forgotten after an hour of rest', async () => {
    const { email } = people.reader;
    for (let n = 0; n < 5; n += 1) await wrong('192.0.2.70', email);
    clock.advance(3_700_000);
    for (let n = 0; n < 4; n += 1) expect((await wrong('192.0.2.70', email)).status).toBe(422);
    expect((await from('192.0.2.70').signIn(email)).status).toBe(303);
  });

  const asked = async (address: string, email: string): Promise<PageAnswer> => {
    const browser = from(address);
    await browser.get('/losenord');
    return browser.post('/losenord', { epost: email });
  };

  it('is no asking for password links: that keeps nobody from signing in, and is slowed by itself', async () => {
    const { email } = await newcomer('lena.lank');
    for (let n = 0; n < 50; n += 1) expect((await asked('192.0.2.90', `lank${n}@example.se`)).status).toBe(200);
    const paused = await asked('192.0.2.90', 'lank50@example.se');
    expect([paused.status, paused.headers.get('retry-after')]).toEqual([429, '60']);
    expect(paused.body).toMatch(/För många försök\. Vänta till kl\. \d\d\.\d\d och försök igen\./);
    expect((await from('192.0.2.90').signIn(email)).status).toBe(303);
  });

  it('is not what a town hall does that mistypes now and then, all day, while others sign in', async () => {
    const { email } = await newcomer('nils.nat');
    for (let n = 0; n < 60; n += 1) {
      expect((await wrong('192.0.2.91', `felskrivet${n}@example.se`)).status).toBe(422);
      if (n % 10 === 0) expect((await from('192.0.2.91').signIn(people.director.email)).status).toBe(303);
      clock.advance(8 * 60_000);
    }
    expect((await from('192.0.2.91').signIn(email)).status).toBe(303);
  });

  it('from an address keeps those out who are new there; who is known goes on, and is held by failures of their own', async () => {
    const [known, fresh] = [await newcomer('kaj.kand'), await newcomer('nina.ny')];
    expect((await from('192.0.2.92').signIn(known.email)).status).toBe(303);
    for (let n = 0; n < 50; n += 1) await wrong('192.0.2.92', `gissat${n}@example.se`);
    for (let n = 0; n < 3; n += 1) {
      expect((await from('192.0.2.92').signIn(known.email)).status).toBe(303);
      expect((await from('192.0.2.92').signIn(fresh.email)).status).toBe(429);
    }
    for (let n = 0; n < 5; n += 1) expect((await wrong('192.0.2.92', known.email)).status).toBe(422);
    const held = await from('192.0.2.92').signIn(known.email);
    expect([held.status, held.headers.get('retry-after')]).toEqual([429, '30']);
  });

  it('many accounts at once from one address gets no further than one after the other', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 56 }, async (_, n) => (await wrong('192.0.2.93', `samtidigt${n}@example.se`)).status),
    );
    expect(statuses.filter((status) => status === 422)).toHaveLength(50);
    expect(statuses.filter((status) => status === 429)).toHaveLength(6);
  });
});
