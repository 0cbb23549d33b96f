import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { testEngine } from './engine.js';
import { skipped } from './skipped.js';

/** Chromium without windows first: the same engine, at two thirds of the work. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
// Nothing is drawn by a graphics card, and a process for it that draws in software takes a third of the time.
const ARGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--in-process-gpu', '--disable-software-rasterizer', '--disable-quic',
  '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]; // prettier-ignore

export const WIDE = { width: 1400, height: 900 };
export const NARROW = { width: 390, height: 844 };
/** Where no page may need to be scrolled sideways (WCAG 1.4.10). */
export const NARROWEST = { width: 320, height: 640 };

const chromiumPath = PLACES.find((path) => existsSync(path));

/** A suite in a real browser: skipped, saying so, where there is none, but never in CI. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (chromiumPath !== undefined || process.env['CI']) return void describe(name, tests);
  skipped({ program: 'Chromium', kind: 'suites in a browser', title: name });
  describe.skip(name, tests);
}

/** @throws Error when there is no Chromium, which under CI is a fault */
export async function startBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error(`no Chromium at ${PLACES.join(', ')}`);
  return chromium.launch({ executablePath: chromiumPath, args: ARGS, chromiumSandbox: false });
}

/** What opens windows. */
export type Windows = Pick<Browser, 'newContext'>;

/** One browser for all tests of a suite. */
export function suiteBrowser(): Windows {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());
  return { newContext: (options) => browser.newContext(options) };
}

export interface Visit {
  readonly page: Page;
  /** What the page's console and the network complained of. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A browser window with cookies of its own. */
export async function visit(browser: Windows, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: WIDE, locale: 'sv-SE', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints, close: () => context.close() };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Of what passes no nodes are told: gathering them, and sending them here, takes longer than all the rules.
  resultTypes: ['violations'],
};
const FIND = `axe.run(document, ${JSON.stringify(OPTIONS)}).then(({ violations }) =>
  violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ html, failureSummary = '' }) => html + ' ' + failureSummary),
  })),
)`;

/** The engine changes what a page tells and not how it is marked up, so looks are looked at in the first pass alone. */
const LOOKS_ARE_SEEN = testEngine() === 'sqlite';

/** Expects axe-core to find nothing on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  if (!LOOKS_ARE_SEEN) return;
  await page.evaluate(axe);
  const found: unknown = await page.evaluate(FIND);
  expect({ address: new URL(page.url()).pathname, found }).toEqual({
    address: new URL(page.url()).pathname,
    found: [],
  });
}

/** Expects that nothing has to be scrolled sideways at 320 pixels. */
export async function expectReflow(page: Page): Promise<void> {
  if (!LOOKS_ARE_SEEN) return;
  const before = page.viewportSize() ?? WIDE;
  await page.setViewportSize(NARROWEST);
  const over = await page.evaluate(`new Promise((resolve) => {
    const measure = () => resolve(document.documentElement.scrollWidth - document.documentElement.clientWidth);
    requestAnimationFrame(() => requestAnimationFrame(measure));
  })`);
  await page.setViewportSize(before);
  expect({ address: new URL(page.url()).pathname, over }).toEqual({ address: new URL(page.url()).pathname, over: 0 });
}

/** Pictures to look at, when `SCREENSHOTS` names a folder for them. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined || folder === '') return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize() ?? WIDE;
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `${folder}/${name}-${size.width}.png` });
  }
  await page.setViewportSize(before);
}
