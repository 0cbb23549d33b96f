import { beforeAll, expect, it } from '@jest/globals';
import { CreatePasswordLink } from '../../../src/features/accounts/create-password-link.js';
import { EndSession } from '../../../src/features/accounts/end-session.js';
import { SetupCode } from '../../../src/features/pages/frame/setup/setup-code.js';
import { SYSTEM } from '../../../src/features/people/actor.js';
import { RouteTable } from '../../../src/platform/http/route-table.js';
import { describeInBrowser } from '../../support/browser.js';
import { seedBoard, seedPerson, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';
import { PASSWORD, PlainBrowser, seedPassword, startAppWithOidc, startPagesApp } from '../sign-in/pages-app.js';
import { app, open, people, reopen, setStage } from './browser-stage.js';
import { enter, expectGood } from './lista/page-visits.js';
import { sendForm } from './send-form.js';

/** What a person is answered with by each page route: `200` a page, `303` another page, else why not. */
const visited = new Set<string>();
/** Not pages: the API and its description, files, calendars for programs, and what keeps watch over the process. */
const NO_PAGE =
  /^\/(api|assets|kalender|health|halsa|metrics|docs|problems|favicon|\.well-known|\*)|^\/$|\.(txt|ico|svg)$/;
const WRONG = 'wrong';

describeInBrowser('Every page, in the states that people meet', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  setStage(clock);

  let ada: SeededPerson;
  let id: string;

  const register = async (more: object = {}): Promise<string> => {
    const body = {
      board: 'EÅV', title: 'Remiss om trygghet', sender: 'Kommunstyrelsen', receivedOn: '2023-09-11',
      answerDue: '2023-10-27', officer: people.officer.email, ...more,
    }; // prettier-ignore
    const answer = await app.post('/api/v1/referrals', body, { token: people.registrar.token });
    expect({ status: answer.status, why: answer.body.detail }).toEqual({ status: 201, why: undefined });
    return answer.body.id;
  };

  beforeAll(async () => {
    await seedBoard(app, 'ÄLV', 'Älvsjö stadsdelsnämnd');
    const roles = { EÅV: ['admin'], ÄLV: ['admin'] } as const;
    ada = await seedPerson(app, {
      email: 'ada.admin@example.se',
      name: 'Ada Admin',
      roles: { EÅV: [...roles.EÅV], ÄLV: [...roles.ÄLV] },
    });
    await seedPassword(app, ada);
    id = await register();
  });

  const name = (route: string): string => `sida-${route.toLowerCase().replace(/\W+/g, '-')}`;
  /** The page as it stands is one of a route's. */
  const good = async (route: string): Promise<void> => {
    visited.add(route);
    await open.page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
    await expectGood(open.page, name(route));
  };
  const go = async (route: string, path: string, status = 200): Promise<void> => {
    const answer = await open.page.goto(app.url + path);
    expect({ path, status: answer?.status() }).toEqual({ path, status });
    await good(`GET ${route}`);
  };
  const send = async (
    route: string,
    action: string,
    fill: Parameters<typeof sendForm>[2],
    status: number,
    to = action,
  ): Promise<void> => {
    expect({ route, status: await sendForm(open.page, action, fill, to) }).toEqual({ route, status });
    await good(`POST ${route}`);
  };
  /** Sends what is asked about before it is done. */
  const ask = async (route: string, action: string, fill: Readonly<Record<string, string>>): Promise<void> => {
    await send(route, action, fill, 200);
    expect(await open.page.getByRole('button', { name: /^Ja, / }).count()).toBe(1);
  };
  /** Answers the question of the page, and is told that it is done. */
  const sayYes = async (): Promise<void> => {
    await Promise.all([open.page.waitForEvent('load'), open.page.getByRole('button', { name: /^Ja, / }).click()]);
    expect(await open.page.getByRole('status').count()).toBe(1);
  };
  const as = async (who: Pick<SeededPerson, 'email'>): Promise<void> => {
    await reopen();
    await enter(open.page, app, who, '/konto');
  };

  it('before anyone is signed in', async () => {
    await go('/logga-in', '/logga-in');
    await send('/logga-in', '/logga-in', { epost: people.director.email, losenord: 'inte mitt lösenord' }, 422);
    for (let n = 0; n < 6; n += 1) {
      await sendForm(open.page, '/logga-in', { epost: people.director.email, losenord: 'inte mitt lösenord' });
    }
    expect(await open.page.locator('.ds-error-summary').textContent()).toMatch(/vänta|minut|kl\./i);
    await good('POST /logga-in');
    await go('/losenord', '/losenord');
    await send('/losenord', '/losenord', { epost: people.reader.email }, 200);
    const { url } = await app.provider(CreatePasswordLink).execute(SYSTEM, people.reader.email);
    const path = new URL(url).pathname;
    await go('/losenord/:token', path);
    await send('/losenord/:token', path, { nytt: 'kort', losenord: 'kort' }, 422);
    await go('/losenord/:token', '/losenord/finns-inte', 410);
  });

  it('one’s own', async () => {
    await as(people.registrar);
    await go('/konto', '/konto');
    await send('/konto/losenord', '/konto/losenord', { nuvarande: 'fel lösenord alltså', nytt: 'kort' }, 422);
    await go('/konto', '/konto');
    await send('/konto/kalendrar', '/konto/kalendrar', {}, 200);
    await go('/konto', '/konto');
    await send('/konto/kalendrar/sparra', '/konto/kalendrar/sparra', {}, 200);
    for (let n = 0; n < 2; n += 1) await new PlainBrowser(app).signIn(people.registrar.email);
    await go('/konto', '/konto');
    await ask('/konto/inloggningar/avsluta', '/konto/inloggningar/avsluta', {});
    await sayYes();
    await send('/konto/inloggningar/avsluta-andra', '/konto/inloggningar/avsluta-andra', {}, 200);
    await go('/franvaro', '/franvaro');
    await send('/franvaro', '/franvaro', WRONG, 422);
    await go('/franvaro', '/franvaro');
    const away = { ersattare: people.officer.email, fran: '2023-10-02', till: '2023-10-06' };
    await send('/franvaro', '/franvaro', away, 303);
    const revoke = await open.page.locator('form[action$="/ta-tillbaka"]').getAttribute('action');
    await ask('/franvaro/:id/ta-tillbaka', revoke ?? '', {});
    await sayYes();
    await good('GET /franvaro');
    await send('/logga-ut', '/logga-ut', {}, 303);
  });

  it('of cases, and what is not possible just now', async () => {
    await as(people.registrar);
    await go('/bevakning', '/bevakning?visa=namnden');
    await go('/arenden', '/arenden?antal=alla&status=alla');
    await go('/arenden', '/arenden?fore=i-morgon', 422);
    await go('/arenden', '/arenden?q=finns-inte');
    await go('/arenden/:id', `/arenden/${id}`);
    await go('/arenden/:id', '/arenden/018f0000-0000-7000-8000-000000000000', 404);
    await go('/arenden/:id/andra', `/arenden/${id}/andra`);
    await send('/arenden/:id/andra', `/arenden/${id}/andra`, { title: '' }, 422);
    // Nobody was before: it is not for now, or not for this person.
    await go('/arenden/:id/:act', `/arenden/${id}/avsluta`, 403);
    expect(await open.page.getByRole('heading', { level: 1 }).textContent()).toBe('Avsluta ärendet');
    await go('/arenden/:id/:act', `/arenden/${id}/makulera`);
    await send('/arenden/:id/:act', `/arenden/${id}/makulera`, { reason: '' }, 422);
    await go('/paminnelser', '/paminnelser?skickat=alla');
    await open.page.evaluate(`document.querySelector('form[action="/logga-ut"]').setAttribute('id', 'ut')`);
    const unknown = '/paminnelser/018f0000-0000-7000-8000-000000000000/igen';
    await send('/paminnelser/:id/igen', '/logga-ut', {}, 404, unknown);
  });

  it('a form whose session ended, and the same form back as it was filled in', async () => {
    await as(people.registrar);
    await open.page.goto(`${app.url}/arenden/${id}/makulera`);
    await app.provider(EndSession).allBut(people.registrar.id, null);
    await send('/arenden/:id/:act', `/arenden/${id}/makulera`, { reason: 'Dubblett' }, 401);
    const other = await open.page.context().newPage();
    await enter(other, app, people.registrar, '/konto');
    await other.close();
    await send('/arenden/:id/:act/ifyllt', `/arenden/${id}/makulera/ifyllt`, {}, 200);
    expect(await open.page.getByLabel('Skäl').inputValue()).toBe('Dubblett');
  });

  it('of registering: what is wrong, what is rare, and a case more', async () => {
    await as(people.registrar);
    await go('/registrera', '/registrera');
    await send('/registrera', '/registrera', WRONG, 422);
    await go('/registrera', '/registrera');
    const letter = { titel: 'Remiss om parker', avsandare: 'Kommunstyrelsen', svar: '2023-10-27', inkom: '2023-09-11' };
    await send('/registrera/forhandsvisa', '/registrera', letter, 200, '/registrera/forhandsvisa');
    await send('/registrera', '/registrera', { ...letter, svar: '2035-01-31', inkom: '2020-01-02' }, 422);
    expect(await open.page.getByRole('checkbox', { name: /Dagen stämmer/ }).count()).toBe(2);
    await open.page.goto(`${app.url}/registrera`);
    const key = await open.page.locator('[name=nyckel]').inputValue();
    expect(await sendForm(open.page, '/registrera', letter)).toBe(303);
    await good('GET /registrera/kvitto/:id');
    await open.page.goto(`${app.url}/registrera`);
    await send('/registrera', '/registrera', { ...letter, nyckel: key, titel: 'Remiss om torg' }, 422);
    expect(await open.page.getByRole('checkbox', { name: /ett ärende till/ }).count()).toBe(1);
    await open.page.goto(`${app.url}/registrera`);
    const twice = { ...letter, avsandarens: 'KS 2023/7', titel: 'Remiss om badhus' };
    expect(await sendForm(open.page, '/registrera', twice)).toBe(303);
    await open.page.goto(`${app.url}/registrera`);
    await send('/registrera', '/registrera', twice, 422);
  });

  it('of meetings', async () => {
    await as(people.secretary);
    await go('/sammantraden', '/sammantraden');
    await send('/sammantraden', '/sammantraden', WRONG, 422);
    await open.page.goto(`${app.url}/sammantraden`);
    const one = (await open.page.locator('.meeting h3 a').first().getAttribute('href')) ?? '';
    await go('/sammantraden/:id', one);
    await send('/sammantraden/:id', one, WRONG, 422);
    await open.page.goto(app.url + one);
    await ask('/sammantraden/:id/stall-in', `${one}/stall-in`, {});
  });

  it('of colleagues: what is wrong, what is asked, and what another did meanwhile', async () => {
    await as(ada);
    await go('/medarbetare', '/medarbetare');
    await send('/medarbetare', '/medarbetare', WRONG, 422);
    const at = `/medarbetare/${people.officer.id}`;
    await go('/medarbetare/:id', at);
    await send('/medarbetare/:id/roller', `${at}/roller`, WRONG, 422);
    await open.page.goto(app.url + at);
    await send('/medarbetare/:id/sluta', `${at}/sluta`, WRONG, 422);
    await open.page.goto(app.url + at);
    await send('/medarbetare/:id/skicka-lanken', `${at}/roller`, {}, 422, `${at}/skicka-lanken`);
    const details = `${at}/uppgifter`;
    await go('/medarbetare/:id/uppgifter', details);
    await send('/medarbetare/:id/uppgifter', details, WRONG, 422);
    await open.page.goto(app.url + details);
    await ask('/medarbetare/:id/uppgifter', details, { epost: 'hanna.ny@example.se' });
    const other = new PlainBrowser(app);
    await other.signIn(ada.email);
    const meanwhile = async (path: string, fields: Readonly<Record<string, string>>): Promise<void> => {
      const grund = /name="grund" value="([^"]*)"/.exec((await other.get(path)).body)?.[1] ?? '';
      const sent = { grund: grund.replaceAll('&quot;', '"'), ...fields };
      expect((await other.post(path, sent)).status).toBe(303);
    };
    await open.page.goto(app.url + details);
    await meanwhile(details, { namn: 'Hanna H Handläggare', epost: people.officer.email, titel: '', telefon: '' });
    await send('/medarbetare/:id/uppgifter', details, { namn: 'Hanna Andersson' }, 409);
    await go('/avdelningar', '/avdelningar');
    await send('/avdelningar', '/avdelningar', WRONG, 422);
    const department = '/avdelningar/E%C3%85V/HR';
    await go('/avdelningar/:board/:code', department);
    await send('/avdelningar/:board/:code', await formAction('/avdelningar/'), { namn: '' }, 422);
    await open.page.goto(app.url + department);
    await meanwhile(department, { namn: 'Personal', chef: people.manager.email });
    await send('/avdelningar/:board/:code', await formAction('/avdelningar/'), { namn: 'Folk' }, 409);
    await seedPerson(app, { email: 'lars.lamnat@example.se', name: 'Lars Lämnat', endedOn: '2023-01-31', roles: { EÅV: ['reader'] } }).then(
      async (gone) => {
        await go('/medarbetare/:id', `/medarbetare/${gone.id}`);
        await ask('/medarbetare/:id/ateroppna', `/medarbetare/${gone.id}/ateroppna`, {});
        await sayYes();
        await good('GET /medarbetare/:id');
      },
    ); // prettier-ignore
  });

  it('of handing over all of someone’s cases', async () => {
    await as(people.registrar);
    await go('/overlamna', '/overlamna');
    await send('/overlamna', '/overlamna', WRONG, 422);
    await ask('/overlamna', '/overlamna', { fran: people.officer.email, till: people.manager.email });
    await sayYes();
    await good('GET /overlamna');
  });

  const formAction = async (start: string): Promise<string> =>
    (await open.page.locator(`form[action^="${start}"]`).first().getAttribute('action')) ?? '';

  it('of setting up: without its code, with faults, and with the demo', async () => {
    const empty = await startPagesApp();
    try {
      const { page } = open;
      await page.goto(`${empty.url}/installera`);
      await good('GET /installera');
      expect(await sendForm(page, '/installera', { kod: 'ABCD' })).toBe(422);
      await good('POST /installera');
      expect(await sendForm(page, '/installera', { kod: 'ABCD' }, '/installera/demo')).toBe(422);
      await good('POST /installera/demo');
      const { code } = empty.provider(SetupCode);
      expect(await sendForm(page, '/installera', { kod: code, losenord: PASSWORD }, '/installera/demo')).toBe(303);
      expect(await page.locator('main').textContent()).toContain('Demodata är inläst');
      await good('GET /installera/demo');
      await page.getByRole('link', { name: 'Öppna Diarium' }).click();
      await page.waitForURL(`${empty.url}/bevakning`);
      expect(await page.locator('main a[href^="/arenden/"]').count()).toBeGreaterThan(5);
      await good('GET /bevakning');
    } finally {
      await empty.close();
    }
  });

  it('of a sign-in elsewhere that came to nothing', async () => {
    const { app: there, oidc } = await startAppWithOidc();
    oidc.accounts.set('obekant', { email: 'obekant@example.se', emailVerified: true });
    oidc.accounts.set('obekraftad', { email: 'rut.registrator@example.se', emailVerified: false });
    const heading = () => open.page.getByRole('heading', { level: 1 }).textContent();
    try {
      await open.page.goto(`${there.url}/logga-in/extern/svar?state=x&code=y`);
      expect(await heading()).toBe('Inloggningen gäller inte längre');
      await good('GET /logga-in/extern/svar');
      for (const [account, title] of [
        ['obekant', 'Du har inget konto i Diarium'],
        ['obekraftad', 'Din adress är inte bekräftad'],
        [null, 'Inloggningen avbröts'],
      ] as const) {
        await reopen();
        const { page } = open;
        await page.goto(`${there.url}/logga-in/extern`);
        if (account === null) {
          await page.getByRole('link', { name: /cancel/i }).click();
        } else {
          await page.locator('[name=login]').fill(account);
          await page.locator('[name=password]').fill('x');
          await page.locator('button[type=submit]').click();
          await page.locator('button[type=submit]').click();
        }
        await page.waitForURL(`${there.url}/logga-in/extern/svar**`);
        expect(await heading()).toBe(title);
        await good('GET /logga-in/extern/svar');
      }
      visited.add('GET /logga-in/extern');
    } finally {
      await there.close();
      await oidc.close();
    }
  });

  it('leaves no route of a page out', () => {
    const routes = app
      .provider(RouteTable)
      .routes.filter(({ method, path }) => ['GET', 'POST'].includes(method) && !NO_PAGE.test(path))
      .map(({ method, path }) => `${method} ${path}`);
    expect([...visited].sort()).toEqual([...new Set(routes)].sort());
  });
});
