import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { passwordLinkMail } from '../../../src/features/accounts/views/password-link-mail.js';
import { MorningJobs } from '../../../src/features/reminders/morning.jobs.js';
import { Sweep } from '../../../src/features/reminders/sweep.js';
import { undeliverableMail } from '../../../src/features/reminders/templates/undeliverable.js';
import { startApp, type TestApp } from '../../support/app.js';
import { describeInBrowser, NARROWEST, picture, suiteBrowser, visit } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { MODEL_REMISS, seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';

const LONG = 'Å'.repeat(480);
const HEAPED = `Remiss${'\u0301\u20dd'.repeat(200)}`;
const TITLES = [
  LONG,
  `\u200fענוןן ${'ש'.repeat(200)}\u200f om ett`,
  `${'🦊🏳️‍🌈'.repeat(40)}`,
  `<script>document.title="knäckt"</script>${'&lt;'.repeat(60)}`,
  HEAPED,
];

/** Words are broken, and nothing of them is cut off. What is heaped on one letter cannot be broken. */
const CUT_OFF = `[...document.querySelectorAll('main *')]
  .filter((one) => !one.textContent.includes('\u20dd') && one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.textContent.slice(0, 40))`;

const linkMail = (why: 'asked' | 'invited' | 'reopened' | 'moved' | 'sent-again') =>
  passwordLinkMail({
    why,
    name: LONG,
    by: { name: LONG, email: `${'a'.repeat(200)}@example.se` },
    places: [{ board: 'EÅV', name: LONG, roles: ['officer', 'manager'] }],
    url: `https://diarium.example.se/losenord/${'x'.repeat(300)}`,
    expiresAt: '2023-09-12T08:41:00.000Z',
    baseUrl: 'https://diarium.example.se',
  });

describeInBrowser('Mails on a narrow screen', () => {
  const browser = suiteBrowser();
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let sink: SmtpSink;
  let people: ModelBoard;

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startApp({ clock, smtpUrl: sink.url, process: 'all', env: { MORNING_REPORT: 'on' } });
    people = await seedModelBoard(app);
    for (const title of TITLES) {
      const sender = title === HEAPED ? 'Kommunstyrelsen' : title.slice(0, 190);
      const body = { ...MODEL_REMISS, officer: people.officer.email, title, sender, senderReference: null };
      const { status, body: problem } = await app.post('/api/v1/referrals', body, { token: people.registrar.token });
      expect({ title, status, why: problem.detail }).toEqual({ title, status: 201, why: undefined });
    }
    const moved = `/api/v1/boards/${encodeURIComponent('EÅV')}/meetings/2023-10-26`;
    const to = { date: '2023-10-25', place: 'P'.repeat(190) };
    expect((await app.put(moved, to, { token: people.secretary.token })).status).toBe(200);
    for (const at of ['2023-09-11T10:00:00.000Z', '2023-10-04T05:31:00.000Z']) {
      clock.set(at);
      await app.provider(Sweep).runOnce();
      await app.provider(MorningJobs).look();
    }
    await app.provider(Sweep).runOnce();
  });
  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  /** What a mail is wider than the screen by, what in it is cut off, and what scripts it has. */
  async function seenOf(page: Page, html: string, name: string) {
    await page.setContent(html);
    const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    const cut = await page.evaluate(CUT_OFF);
    const scripts = await page.locator('script').count();
    const title = await page.title();
    await picture(page, name);
    return { over, cut, scripts, isRun: title === 'knäckt' };
  }

  it('are no wider than it, and run nothing, whatever a title holds', async () => {
    const seen = (): string[] => sink.mails.map(({ subject }) => subject);
    for (const kind of [/svar senast/, /är flyttat till/, /^Påminnelser i morse/]) {
      await eventually(`a mail of the kind ${kind}`, () => seen().some((subject) => kind.test(subject)));
    }
    const undelivered = {
      toName: LONG,
      toEmail: `${'b'.repeat(200)}@example.se`,
      error: '5'.repeat(300),
      cases: [{ referralId: 'r', diarienummer: 'EÅV 2023/1' }],
    };
    const baseUrl = 'https://diarium.example.se';
    const mails = [
      ...sink.mails,
      ...(['asked', 'invited', 'reopened', 'moved', 'sent-again'] as const).map(linkMail),
      undeliverableMail({ toName: LONG, undelivered: [undelivered], baseUrl }),
    ];
    expect(mails.some(({ html }) => html.includes(LONG))).toBe(true);
    const { page, close } = await visit(browser, { viewport: NARROWEST });
    for (const [index, { subject, html }] of mails.entries()) {
      const seen = await seenOf(page, html, `mejl-${index}`);
      expect({ subject, ...seen }).toEqual({ subject, over: 0, cut: [], scripts: 0, isRun: false });
    }
    await close();
  });
});
