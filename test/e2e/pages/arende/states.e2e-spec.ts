import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import {
  describeInBrowser,
  expectAccessible,
  expectReflow,
  NARROW,
  suiteBrowser,
  WIDE,
  type Visit,
} from '../../../support/browser.js';
import { caseStage, type Who } from './case-stage.js';

/** Pictures of whole pages, to be looked at. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined || folder === '') return;
  mkdirSync(folder, { recursive: true });
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `${folder}/${name}-${size.width}.png`, fullPage: true });
  }
  await page.setViewportSize(WIDE);
}

async function expectGood(page: Page, name: string): Promise<void> {
  await picture(page, name);
  await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
  await expectAccessible(page);
  await expectReflow(page);
  expect(await page.content()).not.toMatch(/ style="[^"]| on[a-z]+="/);
}

describeInBrowser('The page of a case, in each of its states', () => {
  const browser = suiteBrowser();
  const stage = caseStage();
  let open: Visit;

  beforeEach(() => stage.clock.set('2023-09-11T08:41:00.000Z'));
  afterEach(async () => {
    expect(open.complaints.filter((text) => !/\b(403|404|409|422)\b/.test(text))).toEqual([]);
    await open.close();
  });

  const show = async (id: string, who: Who, path = ''): Promise<Page> => {
    open = await stage.visitAs(browser, who);
    await open.page.goto(`${stage.app.url}/arenden/${id}${path}`);
    return open.page;
  };

  const prepared = async (): Promise<string> => {
    const id = await stage.register();
    stage.noonOf('2023-09-12');
    await stage.act(id, 'registrar', 'assignment', { officer: stage.people.officer.email });
    stage.noonOf('2023-10-04');
    await stage.act(id, 'officer', 'steps', { step: 'draft' });
    stage.noonOf('2023-10-06');
    await stage.act(id, 'manager', 'approval', { level: 'manager' });
    stage.noonOf('2023-10-09');
    return id;
  };

  it('registered', async () => {
    const page = await show(await stage.register(), 'registrar');
    await expectGood(page, '1-registrerat');
    await picture(page, '1-registrerat-oppet');
  });

  it('in preparation, adjustment proposed, for its officer', async () => {
    const page = await show(await prepared(), 'officer');
    await expectGood(page, '2-under-beredning');
  });

  it('in preparation, for the director', async () => {
    const page = await show(await prepared(), 'director');
    await expectGood(page, '3-direktor');
  });

  it('with no meeting in time', async () => {
    const id = await stage.register({ answerDue: '2023-09-20', officer: stage.people.officer.email });
    const page = await show(id, 'registrar');
    await expectGood(page, '4-inget-i-tid');
  });

  it('secret, for someone who may not open it', async () => {
    const id = await stage.register({ secrecy: { provision: 'OSL 21 kap. 7 §' } });
    const page = await show(id, 'reader');
    await expectGood(page, '5-sekretess-maskerat');
    expect(await page.content()).not.toContain('trygghetsprogram');
  });

  it('closed', async () => {
    const id = await prepared();
    await stage.act(id, 'director', 'approval', { level: 'director' });
    await stage.act(id, 'officer', 'adjustment', { act: 'confirm' });
    stage.noonOf('2023-10-19');
    await stage.act(id, 'secretary', 'steps', { step: 'dispatch' });
    stage.noonOf('2023-10-26');
    await stage.act(id, 'secretary', 'decision', { outcome: 'adopted', paragraph: '§ 14' });
    await stage.act(id, 'secretary', 'adjustment', { act: 'decide' });
    await stage.act(id, 'secretary', 'adjustment', { act: 'sign' });
    stage.noonOf('2023-10-27');
    await stage.act(id, 'secretary', 'steps', { step: 'notice-posted' });
    let page = await show(id, 'officer');
    await expectGood(page, '6-justerat');
    await open.close();
    await stage.act(id, 'registrar', 'answer', { how: 'e-post' });
    stage.noonOf('2023-11-21');
    await stage.act(id, 'registrar', 'closing', { confirm: true });
    page = await show(id, 'registrar');
    await expectGood(page, '7-avslutat');
  });

  it('cancelled', async () => {
    const id = await stage.register();
    await stage.act(id, 'registrar', 'cancellation', { reason: 'Dubblett av EÅV 2023/1' });
    await expectGood(await show(id, 'registrar'), '8-makulerat');
  });

  it('asking before it is cancelled', async () => {
    const page = await show(await stage.register(), 'registrar', '/makulera');
    await page.getByLabel('Skäl').fill('Samma remiss som EÅV 2023/1');
    await page.getByRole('button', { name: 'Makulera' }).click();
    await expectGood(page, '9-makulera-fraga');
  });

  it('with errors in a form', async () => {
    const id = await prepared();
    stage.noonOf('2023-10-26');
    const page = await show(id, 'secretary', '/beslut');
    await expectGood(page, '10-beslut');
    await page.getByLabel('Beslutsdag').fill('2023-12-01');
    await page.getByRole('button', { name: 'Anteckna beslutet' }).click();
    await expectGood(page, '11-formularfel');
  });

  it('in conflict', async () => {
    const id = await stage.register();
    const page = await show(id, 'registrar', '/andra');
    await expectGood(page, '12-ratta');
    await page.getByLabel('Ärendemening', { exact: true }).fill('Remiss om tryggheten');
    await page.getByLabel('Svar senast').fill('2023-11-30');
    await stage.correct(id, { sender: 'Stadsledningskontoret', answerDue: '2023-11-24' });
    await page.getByRole('button', { name: 'Spara rättelsen' }).click();
    await expectGood(page, '13-konflikt');
  });
});
