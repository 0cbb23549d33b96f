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

/** A case and somebody, with what they can do. */
interface Place {
  readonly id: string;
  readonly who: Who;
  readonly acts: readonly Act[];
}

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
  'lift-secrecy': {},
};

/** Acts that are sent by their button alone, in which nothing can be wrong. */
const NOTHING_TO_FILL_IN = [
  'confirm-adjustment',
  'decide-adjustment',
  'close',
  'lift-secrecy',
] as const satisfies readonly Act[];

/** A choice that a question is about, which only some states of a case offer. */
const CHOSEN: Partial<Record<Act, string>> = {
  'choose-meeting': '[name=meeting][value="2023-11-23"]',
  'correct-record': '[name=record][value=decision]',
};

describeInBrowser('The form of every act, with its faults and its question', () => {
  const browser = suiteBrowser();
  const stage = caseStage();
  const states = [...STATES, ...MORE_STATES];
  /** One case in each state as far as they have been needed: nothing is done to them here. */
  const made: Place[][] = [];
  let open: Visit;

  beforeAll(async () => {
    await seedMeeting(stage.app, '2023-09-11');
    open = await stage.visitAs(browser, 'registrar');
  });
  afterAll(() => open.close());

  const placesIn = async (make: (typeof states)[number][1]): Promise<Place[]> => {
    const id = await make(stage);
    const places: Place[] = [];
    for (const who of PEOPLE) places.push({ id, who, acts: (await stage.view(id, who)).acts });
    return places;
  };
  /** The cases and the people that an act is for, in the order of the states. */
  async function* placesOf(act: Act): AsyncGenerator<Place, undefined> {
    for (const [n, [, make]] of states.entries()) {
      made[n] ??= await placesIn(make);
      const found = made[n].find(({ acts }) => acts.includes(act));
      if (found !== undefined) yield found;
    }
    return undefined;
  }

  const pathOf = (id: string, act: Act): string => `/arenden/${id}/${slugOf(act)}`;
  const openForm = async ({ id, who }: Place, act: Act): Promise<Page> => {
    await stage.signIn(open.page, who);
    await open.page.goto(stage.app.url + pathOf(id, act));
    return open.page;
  };

  const visitFaults = async (place: Place, act: Act): Promise<void> => {
    const page = await openForm(place, act);
    const path = pathOf(place.id, act);
    expect(await send(page, path, 'wrong')).toBe(422);
    expect(await page.locator('.ds-error-summary').count()).toBe(1);
    await expectGood(page, `handling-${act}-fel`);
    if (act !== 'correct') return;
    await openForm(place, act);
    expect(await send(page, path, { answerDue: '2035-01-31' })).toBe(422);
    expect(await page.getByRole('checkbox').count()).toBe(1);
    await expectGood(page, 'handling-correct-langt-fram');
  };

  const visitQuestion = async (act: Act, asked: Readonly<Record<string, string>>): Promise<void> => {
    for await (const place of placesOf(act)) {
      const page = await openForm(place, act);
      const chosen = CHOSEN[act];
      if (chosen !== undefined && (await page.locator(chosen).count()) === 0) continue;
      const { version } = await stage.view(place.id);
      const status = await send(page, pathOf(place.id, act), asked);
      const said = await page.locator('.ds-error-summary').allTextContents();
      expect({ status, said }).toEqual({ status: 200, said: [] });
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/\?$/);
      expect((await stage.view(place.id)).version).toBe(version);
      return expectGood(page, `handling-${act}-fraga`);
    }
    throw new Error(`no case is asked about ${act}`);
  };

  it.each(ACTS)('%s', async (act) => {
    const { value: place } = await placesOf(act).next();
    if (place === undefined) throw new Error(`nobody can do ${act} in any state`);
    await expectGood(await openForm(place, act), `handling-${act}`);
    if (!NOTHING_TO_FILL_IN.some((one) => one === act)) await visitFaults(place, act);
    const asked = ASKED[act];
    if (asked !== undefined) await visitQuestion(act, asked);
    expect(open.complaints.filter((text) => !/\b422\b/.test(text))).toEqual([]);
  });

  it('leaves no question out', () => {
    expect(ACTS.filter((act) => formOf(act)?.confirm !== undefined && ASKED[act] === undefined)).toEqual([]);
  });
});
