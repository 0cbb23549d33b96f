import { addDays, localDate, type LocalDate } from '../../../../src/domain/calendar/local-date.js';
import { longDate } from '../../../../src/domain/calendar/long-date.js';
import { firstWorkingDayFrom, NO_CLOSED_DAYS } from '../../../../src/domain/calendar/working-day.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ReadDatabase } from '../../../../src/platform/database/read-database.js';
import { rows } from '../../../../src/platform/database/sql.js';
import { ENGINES, type TestApp } from '../../../support/app.js';
import { freshFolder } from '../../../support/database.js';
import { freshPostgresUrl } from '../../../support/postgres-server.js';
import { seedMeeting, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../../support/seed.js';
import { PlainBrowser, seedPassword, startPagesApp, type PageAnswer } from '../../sign-in/pages-app.js';
import { textOf } from '../lista/page-visits.js';
import { formIn } from '../page-forms.js';

interface Stored {
  readonly id: string;
  readonly date: string;
  readonly place: string | null;
  readonly time: string | null;
  readonly state: string;
}

/** A secretary at a page that lies open. */
class Window {
  private page = '';

  constructor(
    readonly browser: PlainBrowser,
    private readonly id: string,
  ) {}

  async open(): Promise<this> {
    this.page = (await this.browser.get(`/sammantraden/${this.id}`)).body;
    return this;
  }

  /** Sends the form of the page that is open, which is then the one that was answered with. */
  async change(typed: Readonly<Record<string, string>>): Promise<PageAnswer> {
    return this.send(`/sammantraden/${this.id}`, typed);
  }

  async cancel(): Promise<PageAnswer> {
    return this.send(`/sammantraden/${this.id}/stall-in`, {});
  }

  field(name: string): string | undefined {
    return formIn(this.page, `/sammantraden/${this.id}`)[name];
  }

  private async send(path: string, typed: Readonly<Record<string, string>>): Promise<PageAnswer> {
    const form = { ...formIn(this.page, path), ...typed, steg: 'bekrafta' };
    const answer = await this.browser.post(path, form);
    if (answer.body !== '') this.page = answer.body;
    return answer;
  }
}

const workingDayFrom = (day: LocalDate): LocalDate => firstWorkingDayFrom(day, NO_CLOSED_DAYS);

describe.each(ENGINES)('Two at the same meeting, on %s', (engine) => {
  const folder = freshFolder();
  let database: Awaited<ReturnType<typeof freshPostgresUrl>> | null = null;
  /** On PostgreSQL a process each. */
  let apps: readonly [TestApp, TestApp];
  let people: ModelBoard;
  let other: SeededPerson;
  let browsers: readonly [PlainBrowser, PlainBrowser];
  let day = 0;
  let on: string;
  let id: string;
  let referralId: string;

  beforeAll(async () => {
    database = engine === 'postgres' ? await freshPostgresUrl() : null;
    const env = database === null ? {} : { DATABASE_URL: database.url };
    const start = () => startPagesApp({ engine, dataDir: folder.path, process: 'web', env });
    const first = await start();
    apps = [first, database === null ? first : await start()];
    people = await seedModelBoard(first);
    other = await seedPerson(first, {
      email: 'sara.sekreterare@example.se',
      name: 'Sara Sekreterare',
      roles: { EÅV: ['secretary'] },
    });
    await seedPassword(first, people.secretary, people.registrar, other);
    browsers = [new PlainBrowser(apps[0]), new PlainBrowser(apps[1])];
    await browsers[0].signIn(people.secretary.email);
    await browsers[1].signIn(other.email);
  });
  afterAll(async () => {
    for (const app of new Set(apps)) await app.close();
    await database?.drop();
    folder.remove();
  });
  /** Each test has days of its own, and a case on the meeting. */
  beforeEach(async () => {
    day += 1;
    const month = `${2024 + Math.floor((day - 1) / 12)}-${String(((day - 1) % 12) + 1).padStart(2, '0')}`;
    on = workingDayFrom(localDate(`${month}-08`));
    id = await seedMeeting(apps[0], on);
    const body = {
      board: 'EÅV', title: `Remiss till ${on}`, sender: 'Kommunstyrelsen', receivedOn: '2023-10-09',
      answerDue: `${month}-28`, officer: people.officer.email, meeting: on,
    }; // prettier-ignore
    const answer = await apps[0].post('/api/v1/referrals', body, { token: people.registrar.token });
    expect(answer.status).toBe(201);
    referralId = answer.body.id;
  });

  const windows = async (): Promise<readonly [Window, Window]> => [
    await new Window(browsers[0], id).open(),
    await new Window(browsers[1], id).open(),
  ];
  const ask = <T>(sql: string, params: readonly unknown[] = []): Promise<T[]> =>
    rows<T>(apps[0].provider(ReadDatabase).manager, sql, params);
  const stored = async (): Promise<Stored | undefined> =>
    (await ask<Stored>('SELECT * FROM "meeting" WHERE "id" = ?', [id]))[0];
  const onDay = (date: string) => ask<Stored>('SELECT * FROM "meeting" WHERE "date" = ?', [date]);
  const told = async (): Promise<number> =>
    (await ask(`SELECT "id" FROM "job" WHERE "name" = 'tell-of-change'`)).length;
  const version = async (): Promise<number> =>
    (await apps[0].get(`/api/v1/referrals/${referralId}`, { token: people.registrar.token })).body.version;

  it('an old form on one that is cancelled adds none, and keeps what was typed', async () => {
    const [one, two] = await windows();
    expect((await one.cancel()).location).toContain('meddelande=installt');
    const answer = await two.change({ plats: 'Slakthusplan 8', tid: '17.30' });
    expect(answer.status).toBe(409);
    const text = textOf(answer.body);
    expect(text).toContain('Sammanträdet är inställt');
    expect(text).toContain('Sixten Sekreterare ställde in sammanträdet medan du hade sidan öppen');
    expect(text).toContain('Slakthusplan 8');
    expect(text).toContain('17:30');
    expect((await onDay(on)).map(({ state }) => state)).toEqual(['cancelled']);
    const again = formIn(answer.body, '/sammantraden');
    expect(again).toMatchObject({ namnd: 'EÅV', dag: on, plats: 'Slakthusplan 8', tid: '17:30' });
    const added = await two.browser.post('/sammantraden', again);
    expect(added.location).toContain('meddelande=tillagt');
    expect((await onDay(on)).map(({ state, place }) => `${state} ${place ?? ''}`.trim()).sort()).toEqual([
      'cancelled',
      'planned Slakthusplan 8',
    ]);
  });

  it('see both versions, keep each what the other has not touched, and save on top', async () => {
    const [one, two] = await windows();
    const moved = workingDayFrom(addDays(localDate(on), 1));
    expect((await one.change({ dag: moved })).location).toContain('meddelande=flyttat');
    const [mails, planned] = [await told(), await version()];
    const answer = await two.change({ plats: 'Slakthusplan 8' });
    expect(answer.status).toBe(409);
    const text = textOf(answer.body);
    expect(text).toContain('Sixten Sekreterare ändrade sammanträdet medan du hade sidan öppen');
    expect(text).toContain('Inget av ditt är sparat än, och inget är borta.');
    expect(text).toMatch(
      /Sixten Sekreterare.*Under tiden Ändrat av Sixten Sekreterare .*Dag 9 \S+ 2024 \(ändrat nu, förut \d+ \S+ 2024\) oförändrat/,
    );
    expect(text).toContain('Plats inget Slakthusplan 8');
    expect(await stored()).toMatchObject({ date: moved, place: null });
    expect([await told(), await version()]).toEqual([mails, planned]);
    expect([two.field('dag'), two.field('plats')]).toEqual([moved, 'Slakthusplan 8']);
    expect((await two.change({})).location).toContain('meddelande=andrat');
    expect(await stored()).toMatchObject({ date: moved, place: 'Slakthusplan 8' });
    expect([await told(), await version()]).toEqual([mails, planned]);
  });

  it('do not cancel a day that they have not seen', async () => {
    const [one, two] = await windows();
    const moved = workingDayFrom(addDays(localDate(on), 1));
    await one.change({ dag: moved });
    const answer = await two.cancel();
    expect(answer.status).toBe(409);
    const text = textOf(answer.body);
    expect(text).toContain('Sammanträdet är inte inställt.');
    expect(text).toContain('Läge Planerat Ställ in');
    expect(text).toMatch(
      new RegExp(`Dag ${longDate(moved)} \\(ändrat nu\\) ${longDate(localDate(on))} när du öppnade sidan`),
    );
    expect(await stored()).toMatchObject({ date: moved, state: 'planned' });
    expect((await two.cancel()).location).toContain('meddelande=installt');
    expect(await stored()).toMatchObject({ date: moved, state: 'cancelled' });
  });

  it('lose nothing when a move and another place are sent at once', async () => {
    const [one, two] = await windows();
    const moved = workingDayFrom(addDays(localDate(on), 1));
    const answers = await Promise.all([one.change({ dag: moved }), two.change({ plats: 'Sal A' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const late = answers[0].status === 409 ? one : two;
    expect((await late.change({})).status).toBe(303);
    expect(await stored()).toMatchObject({ date: moved, place: 'Sal A' });
  });

  it('cancel or move it, when both are sent at once, but never one on top of the other', async () => {
    const [one, two] = await windows();
    const moved = workingDayFrom(addDays(localDate(on), 1));
    const answers = await Promise.all([one.cancel(), two.change({ dag: moved })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const isCancelled = answers[0].status === 303;
    expect(await stored()).toMatchObject(
      isCancelled ? { date: on, state: 'cancelled' } : { date: moved, state: 'planned' },
    );
  });

  it('do the same twice without a conflict: a form that is sent again changes nothing', async () => {
    const [one, two] = await windows();
    const moved = workingDayFrom(addDays(localDate(on), 1));
    await one.change({ dag: moved });
    const [mails, planned] = [await told(), await version()];
    expect((await two.change({ dag: moved })).location).toContain('meddelande=andrat');
    expect([await told(), await version()]).toEqual([mails, planned]);
    const [three, four] = await windows();
    expect((await three.cancel()).location).toContain('meddelande=installt');
    expect((await four.cancel()).location).toContain('meddelande=installt');
    expect(await told()).toBe(mails + 1);
  });

  it('add one on the same day at once: the second is told, and changes nothing of it', async () => {
    const free = workingDayFrom(addDays(localDate(on), 7));
    for (const browser of browsers) await browser.get('/sammantraden');
    const answers = await Promise.all(
      browsers.map((browser, n) => browser.post('/sammantraden', { namnd: 'EÅV', dag: free, plats: `Sal ${n}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
    const late = answers.findIndex(({ status }) => status === 422);
    expect(answers[late]?.body).toContain(`Sal ${late}`);
    expect(textOf(answers[late]?.body ?? '')).toContain('redan ett sammanträde den dagen');
    expect((await onDay(free)).map(({ place }) => place)).toEqual([`Sal ${1 - late}`]);
  });

  it('are asked anew when a form does not say what it started from', async () => {
    const [one] = await windows();
    const bare = { dag: on, plats: 'Sal B' };
    const answer = await one.browser.post(`/sammantraden/${id}`, bare);
    expect([answer.status, (await stored())?.place]).toEqual([409, null]);
    expect((await one.browser.post(`/sammantraden/${id}/stall-in`, {})).status).toBe(409);
    expect((await stored())?.state).toBe('planned');
  });

  it('are asked about a day more than two years ahead, and only about one they have changed', async () => {
    const [one] = await windows();
    const asked = await one.change({ dag: '2100-01-12', justering: '2100-02-01' });
    expect(asked.status).toBe(422);
    const text = textOf(asked.body);
    expect(text).toContain('Sammanträdet är 12 januari 2100, om mer än två år.');
    expect(text).toContain('Justeringsdagen är 1 februari 2100, om mer än två år.');
    expect((await stored())?.date).toBe(on);
    const ticks = { daglangtfram: 'ja', justeringlangtfram: 'ja' };
    expect((await one.change(ticks)).status).toBe(303);
    expect((await stored())?.date).toBe('2100-01-12');
    const [again] = await windows();
    expect((await again.change({ plats: 'Sal D' })).status).toBe(303);
    const { browser } = again;
    await browser.get('/sammantraden');
    const added = await browser.post('/sammantraden', { namnd: 'EÅV', dag: '2100-01-13' });
    expect(added.status).toBe(422);
    expect(added.body).toContain('name="daglangtfram"');
    const ticked = { namnd: 'EÅV', dag: '2100-01-13', daglangtfram: 'ja' };
    expect((await browser.post('/sammantraden', ticked)).location).toContain('meddelande=tillagt');
    await (await again.open()).cancel();
  });

  it('are asked about a day on which offices are closed', async () => {
    const [one] = await windows();
    const asked = await one.change({ dag: '2023-12-25' });
    expect(asked.status).toBe(422);
    expect(textOf(asked.body)).toContain('Sammanträdet är 25 december 2023, som är juldagen.');
    expect(asked.body).toContain('name="dagledig"');
    expect((await stored())?.date).toBe(on);
    expect((await one.change({ dag: '2023-12-17', dagledig: 'ja' })).status).toBe(303);
    expect((await stored())?.date).toBe('2023-12-17');
    const [again] = await windows();
    expect((await again.change({ plats: 'Sal D' })).status).toBe(303);
  });

  it('give no time that no clock shows that day', async () => {
    const [one] = await windows();
    const spring = { dag: '2024-03-31', tid: '02:30', dagledig: 'ja' };
    const refused = await one.change(spring);
    expect(refused.status).toBe(422);
    expect(textOf(refused.body)).toContain('Klockslaget 02:30 finns inte den dagen, 31 mars 2024');
    expect(refused.body).toMatch(/name="tid"[^>]*value="02:30"|value="02:30"[^>]*name="tid"/);
    expect((await one.change({ ...spring, tid: '03:00' })).status).toBe(303);
  });

  it('need the role, whatever is sent', async () => {
    const browser = new PlainBrowser(apps[0]);
    await browser.signIn(people.registrar.email);
    const [one] = await windows();
    await browser.get(`/sammantraden/${id}`);
    await one.change({ plats: 'Sal C' });
    for (const path of [`/sammantraden/${id}`, `/sammantraden/${id}/stall-in`]) {
      const answer = await browser.post(path, { version: 'stale', dag: on });
      expect({ path, status: answer.status }).toEqual({ path, status: 403 });
    }
  });

  it('have rare days ticked still, when they come too late', async () => {
    const [one, two] = await windows();
    expect((await one.change({ plats: 'Slakthusplan 8' })).location).toContain('meddelande=');
    const ticked = { dag: '2031-06-06', daglangtfram: 'ja', dagledig: 'ja' };
    const answer = await two.change({ ...ticked, justering: '2031-06-09', justeringlangtfram: 'ja' });
    expect(answer.status).toBe(409);
    expect(formIn(answer.body, `/sammantraden/${id}`)).toMatchObject({ ...ticked, justeringlangtfram: 'ja' });
  });
});
