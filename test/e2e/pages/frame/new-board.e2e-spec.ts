import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { TestApp } from '../../../support/app.js';
import { describeInBrowser, suiteBrowser, visit, type Visit } from '../../../support/browser.js';
import { eventually } from '../../../support/eventually.js';
import { startSmtpSink, type SmtpSink } from '../../../support/smtp-sink.js';
import { SetupCode } from '../../../../src/features/pages/frame/setup/setup-code.js';
import { seedPassword, PASSWORD, startPagesApp } from '../../sign-in/pages-app.js';
import { ReadDatabase } from '../../../../src/platform/database/read-database.js';
import { rows } from '../../../../src/platform/database/sql.js';
import { enter, expectGood } from '../lista/page-visits.js';

const FRIDA = { email: 'frida@example.se' };

describeInBrowser('A board that was set up in the browser', () => {
  const browser = suiteBrowser();
  let app: TestApp;
  let sink: SmtpSink;
  let open: Visit;

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startPagesApp({ smtpUrl: sink.url });
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });
  beforeEach(async () => {
    open = await visit(browser);
  });
  afterEach(() => open.close());

  const press = (name: string) => open.page.getByRole('button', { name, exact: true }).click();
  const follow = (name: string) => open.page.getByRole('main').getByRole('link', { name, exact: true }).click();
  const fill = async (fields: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(fields)) await open.page.locator(`[name=${name}]`).fill(value);
  };
  const tick = (label: string) => open.page.getByLabel(label, { exact: true }).check();
  const main = async () => (await open.page.locator('main').textContent()) ?? '';
  const left = () => open.page.locator('.callout', { hasText: 'Kvar att göra' }).locator('li').allTextContents();
  const path = () => new URL(open.page.url()).pathname;

  it('says what is left to do, for as long as it is true', async () => {
    const { page } = open;
    await page.goto(`${app.url}/installera`);
    await fill({
      kod: app.provider(SetupCode).code, losenord: PASSWORD, namnd: 'Provnämnden', namndkod: 'PN',
      namn: 'Frida Förvaltare', epost: FRIDA.email,
    }); // prettier-ignore
    await press('Lägg upp nämnden');
    expect(path()).toBe('/medarbetare');
    expect(await page.getByRole('status').textContent()).toBe('Nämnden är upplagd och du är inloggad.');
    const all = [
      expect.stringContaining('Lägg till avdelningar.'),
      expect.stringContaining('Lägg till dem som handlägger'),
      expect.stringContaining('Lägg till en nämndsekreterare, som lägger in sammanträdena.'),
      expect.stringContaining('Sammanträdena läggs in av nämndsekreteraren.'),
    ];
    expect(await left()).toEqual(all);
    await page.reload();
    expect(await left()).toEqual(all);
    await expectGood(page, 'ny-namnd-medarbetare');
    await page.goto(`${app.url}/bevakning`);
    expect(await left()).toEqual(all);
    await expectGood(page, 'ny-namnd-bevakning');
  });

  it('tells of meetings that there are not, rather than of an answer day, and by mail too', async () => {
    const { page } = open;
    await enter(page, app, FRIDA, '/registrera');
    await fill({ titel: 'Remiss om parker', avsandare: 'Kommunstyrelsen', svar: '2023-12-01', inkom: '2023-10-09' });
    const plan = page.locator('#plan');
    await plan.getByText('Nämnden har inga inlagda sammanträden').waitFor();
    const link = plan.getByRole('link', { name: /Sammanträden/ });
    expect([await link.getAttribute('target'), await link.textContent()]).toEqual([
      '_blank',
      'Sammanträden (öppnas i ny flik)',
    ]);
    expect(await plan.textContent()).not.toContain('hinner före svarsdagen');
    await expectGood(page, 'ny-namnd-registrera');
    await press('Registrera');
    expect(await main()).toContain('Nämnden har inga inlagda sammanträden');
    expect(await main()).not.toMatch(/hinner före svarsdagen|anstånd/);
    await expectGood(page, 'ny-namnd-kvitto');
    await follow('Öppna ärendet');
    expect(await main()).toContain('Nämnden har inga inlagda sammanträden');
    expect(await main()).not.toContain('Inget sammanträde kommer i tid');
    await expectGood(page, 'ny-namnd-arende');
    await follow('Fördela ärendet');
    expect(await main()).toContain('Nämnden har ingen handläggare eller avdelningschef än.');
    await expectGood(page, 'ny-namnd-fordela');
    await page.goto(`${app.url}/bevakning`);
    expect(await main()).toContain('Fördela ärendet');
    await eventually('the mail has come', () =>
      sink.to(FRIDA.email).some(({ subject }) => subject.includes('PN 2023/1')),
    );
    const said = sink
      .to(FRIDA.email)
      .map(({ subject, text }) => `${subject} ${text}`)
      .join(' ');
    expect(said).not.toMatch(/inget sammanträde (?:hinner|kommer) (?:före|i tid)/i);
  });

  it('gets its departments, and a manager, and its meetings, without the command line', async () => {
    const { page } = open;
    await enter(page, app, FRIDA, '/medarbetare');
    await follow('Lägg till avdelningar');
    expect(path()).toBe('/avdelningar');
    await fill({ namn: 'Parkavdelningen', kod: 'P K' });
    await press('Lägg till');
    expect(await page.locator('#falt-kod-fel').textContent()).toContain('bokstäver, siffror');
    await expectGood(page, 'avdelningar-fel');
    await fill({ kod: 'PK' });
    await press('Lägg till');
    expect(await page.getByRole('status').textContent()).toBe('Avdelningen är tillagd.');
    await fill({ namn: 'En till', kod: 'PK' });
    await press('Lägg till');
    expect(await page.locator('.ds-error-summary').textContent()).toContain('har redan en avdelning med koden ”PK”');
    await page.goto(`${app.url}/medarbetare`);
    await fill({ namn: 'Cesar Chef', epost: 'cesar@example.se' });
    await tick('Avdelningschef');
    await page.locator('select[name=avdelning]').selectOption('PN/PK');
    await press('Lägg till');
    await page.goto(`${app.url}/avdelningar`);
    expect(await page.locator('tbody tr').first().locator('td').allTextContents()).toEqual([
      'Parkavdelningen', 'PK', 'Cesar Chef',
    ]); // prettier-ignore
    await expectGood(page, 'avdelningar');
    await follow('Parkavdelningen');
    await fill({ namn: 'Park och natur' });
    await page.locator('[name=namn]').press('Enter');
    expect(await page.getByRole('status').textContent()).toBe('Avdelningen är ändrad.');
    await follow('Park och natur');
    await expectGood(page, 'avdelning');
    await page.locator('select[name=chef]').selectOption('');
    await page.locator('[name=namn]').press('Enter');
    await page.getByText('Stämmer det?').waitFor();
    expect(await main()).toContain('Cesar Chef är sedan inte chef för avdelningen');
    await expectGood(page, 'avdelning-fraga');
    await follow('Avbryt');
    const sql = `SELECT "what", "actor_name" AS "by" FROM "journal" WHERE "subject_id" = 'PN/PK' ORDER BY "seq"`;
    expect(await rows(app.provider(ReadDatabase).manager, sql)).toEqual([
      { what: 'department-added', by: 'Frida Förvaltare' },
      { what: 'department-changed', by: 'Frida Förvaltare' },
      { what: 'department-changed', by: 'Frida Förvaltare' },
    ]);

    await page.goto(`${app.url}/medarbetare`);
    expect(await left()).toEqual([
      expect.stringContaining('Lägg till en nämndsekreterare'),
      expect.stringContaining('Sammanträdena läggs in'),
    ]);
    await follow('ge dig själv rollen');
    await tick('Nämndsekreterare');
    await press('Spara roller');
    await page.goto(`${app.url}/bevakning`);
    expect(await left()).toEqual([expect.stringContaining('Lägg in nämndens sammanträden')]);
    await follow('Lägg in nämndens sammanträden');
    await fill({ dag: '2023-11-23' });
    await press('Lägg till');
    await page.goto(`${app.url}/bevakning`);
    expect(await left()).toEqual([]);
  });

  it('lets nobody else see or change its departments', async () => {
    const [cesar] = await rows<{ id: string }>(
      app.provider(ReadDatabase).manager,
      `SELECT "id" FROM "person" WHERE "email" = 'cesar@example.se'`,
    );
    await seedPassword(app, { id: cesar?.id ?? '' });
    await enter(open.page, app, { email: 'cesar@example.se' }, '/bevakning');
    for (const address of ['/avdelningar', '/avdelningar/PN/PK']) {
      expect((await open.page.goto(app.url + address))?.status()).toBe(403);
    }
  });
});
