import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { BrowserContextOptions } from 'playwright-core';
import type { TestApp } from '../../support/app.js';
import { suiteBrowser, visit, type Visit, type Windows } from '../../support/browser.js';
import { seedModelBoard, type ModelBoard } from '../../support/seed.js';
import type { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';
import { seedPassword, startPagesApp } from '../sign-in/pages-app.js';

// Each file of tests has this module to itself, so what is on stage can be imported by its own name.

/** The app of the suite, with the model board. */
export let app: TestApp;
export let people: ModelBoard;
/** Where its mail goes. */
export let sink: SmtpSink;
let browser: Windows;
/** The window of the test, with nobody signed in. */
export let open: Visit;

/** Sets the stage for all tests of a suite in a browser: once, but for a window each. All people can sign in. */
export function setStage(clock?: SettableClock): void {
  browser = suiteBrowser();
  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startPagesApp({ smtpUrl: sink.url, ...(clock ? { clock } : {}) });
    people = await seedModelBoard(app);
    await seedPassword(app, ...Object.values(people));
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });
  beforeEach(async () => {
    open = await visit(browser);
  });
  afterEach(() => open.close());
}

/** Opens another window, in which the test goes on. */
export async function openAnother(options: BrowserContextOptions = {}): Promise<void> {
  open = await visit(browser, options);
}

/** The same, and closes the one before. */
export async function reopen(options: BrowserContextOptions = {}): Promise<void> {
  await open.close();
  await openAnother(options);
}
