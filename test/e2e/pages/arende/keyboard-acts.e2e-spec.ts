import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ACTS, type Act } from '../../../../src/domain/referral/lifecycle.js';
import { receiptOf, slugOf } from '../../../../src/features/pages/arende/acts/act-forms.js';
import { describeInBrowser, suiteBrowser, type Visit } from '../../../support/browser.js';
import { seedMeeting } from '../../../support/seed.js';
import { caseStage, type Who } from './case-stage.js';
import { MORE_STATES, STATES } from './case-states.js';
import { arriving, MOST_STOPS, tabTo } from './hands.js';

const PEOPLE = ['registrar', 'secretary', 'manager', 'officer', 'director'] as const satisfies readonly Who[];

/** What is typed or chosen in each form, by the names of its fields; of a list, how the choice begins. */
const TYPED: Partial<Record<Act, Readonly<Record<string, string>>>> = {
  correct: { title: 'Remiss om tryggheten' },
  'correct-record': { record: 'decision', paragraph: '§ 11', reason: 'Fel paragraf' },
  'take-back-record': { reason: 'Fel ärende' },
  assign: { officer: 'Hanna' },
  'choose-meeting': { meeting: '2023-11-23' },
  'choose-route': { route: 'chair', reason: 'Nämnden kan inte inväntas' },
  'request-extension': { until: '2035-01-31' },
  'answer-extension': { answer: 'refused' },
  'decline-adjustment': { way: 'chair', reason: 'Nämnden kan inte inväntas' },
  'record-decision': { outcome: 'adopted' },
  'send-answer': { how: 'e-post' },
  reopen: { reason: 'Avsändaren vill ha ett förtydligande' },
  cancel: { reason: 'Dubblett' },
  'mark-secret': { provision: 'OSL 21 kap. 7 §' },
  'change-secrecy': { provision: 'OSL 21 kap. 1 §' },
};

/** The state that an act is done in, where the first that allows it has not what is chosen above. */
const IN: Partial<Record<Act, string>> = { 'correct-record': 'decided' };

interface Stop {
  /** Where a link leads. */
  readonly path: string | null;
  /** Where its form is sent to. */
  readonly action: string | null;
  readonly unfoldsActs: boolean;
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** What has the focus. */
const STOP = `(() => {
  const one = document.activeElement;
  return {
    path: one.tagName === 'A' ? one.pathname : null,
    action: one.closest('form')?.getAttribute('action') ?? null,
    unfoldsActs: one.tagName === 'SUMMARY' && one.parentElement.matches('.more-acts:not([open])'),
    name: one.name ?? '', type: one.type ?? '', value: one.value ?? '',
  };
})()`;

const stopAt = (page: Page): Promise<Stop> => page.evaluate(STOP);
const enter = (page: Page): Promise<void> => arriving(page, () => page.keyboard.press('Enter'));

/** Past the menu, as those who hear the page go. */
async function skip(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}

async function fillIn(page: Page, { name, type, value }: Stop, wanted: string | undefined): Promise<void> {
  if (wanted === undefined) return;
  if (type === 'radio') {
    for (let n = 0, at = value; at !== wanted; n += 1) {
      if (n === MOST_STOPS) throw new Error(`${wanted} cannot be chosen`);
      await page.keyboard.press('ArrowDown');
      at = (await stopAt(page)).value;
    }
    return page.keyboard.press('Space');
  }
  if (!type.startsWith('select')) await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(wanted);
  if (name === '') throw new Error('a field without a name');
}

/** From the top of the case to the form of an act, in the page or on one of its own; fills it in and sends it. */
async function doAct(page: Page, path: string, typed: Readonly<Record<string, string>>): Promise<void> {
  await skip(page);
  for (let n = 0; n < MOST_STOPS; n += 1) {
    await page.keyboard.press('Tab');
    const stop = await stopAt(page);
    if (stop.unfoldsActs) {
      await page.keyboard.press('Enter');
    } else if (stop.path === path) {
      await enter(page);
      await skip(page);
    } else if (stop.action === path && stop.type === 'submit') {
      return enter(page);
    } else if (stop.action === path) {
      await fillIn(page, stop, typed[stop.name]);
    }
  }
  throw new Error(`no form to ${path} can be reached`);
}

describeInBrowser('Every act of a case, by keyboard alone', () => {
  const browser = suiteBrowser();
  const stage = caseStage();
  const states = [...STATES, ...MORE_STATES];
  /** Who can do what in each state, as far as it has been asked. */
  const known: { readonly who: Who; readonly acts: readonly Act[] }[][] = [];
  const done = new Set<Act>();
  let open: Visit;

  beforeAll(async () => {
    await seedMeeting(stage.app, '2023-09-11');
    open = await stage.visitAs(browser, 'registrar');
    open.page.setDefaultTimeout(15_000);
  });
  afterAll(() => open.close());

  const abilities = async (make: (typeof states)[number][1]) => {
    const id = await make(stage);
    const found = [];
    for (const who of PEOPLE) found.push({ who, acts: (await stage.view(id, who)).acts });
    return found;
  };

  /** A case of its own, and somebody who can do the act in it. */
  async function caseFor(act: Act): Promise<{ readonly id: string; readonly who: Who }> {
    for (const [n, [name, make]] of states.entries()) {
      if (IN[act] !== undefined && IN[act] !== name) continue;
      known[n] ??= await abilities(make);
      const able = known[n].find(({ acts }) => acts.includes(act));
      if (able !== undefined) return { id: await make(stage), who: able.who };
    }
    throw new Error(`nobody can do ${act} in any state`);
  }

  it.each(ACTS)('%s', async (act) => {
    const { page } = open;
    const { id, who } = await caseFor(act);
    const { version } = await stage.view(id);
    await stage.signIn(page, who);
    await page.goto(`${stage.app.url}/arenden/${id}`);
    await doAct(page, `/arenden/${id}/${slugOf(act)}`, TYPED[act] ?? {});
    expect(await page.locator('.ds-error-summary').allTextContents()).toEqual([]);
    if ((await page.getByRole('button', { name: /^Ja, / }).count()) > 0) {
      await tabTo(page, (name) => name.startsWith('Ja, '), 'Ja, …');
      await enter(page);
    }
    expect(await page.getByRole('status').allTextContents()).toEqual([receiptOf(slugOf(act))]);
    expect((await stage.view(id)).version).toBeGreaterThan(version);
    done.add(act);
  });

  it('leaves no act out', () => {
    expect([...done]).toEqual([...ACTS]);
    expect(open.complaints).toEqual([]);
  });
});
