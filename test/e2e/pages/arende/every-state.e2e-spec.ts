import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser, suiteBrowser, type Visit } from '../../../support/browser.js';
import { seedMeeting } from '../../../support/seed.js';
import { expectGood } from '../lista/page-visits.js';
import { caseStage, type Who } from './case-stage.js';
import { MORE_STATES, STATES } from './case-states.js';

const PEOPLE = ['registrar', 'secretary', 'manager', 'officer', 'director', 'reader'] as const satisfies readonly Who[];

describeInBrowser('The page of a case in every state, for each who can do something else in it', () => {
  const browser = suiteBrowser();
  const stage = caseStage();
  let open: Visit;
  /** What can be done on the pages visited: others than the registrar are visited where they can do something else. */
  const seen = new Set<string>();

  beforeAll(async () => {
    await seedMeeting(stage.app, '2023-09-11');
    open = await stage.visitAs(browser, 'registrar');
  });
  afterAll(() => open.close());

  it.each([...STATES, ...MORE_STATES])('a case that is %s', async (name, make) => {
    const id = await make(stage);
    const { page, complaints } = open;
    for (const who of PEOPLE) {
      const acts = ((await stage.view(id, who)) as { acts: readonly string[] }).acts.join();
      if (who !== 'registrar' && seen.has(acts)) continue;
      seen.add(acts);
      await stage.signIn(page, who);
      await page.goto(`${stage.app.url}/arenden/${id}`);
      await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
      await expectGood(page, `arende-${name} ${who}`);
    }
    expect(complaints).toEqual([]);
  });
});
