import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { TestApp } from '../../../support/app.js';
import { expectAccessible, expectReflow, picture } from '../../../support/browser.js';
import type { SeededPerson } from '../../../support/seed.js';
import { PASSWORD } from '../../sign-in/pages-app.js';

/** Items whose number or bullet is cut off: it stands outside of the item, within what the list leaves free for it. */
const CUT_MARKERS = `[...document.querySelectorAll('main li')].filter((item) => {
  const { display, listStyleType, overflowX } = getComputedStyle(item);
  const room = parseFloat(getComputedStyle(item.parentElement).paddingInlineStart);
  return display === 'list-item' && listStyleType !== 'none' && (overflowX !== 'visible' || room < 12);
}).map((item) => item.textContent)`;

/** What holds for every page in every state: nothing to complain of, by people or by the browser. */
export async function expectGood(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await expectReflow(page);
  expect(await page.evaluate(CUT_MARKERS)).toEqual([]);
  expect(await page.content()).not.toMatch(/ style="[^"]| on[a-z]+="/);
  await picture(page, name);
}

/** Signs in and goes to a page. */
export async function enter(
  page: Page,
  app: TestApp,
  { email }: Pick<SeededPerson, 'email'>,
  path: string,
): Promise<void> {
  await page.goto(app.url + path);
  await page.getByLabel('E-postadress', { exact: true }).fill(email);
  await page.getByLabel('Lösenord', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Logga in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/logga-in');
}

/** The text of a page as a person reads it, without its markup. */
export const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

export const HOSTILE = [
  '<script>document.title="knäckt"</script><img src=x onerror=alert(1)>',
  'x'.repeat(1000),
  '\u200fعنوان\u200f om ett \u2067inte'.replace('\u2067', '') + ' 🦊🏳️‍🌈 e\u0301',
  '"><b>fet</b>',
] as const;
