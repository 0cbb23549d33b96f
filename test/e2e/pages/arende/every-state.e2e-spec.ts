import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ACTS, type Act } from '../../../../src/domain/referral/lifecycle.js';
import { formOf, slugOf } from '../../../../src/features/pages/arende/acts/act-forms.js';
import { describeInBrowser, suiteBrowser } from '../../../support/browser.js';
import { seedMeeting } from '../../../support/seed.js';
import { expectGood } from '../lista/page-visits.js';
import { sendForm as send } from '../send-form.js';
import { caseStage, type Who } from './case-stage.js';
import { MORE_STATES, STATES } from './case-states.js';

const PEOPLE = ['registrar', 'secretary', 'manager', 'officer', 'director', 'reader'] as const satisfies readonly Who[];

/** What each question is asked of; the other acts are done without one. */
const ASKED: Partial<Record<Act, Readonly<Record<string, string>>>> = {
  'correct-record': { record: 'draft', reason: 'Fel dag' },
  'take-back-record': { reason: 'Fel ärende' },
  'choose-meeting': { meeting: '2023-11-23' },
  'request-extension': { until: '2035-01-31' },
  'answer-extension': { answer: 'granted', newDue: '2035-01-31' },
  'record-decision': { outcome: 'adopted' },
  'take-down-notice': { on: '2023-09-11' },
  'send-answer': { how: 'e-post' },
  close: {},
  cancel: { reason: 'Dubblett' },
};

/** Acts that are sent by their button alone, in which nothing can be wrong. */
const NOTHING_TO_FILL_IN = ['confirm-adjustment', 'decide-adjustment', 'close', 'lift-secrecy'] as const;

describeInBrowser('Every state of a case, and every act in it', () => {
  const browser = suiteBrowser();
  const stage = caseStage();
  const visited = { forms: new Set<Act>(), faults: new Set<Act>(), questions: new Set<Act>() };
  /** What has been visited, by how it looks: another state changes nothing in most forms. */
  const seen = new Set<string>();

  beforeAll(() => seedMeeting(stage.app, '2023-09-11'));

  const visitAct = async (page: Page, id: string, act: Act): Promise<void> => {
    const path = `/arenden/${id}/${slugOf(act)}`;
    const open = async (): Promise<void> => {
      await page.goto(stage.app.url + path);
    };
    await open();
    const shape = String(
      await page.evaluate(`[...document.querySelectorAll('main form :is(input, select, textarea):not([type=hidden]), main .callout')]
        .map((one) => [one.name, one.type, one.value].join()).join(';')`),
    );
    const isNew = !seen.has(`${act} ${shape}`);
    seen.add(`${act} ${shape}`);
    if (isNew && !visited.forms.has(act)) await expectGood(page, `handling-${act}`);
    visited.forms.add(act);
    const canBeWrong = !(NOTHING_TO_FILL_IN as readonly Act[]).includes(act);
    if (canBeWrong && !visited.faults.has(act)) {
      expect({ act, status: await send(page, path, 'wrong') }).toEqual({ act, status: 422 });
      expect(await page.locator('.ds-error-summary').count()).toBe(1);
      await expectGood(page, `handling-${act}-fel`);
      visited.faults.add(act);
      if (act === 'correct') {
        await open();
        expect(await send(page, path, { answerDue: '2035-01-31' })).toBe(422);
        expect(await page.getByRole('checkbox').count()).toBe(1);
        await expectGood(page, 'handling-correct-langt-fram');
      }
      await open();
    }
    const asked = ASKED[act];
    if (asked === undefined || visited.questions.has(act)) return;
    if (act === 'choose-meeting' && (await page.locator('[value="2023-11-23"]').count()) === 0) return;
    const version = (await stage.view(id)).version;
    const status = await send(page, path, asked);
    expect({ act, status, said: await page.locator('.ds-error-summary').allTextContents() }).toEqual({
      act,
      status: 200,
      said: [],
    });
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/\?$/);
    expect((await stage.view(id)).version).toBe(version);
    await expectGood(page, `handling-${act}-fraga`);
    visited.questions.add(act);
  };

  it.each([...STATES, ...MORE_STATES])('a case that is %s', async (name, make) => {
    const id = await make(stage);
    const { page, complaints, close } = await stage.visitAs(browser, 'registrar');
    for (const who of PEOPLE) {
      const { acts } = (await stage.view(id, who)) as { acts: readonly Act[] };
      const left = acts.filter(
        (act) =>
          !visited.forms.has(act) ||
          !visited.faults.has(act) ||
          (ASKED[act] !== undefined && !visited.questions.has(act)),
      );
      const looks = `${name} ${acts.join()}`;
      const isShown = who === 'registrar' || (who !== 'reader' && acts.length > 0 && !seen.has(acts.join()));
      seen.add(acts.join());
      if (!isShown && left.length === 0) continue;
      await stage.signIn(page, who);
      if (isShown) {
        await page.goto(`${stage.app.url}/arenden/${id}`);
        await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
        await expectGood(page, `arende-${looks}`.slice(0, 60));
      }
      for (const act of left) await visitAct(page, id, act);
    }
    expect(complaints.filter((text) => !/\b422\b/.test(text))).toEqual([]);
    await close();
  });

  it('leaves no form, no fault and no question out', () => {
    const all = [...ACTS].sort();
    expect([...visited.forms].sort()).toEqual(all);
    expect([...visited.faults].sort()).toEqual(
      all.filter((act) => !(NOTHING_TO_FILL_IN as readonly Act[]).includes(act)),
    );
    expect([...visited.questions].sort()).toEqual(Object.keys(ASKED).sort());
    expect(all.filter((act) => formOf(act)?.confirm !== undefined && ASKED[act] === undefined)).toEqual([]);
  });
});
