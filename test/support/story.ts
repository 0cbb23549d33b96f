import { expect } from '@jest/globals';
import { addDays, localDate, type LocalDate } from '../../src/domain/calendar/local-date.js';
import { instantAt } from '../../src/domain/calendar/stockholm-time.js';
import { ReconcileLedger } from '../../src/features/reminders/reconcile-ledger.js';
import { Sweep } from '../../src/features/reminders/sweep.js';
import { row } from '../../src/platform/database/sql.js';
import { ReadDatabase } from '../../src/platform/database/read-database.js';
import { startApp, type TestApp } from './app.js';
import type { Engine } from './engine.js';
import { eventually } from './eventually.js';
import { MODEL_REMISS, seedModelBoard, type ModelBoard, type SeededPerson } from './seed.js';
import { SettableClock } from './settable-clock.js';
import { startSmtpSink, type SmtpSink } from './smtp-sink.js';

/** Something that someone does on a day, at noon. */
export type Deed = (story: Story) => Promise<unknown>;

/** One case walked day by day on a board of its own, with a real mail server. */
export class Story {
  /** Mails by day, as `addressee: subject`. */
  readonly mails: Record<string, string[]> = {};
  id = '';

  private constructor(
    readonly app: TestApp,
    readonly people: ModelBoard,
    readonly sink: SmtpSink,
    readonly clock: SettableClock,
  ) {}

  /** @param engine on PostgreSQL with Bull on a Redis of its own, on SQLite with the queue in the process */
  static async begin(engine: Engine = 'sqlite'): Promise<Story> {
    const clock = new SettableClock('2023-09-11T08:41:00.000Z');
    const sink = await startSmtpSink();
    const app = await startApp({
      clock,
      engine,
      queue: engine === 'postgres' ? 'bull' : 'embedded',
      smtpUrl: sink.url,
      process: 'all',
    });
    return new Story(app, await seedModelBoard(app), sink, clock);
  }

  async end(): Promise<void> {
    await this.app.close();
    await this.sink.stop();
  }

  as(who: keyof ModelBoard | SeededPerson): { token: string } {
    return { token: typeof who === 'string' ? this.people[who].token : who.token };
  }

  /** Registers the model remiss, with what is different this time. */
  async register(more: object = {}): Promise<void> {
    const body = { ...MODEL_REMISS, officer: this.people.officer.email, ...more };
    const answer = await this.app.post('/api/v1/referrals', body, this.as('registrar'));
    expect({ status: answer.status, why: answer.body.detail }).toEqual({ status: 201, why: undefined });
    this.id = answer.body.id;
  }

  /** One act on the case, which must succeed. */
  async act(who: keyof ModelBoard | SeededPerson, path: string, body: object): Promise<void> {
    const answer = await this.app.post(`/api/v1/referrals/${this.id}/${path}`, body, this.as(who));
    expect({ path, status: answer.status, why: answer.body.detail }).toEqual({ path, status: 200, why: undefined });
  }

  async correct(body: object): Promise<void> {
    const path = `/api/v1/referrals/${this.id}`;
    const { headers } = await this.app.get(path, this.as('registrar'));
    const ifMatch = { 'If-Match': headers.get('etag') ?? '' };
    const answer = await this.app.patch(path, body, { ...this.as('registrar'), headers: ifMatch });
    expect({ status: answer.status, why: answer.body.detail }).toEqual({ status: 200, why: undefined });
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async view(who: keyof ModelBoard = 'registrar'): Promise<any> {
    return (await this.app.get(`/api/v1/referrals/${this.id}`, this.as(who))).body;
  }

  /** What has happened, as `event by name`. */
  async journal(): Promise<string[]> {
    const { body } = await this.app.get(`/api/v1/referrals/${this.id}/journal`, this.as('registrar'));
    return body.map(({ what }: { what: string }) => what);
  }

  /** Goes from the day of registration to `until`: the ledger compared at 06:45, the morning's mails at 07:31, what is done at noon. */
  async walk(until: string, deeds: Readonly<Record<string, readonly Deed[]>>): Promise<void> {
    const last = localDate(until);
    await this.settle(this.clock.today());
    for (let day = this.clock.today(); day <= last; day = addDays(day, 1)) {
      if (day > localDate('2023-09-11')) await this.provesThatNothingWasMissed(day);
      if (day > localDate('2023-09-11')) this.clock.set(instantAt(day, '07:31').toISOString());
      await this.app.provider(Sweep).runOnce();
      await this.settle(day);
      for (const deed of deeds[day] ?? []) {
        this.clock.set(instantAt(day, '12:00').toISOString());
        await deed(this);
      }
      await this.settle(day);
    }
  }

  /** Whatever is done with the case, its ledger holds each morning what it should. */
  private async provesThatNothingWasMissed(day: LocalDate): Promise<void> {
    this.clock.set(instantAt(day, '06:45').toISOString());
    const verdict = await this.app.provider(ReconcileLedger).execute();
    expect({ day, ...verdict }).toMatchObject({ day, missing: 0, late: 0, stuck: 0, stray: 0, unplanned: 0 });
  }

  /** Waits until every job is done and every mail sent, and notes what came. */
  private async settle(day: LocalDate): Promise<void> {
    const em = this.app.provider(ReadDatabase).manager;
    const left = `SELECT (SELECT count(*) FROM "job") + (SELECT count(*) FROM "mail" WHERE "state" <> 'sent') AS "left"`;
    await eventually('nothing is left to do', async () => Number((await row<{ left: number }>(em, left))?.left) === 0);
    const noted = Object.values(this.mails).flat().length;
    const came = this.sink.mails
      .slice(noted)
      .map(({ to, subject }) => `${to.replace(/.*<(\w+)\..*/, '$1')}: ${subject}`);
    if (came.length > 0) this.mails[day] = [...(this.mails[day] ?? []), ...came.sort()];
  }
}

/** An act by someone, for a story. */
export const does =
  (who: keyof ModelBoard, path: string, body: object = {}): Deed =>
  (story) =>
    story.act(who, path, body);

/** From the draft to the closing of a case that is adopted at the meeting of 26 October and adjusted immediately. */
export const ADOPTED_IN_OCTOBER: Readonly<Record<string, readonly Deed[]>> = {
  '2023-10-04': [does('officer', 'steps', { step: 'draft' })],
  '2023-10-06': [does('manager', 'approval', { level: 'manager' })],
  '2023-10-09': [
    does('director', 'approval', { level: 'director' }),
    does('officer', 'adjustment', { act: 'confirm' }),
  ],
  '2023-10-19': [does('secretary', 'steps', { step: 'dispatch' })],
  '2023-10-26': [
    does('secretary', 'decision', { outcome: 'adopted', paragraph: '§ 14' }),
    does('secretary', 'adjustment', { act: 'decide' }),
    does('secretary', 'adjustment', { act: 'sign' }),
  ],
  '2023-10-27': [does('secretary', 'steps', { step: 'notice-posted' }), does('registrar', 'answer', { how: 'e-post' })],
  '2023-11-20': [does('registrar', 'closing', { confirm: true })],
};
