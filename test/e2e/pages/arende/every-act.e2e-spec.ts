import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ACTS, type Act } from '../../../../src/domain/referral/lifecycle.js';
import { formOf, slugOf } from '../../../../src/features/pages/arende/acts/act-forms.js';
import { describeInBrowser, suiteBrowser, type Visit } from '../../../support/browser.js';
import { seedMeeting } from '../../../support/seed.js';
import { expectGood } from '../lista/page-visits.js';
import { sendForm as send } from '../send-form.js';
import { caseStage, type Who } from './case-stage.js';
import { MORE_STATES, STATES } from './case-states.js';

const PEOPLE = ['registrar', 'secretary', 'manager', 'officer', 'director'] as const satisfies readonly Who[];

/** What each question is asked of; the other acts are done without one. */
const ASKED: Partial<Record<Act, Readonly<Record<string, string>>>> = {
  'correct-record': { record: 'decision', paragraph: '§ 11', reason: 'Fel paragraf' },
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
const NOTHING_TO_FILL_IN = [
  'confirm-adjustment',
  'decide-adjustment',
  'close',
  'lift-secrecy',
] as const satisfies readonly Act[];
const canBeWrong = (act: Act): boolean => !NOTHING_TO_FILL_IN.some((one) => one === act);

/** A choice that a question is about, which only some states of a case offer. */
const CHOSEN: Partial<Record<Act, string>> = {
  'choose-meeting': '[name=meeting][value="2023-11-23"]',
  'correct-record': '[name=record][value=decision]',
};

describeInBrowser('The form of every act, with its faults and its question', () => {
  const browser = suiteBrowser();
  const stage = caseStage();
  const visited = { forms: new Set<Act>(), faults: new Set<Act>(), questions: new Set<Act>() };
  let open: Visit;

  beforeAll(async () => {
    await seedMeeting(stage.app, '2023-09-11');
    open = await stage.visitAs(browser, 'registrar');
  });
  afterAll(() => open.close());

  const isLeft = (act: Act): boolean =>
    !visited.forms.has(act) ||
    (canBeWrong(act) && !visited.faults.has(act)) ||
    (ASKED[act] !== undefined && !visited.questions.has(act));

  const pathOf = (id: string, act: Act): string => `/arenden/${id}/${slugOf(act)}`;
  const openForm = async (page: Page, id: string, act: Act): Promise<void> => {
    await page.goto(stage.app.url + pathOf(id, act));
  };

  const visitFaults = async (page: Page, id: string, act: Act): Promise<void> => {
    const path = pathOf(id, act);
    expect({ act, status: await send(page, path, 'wrong') }).toEqual({ act, status: 422 });
    expect(await page.locator('.ds-error-summary').count()).toBe(1);
    await expectGood(page, `handling-${act}-fel`);
    visited.faults.add(act);
    if (act !== 'correct') return;
    await openForm(page, id, act);
    expect(await send(page, path, { answerDue: '2035-01-31' })).toBe(422);
    expect(await page.getByRole('checkbox').count()).toBe(1);
    await expectGood(page, 'handling-correct-langt-fram');
  };

  const visitQuestion = async (page: Page, id: string, act: Act): Promise<void> => {
    const asked = ASKED[act];
    const chosen = CHOSEN[act];
    if (asked === undefined || (chosen !== undefined && (await page.locator(chosen).count()) === 0)) return;
    const version = (await stage.view(id)).version;
    const status = await send(page, pathOf(id, act), asked);
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

  const visitAct = async (page: Page, id: string, act: Act): Promise<void> => {
    await openForm(page, id, act);
    if (!visited.forms.has(act)) await expectGood(page, `handling-${act}`);
    visited.forms.add(act);
    if (canBeWrong(act) && !visited.faults.has(act)) {
      await visitFaults(page, id, act);
      await openForm(page, id, act);
    }
    if (!visited.questions.has(act)) await visitQuestion(page, id, act);
  };

  it.each([...STATES, ...MORE_STATES])('those of a case that is %s, as far as they are new', async (_name, make) => {
    const id = await make(stage);
    const { page, complaints } = open;
    for (const who of PEOPLE) {
      const { acts } = (await stage.view(id, who)) as { acts: readonly Act[] };
      const left = acts.filter(isLeft);
      if (left.length > 0) await stage.signIn(page, who);
      for (const act of left) await visitAct(page, id, act);
    }
    expect(complaints.filter((text) => !/\b422\b/.test(text))).toEqual([]);
  });

  it('leaves no form, no fault and no question out', () => {
    const all = [...ACTS].sort();
    expect([...visited.forms].sort()).toEqual(all);
    expect([...visited.faults].sort()).toEqual(all.filter(canBeWrong));
    expect([...visited.questions].sort()).toEqual(Object.keys(ASKED).sort());
    expect(all.filter((act) => formOf(act)?.confirm !== undefined && ASKED[act] === undefined)).toEqual([]);
  });
});
