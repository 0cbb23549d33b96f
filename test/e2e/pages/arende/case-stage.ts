import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { StartSession } from '../../../../src/features/accounts/start-session.js';
import { instantAt } from '../../../../src/domain/calendar/stockholm-time.js';
import { localDate } from '../../../../src/domain/calendar/local-date.js';
import { UnitOfWork } from '../../../../src/platform/database/unit-of-work.js';
import type { TestApp } from '../../../support/app.js';
import { visit, type Visit, type Windows } from '../../../support/browser.js';
import {
  seedDepartment,
  seedModelBoard,
  seedPerson,
  type ModelBoard,
  type SeededPerson,
} from '../../../support/seed.js';
import { SettableClock } from '../../../support/settable-clock.js';
import { PlainBrowser, startPagesApp, type PageAnswer } from '../../sign-in/pages-app.js';

export type Who = keyof ModelBoard;

const COOKIE = 'diarium-session';

/** The model board with its people, an app that serves pages, and a clock. Acts are done over the API or by pages. */
export class CaseStage {
  readonly clock = new SettableClock('2023-09-11T08:41:00.000Z');
  private begun: { readonly app: TestApp; readonly people: ModelBoard } | null = null;

  async begin(): Promise<void> {
    const app = await startPagesApp({ clock: this.clock, process: 'web' });
    this.begun = { app, people: await seedModelBoard(app) };
  }

  close(): Promise<void> {
    return this.app.close();
  }

  get app(): TestApp {
    return this.there.app;
  }

  get people(): ModelBoard {
    return this.there.people;
  }

  private get there() {
    if (this.begun === null) throw new Error('the stage has not begun');
    return this.begun;
  }

  /** Noon of a day, in Sweden. */
  noonOf(day: string): void {
    this.clock.set(instantAt(localDate(day), '12:00').toISOString());
  }

  /** Registers the model remiss over the API, with what is different this time. */
  async register(more: object = {}): Promise<string> {
    const body = {
      board: 'EÅV',
      title: 'Remiss av Stockholms stads trygghetsprogram 2024–2027',
      sender: 'Kommunstyrelsen',
      senderReference: `KS 2023/${Math.floor(Math.random() * 1e9)}`,
      receivedOn: '2023-09-11',
      answerDue: '2023-10-27',
      department: 'HR',
      ...more,
    };
    const answer = await this.app.post('/api/v1/referrals', body, { token: this.people.registrar.token });
    expect({ status: answer.status, why: answer.body.detail }).toEqual({ status: 201, why: undefined });
    return answer.body.id;
  }

  /** The model remiss as it stands at noon of its day, with its officer. */
  assigned(): Promise<string> {
    this.noonOf('2023-09-11');
    return this.register({ officer: this.people.officer.email });
  }

  async act(id: string, who: Who, path: string, body: object = {}): Promise<void> {
    const answer = await this.app.post(`/api/v1/referrals/${id}/${path}`, body, { token: this.people[who].token });
    expect({ path, status: answer.status, why: answer.body.detail }).toEqual({ path, status: 200, why: undefined });
  }

  async correct(id: string, body: object, who: Who = 'registrar'): Promise<void> {
    const version = (await this.view(id)).version;
    const options = { token: this.people[who].token, headers: { 'If-Match': `"${version}"` } };
    const answer = await this.app.patch(`/api/v1/referrals/${id}`, body, options);
    expect({ status: answer.status, why: answer.body.detail }).toEqual({ status: 200, why: undefined });
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async view(id: string, who: Who = 'registrar'): Promise<any> {
    return (await this.app.get(`/api/v1/referrals/${id}`, { token: this.people[who].token })).body;
  }

  /** Other people than those of the model board. */
  async person(name: string, seed: Partial<Parameters<typeof seedPerson>[1]> = {}): Promise<SeededPerson> {
    const email = `${name.toLowerCase().replace(/\W+/g, '.')}@example.se`;
    return seedPerson(this.app, { email, name, ...seed });
  }

  /** A department with a manager of its own. */
  department(code: string, name: string, managerId: string): Promise<void> {
    return seedDepartment(this.app, { code, name, managerId });
  }

  private async session(who: Who | SeededPerson): Promise<string> {
    const { id } = typeof who === 'string' ? this.people[who] : who;
    const start = this.app.provider(StartSession);
    return this.app
      .provider(UnitOfWork)
      .run((tx) => start.inTransaction(tx, id, 'password', { userAgent: 'test', replaced: null }));
  }

  /** A browser window of someone who is signed in. */
  async visitAs(browser: Windows, who: Who | SeededPerson, options: Parameters<typeof visit>[1] = {}): Promise<Visit> {
    const opened = await visit(browser, options);
    await this.signIn(opened.page, who);
    return opened;
  }

  /** Has the window be someone else's from now on. */
  async signIn(page: Page, who: Who | SeededPerson): Promise<void> {
    const url = this.app.url;
    await page.context().addCookies([{ name: COOKIE, value: await this.session(who), url, httpOnly: true }]);
  }

  /** The same without a browser. */
  async plainAs(who: Who | SeededPerson): Promise<PlainBrowser> {
    const browser = new PlainBrowser(this.app);
    browser.cookies.set(COOKIE, await this.session(who));
    return browser;
  }

  /** Opens the form of an act and sends it, as it was at a version of the case: without one, as the case is now. */
  async send(who: Who | PlainBrowser, id: string, slug: string, fields: object, version?: number): Promise<PageAnswer> {
    const browser = who instanceof PlainBrowser ? who : await this.plainAs(who);
    const at = `/arenden/${id}/${slug}`;
    await browser.get(at);
    return browser.post(at, { version: String(version ?? (await this.view(id)).version), ...fields });
  }
}

/** One stage for all tests of a file or a suite. */
export function caseStage(): CaseStage {
  const stage = new CaseStage();
  beforeAll(() => stage.begin());
  afterAll(() => stage.close());
  return stage;
}

/** The address of the page, as far as it tells which. */
export const pathOf = (page: Page): string => new URL(page.url()).pathname;
