import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CreatePasswordLink } from '../../../src/features/accounts/create-password-link.js';
import { SYSTEM } from '../../../src/features/people/actor.js';
import { describeInBrowser } from '../../support/browser.js';
import { seedMeeting, seedPerson, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';
import { seedPassword } from '../sign-in/pages-app.js';
import { app, open, people, reopen, setStage } from './browser-stage.js';
import { enter } from './lista/page-visits.js';

/** What moves, or would move, on the page as it stands: how many milliseconds at the most. */
const LONGEST_MOTION = `(() => {
  const inMs = (text) => Math.max(...text.split(',').map((one) => parseFloat(one) * (one.trim().endsWith('ms') ? 1 : 1000)));
  let longest = 0;
  let smooth = 0;
  for (const element of document.querySelectorAll('*')) {
    for (const part of [null, '::before', '::after', '::details-content']) {
      const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(element, part);
      longest = Math.max(longest, inMs(transitionDuration), animationName === 'none' ? 0 : inMs(animationDuration));
      if (scrollBehavior === 'smooth') smooth += 1;
    }
  }
  return { longest, smooth };
})()`;

/** Text that is cut off at the side by what holds it, as far as it is shown at all. */
const CUT_TEXT = `(() => {
  const found = [];
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.data.trim() === '' || text.parentElement.closest('.ds-sr-only, svg, select, textarea') !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    // What is there for the ear alone is one pixel wide.
    let heard = false;
    for (let one = text.parentElement; one.tagName !== 'MAIN'; one = one.parentElement) heard ||= one.offsetWidth <= 1 && getComputedStyle(one).position === 'absolute';
    if (heard) continue;
    for (let holder = text.parentElement; holder.tagName !== 'MAIN'; holder = holder.parentElement) {
      if (!['hidden', 'clip'].includes(getComputedStyle(holder).overflowX)) continue;
      const { left, right } = holder.getBoundingClientRect();
      const isCut = [...range.getClientRects()].some((one) => one.width > 1 && (one.right > right + 1 || one.left < left - 1));
      if (isCut) found.push(holder.className + ' ' + holder.tagName + ': ' + text.data.trim().slice(0, 40));
    }
  }
  return found;
})()`;

/** Text of twice the size has room for all of its words from here on; below it nothing may have to be scrolled sideways. */
const WHOLE_FROM = 768;
const WIDTHS = [320, 768, 1400] as const;
/** As browsers have it, and twice that. */
const USUAL = 16;
const LARGE = 32;

/** Sets the size of text that the browser itself starts from: what `rem` means in styles and in their breakpoints. */
async function textSize(page: Page, standard: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard, fixed: standard } });
}

describeInBrowser('Whoever needs', () => {
  setStage(new SettableClock('2023-09-11T08:41:00.000Z'));
  let id: string;
  let meeting: string;
  let passwordLink: string;
  /** Whoever registers and administers sees all of these pages. */
  let ada: SeededPerson;

  beforeAll(async () => {
    const roles = { EÅV: ['registrar', 'admin'] } as const;
    ada = await seedPerson(app, { email: 'ada.admin@example.se', name: 'Ada Admin', roles });
    await seedPassword(app, ada);
    const { url } = await app.provider(CreatePasswordLink).execute(SYSTEM, people.reader.email);
    passwordLink = new URL(url).pathname;
    meeting = `/sammantraden/${await seedMeeting(app, '2023-12-14')}`;
    const body = {
      board: 'EÅV', title: 'Remiss av Stockholms stads trygghetsprogram 2024–2027', sender: 'Kommunstyrelsen',
      receivedOn: '2023-09-11', answerDue: '2023-10-27', officer: people.officer.email,
    }; // prettier-ignore
    const answer = await app.post('/api/v1/referrals', body, { token: people.registrar.token });
    expect(answer.status).toBe(201);
    id = answer.body.id;
  });

  const motion = (): Promise<{ longest: number; smooth: number }> => open.page.evaluate(LONGEST_MOTION);
  /** Before anyone has signed in. */
  const publicPages = (): readonly string[] => ['/logga-in', '/losenord', passwordLink];
  const pages = (): readonly string[] => [
    '/bevakning?visa=namnden', '/arenden', `/arenden/${id}`, `/arenden/${id}/andra`, `/arenden/${id}/fordela`,
    `/arenden/${id}/sammantrade`, `/arenden/${id}/beslutsvag`, `/arenden/${id}/anstand`, '/registrera',
    `/registrera/kvitto/${id}`, '/sammantraden', meeting, '/paminnelser', '/medarbetare', '/avdelningar', '/overlamna',
    '/franvaro', '/konto',
  ]; // prettier-ignore

  const go = async (path: string): Promise<void> => {
    const answer = await open.page.goto(app.url + path);
    expect({ path, status: answer?.status(), at: new URL(open.page.url()).pathname }).toEqual({
      path,
      status: 200,
      at: path.replace(/\?.*/, ''),
    });
  };
  const expectStill = async (path: string): Promise<void> => {
    await go(path);
    const { longest, smooth } = await motion();
    expect({ path, moves: longest > 0.01 || smooth > 0 }).toEqual({ path, moves: false });
  };
  /** At each width, in text of the size that is set. */
  const expectWhole = async (paths: readonly string[]): Promise<void> => {
    const { page } = open;
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of paths) {
        await go(path);
        await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
        const over =
          await page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() =>
          resolve(document.documentElement.scrollWidth - document.documentElement.clientWidth))))`);
        expect({ path, width, over }).toEqual({ path, width, over: 0 });
        const cut = width < WHOLE_FROM ? [] : await page.evaluate(CUT_TEXT);
        expect({ path, width, cut }).toEqual({ path, width, cut: [] });
      }
    }
  };

  it('no motion gets none', async () => {
    for (const reducedMotion of ['no-preference', 'reduce'] as const) {
      await reopen({ reducedMotion });
      for (const path of publicPages()) await expectStill(path);
      await enter(open.page, app, ada, '/konto');
      for (const path of pages()) await expectStill(path);
      // Nothing of ours moves as yet. What will is held still for those who ask for that, and for nobody else.
      await open.page.evaluate(`{
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('.panel { transition: opacity 2s } .panel::before { animation: x 2s } html { scroll-behavior: smooth }');
        document.adoptedStyleSheets = [sheet];
      }`);
      const { longest, smooth } = await motion();
      const still = reducedMotion === 'reduce';
      expect({ reducedMotion, longest, smooth }).toEqual({
        reducedMotion,
        longest: still ? 0.01 : 2000,
        smooth: still ? 0 : 1,
      });
    }
  });

  it('text of twice the size gets it whole, at every width', async () => {
    const { page } = open;
    await enter(page, app, ada, '/konto');
    const heading = 'parseFloat(getComputedStyle(document.querySelector("h1")).fontSize)';
    const before = Number(await page.evaluate(heading));
    await textSize(page, LARGE);
    await page.reload();
    expect(Number(await page.evaluate(heading))).toBeGreaterThan(before * 1.8);
    await expectWhole(pages());
    await page.context().clearCookies();
    await expectWhole(publicPages());
    await textSize(page, USUAL);
  });
});
