import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { LINKS_AT_ONCE } from '../../../src/features/accounts/account-limits.js';
import { CreatePasswordLink } from '../../../src/features/accounts/create-password-link.js';
import { runCommand } from '../../../src/cli/program.js';
import { SYSTEM } from '../../../src/features/people/actor.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { eventually } from '../../support/eventually.js';
import { SettableClock } from '../../support/settable-clock.js';
import type { TestApp } from '../../support/app.js';
import { seedModelBoard, type ModelBoard } from '../../support/seed.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';
import { PASSWORD, PlainBrowser, seedPassword, startPagesApp } from './pages-app.js';

const OTHER = 'sju blå flodhästar';

describe('A password link', () => {
  const clock = new SettableClock('2023-10-09T08:00:00Z');
  let sink: SmtpSink;
  let app: TestApp;
  let people: ModelBoard;

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startPagesApp({ clock, smtpUrl: sink.url });
    people = await seedModelBoard(app);
  });

  afterAll(async () => {
    await app.close();
    await sink.stop();
  });

  const linkFor = async ({ email }: { readonly email: string }): Promise<string> =>
    new URL((await app.provider(CreatePasswordLink).execute(SYSTEM, email)).url).pathname;

  const choose = async (path: string, losenord: string, browser = new PlainBrowser(app)) => {
    await browser.get('/losenord'); // for a form's token, also where the link is spent
    return browser.post(path, { losenord });
  };

  it('is mailed to someone who asks for one, and signs in with the password chosen', async () => {
    const browser = new PlainBrowser(app);
    await browser.get('/losenord');
    const asked = await browser.post('/losenord', { epost: people.registrar.email.toUpperCase() });
    expect(asked.body).toContain('Titta i din e-post');
    await eventually('the mail arrives', () => sink.mails.length > 0);
    const mail = sink.mails[0];
    if (!mail) throw new Error('no mail');
    expect([mail.to, mail.subject]).toEqual([
      expect.stringContaining(people.registrar.email),
      expect.stringMatching(/^Välj lösenord till Diarium senast \d+ \w+ 2023 kl\. \d\d\.\d\d$/),
    ]);
    const [path = ''] = /\/losenord\/[\w-]{43}/.exec(mail.text) ?? [];
    expect(mail.html).toContain(path);
    expect(mail.text).toContain('ditt lösenord är som det var');
    const answer = await choose(path, OTHER, browser);
    expect([answer.status, answer.location]).toEqual([303, '/bevakning?meddelande=valkommen']);
    expect((await new PlainBrowser(app).signIn(people.registrar.email, OTHER)).status).toBe(303);
  });

  it('ends the session of another that the browser was signed in with', async () => {
    await seedPassword(app, people.director);
    const browser = new PlainBrowser(app);
    await browser.signIn(people.director.email);
    const old = new PlainBrowser(app);
    for (const [name, value] of browser.cookies) old.cookies.set(name, value);
    expect((await old.get('/konto')).status).toBe(200);
    const path = await linkFor(people.secretary);
    await browser.get(path);
    expect((await browser.post(path, { losenord: OTHER })).status).toBe(303);
    expect((await browser.get('/konto')).body).toContain(people.secretary.email);
    expect((await old.get('/konto')).status).toBe(303);
  });

  it('is asked for in vain, and without a word of it, for an address that nobody has', async () => {
    const before = sink.mails.length;
    const pages = [];
    for (const epost of ['finns.inte@example.se', people.reader.email]) {
      const browser = new PlainBrowser(app);
      await browser.get('/losenord');
      const { status, body } = await browser.post('/losenord', { epost });
      pages.push([status, body.replaceAll(epost, '').replace(/content="[^"]*"/g, '')]);
    }
    expect(pages[0]).toEqual(pages[1]);
    await eventually('one mail arrives', () => sink.mails.length > before);
    expect(sink.mails.length).toBe(before + 1);
  });

  it('leads to Bevakning after a first password, and says what that is for', async () => {
    const browser = new PlainBrowser(app);
    const answer = await choose(await linkFor(people.reader), PASSWORD, browser);
    expect(answer.location).toBe('/bevakning?meddelande=valkommen');
    const { body } = await browser.get('/bevakning?meddelande=valkommen');
    expect(body).toContain(
      'Välkommen. Ditt lösenord är sparat och du är inloggad. Här i Bevakning står nämndens remisser',
    );
    expect((await choose(await linkFor(people.reader), OTHER)).location).toBe('/konto?meddelande=valkommen');
  });

  it('goes on working when somebody else asks for another, but for no more than a few', async () => {
    const { email } = people.officer;
    const invited = await linkFor(people.officer);
    const mailed = () => sink.to(email).flatMap(({ text }) => /\/losenord\/[\w-]{43}/.exec(text) ?? []);
    const ask = async () => {
      const stranger = new PlainBrowser(app);
      await stranger.get('/losenord');
      expect((await stranger.post('/losenord', { epost: email })).status).toBe(200);
    };
    for (let asked = 1; asked < LINKS_AT_ONCE; asked += 1) {
      await ask();
      await eventually('the link has come', () => mailed().length === asked);
    }
    const links = [invited, ...mailed()];
    expect(new Set(links).size).toBe(LINKS_AT_ONCE);
    const more = await app
      .provider(UnitOfWork)
      .run((tx) => app.provider(CreatePasswordLink).asked(tx, SYSTEM, people.officer));
    expect(more).toBe(null);
    for (const link of links) expect((await new PlainBrowser(app).get(link)).status).toBe(200);
    expect((await choose(invited, PASSWORD)).status).toBe(303);
    for (const link of links) expect((await new PlainBrowser(app).get(link)).status).toBe(410);
    await ask();
    await eventually('there is room again', () => mailed().length === LINKS_AT_ONCE);
    await linkFor(people.officer);
    expect((await new PlainBrowser(app).get(mailed().at(-1) ?? '')).status).toBe(410);
  });

  it('works once, within a day, and not after a newer one made on purpose', async () => {
    const first = await linkFor(people.officer);
    const second = await linkFor(people.officer);
    expect((await choose(first, PASSWORD)).status).toBe(410);
    expect((await choose(second, 'kort')).status).toBe(422);
    expect((await choose(second, PASSWORD)).status).toBe(303);
    expect((await choose(second, OTHER)).status).toBe(410);
    const third = await linkFor(people.officer);
    clock.advance(24 * 3_600_000);
    expect((await choose(third, OTHER)).status).toBe(410);
    expect((await new PlainBrowser(app).get('/losenord/gissad')).status).toBe(410);
  });

  it('is made by a command beside the server, alone on its standard output', async () => {
    const said = { out: '', err: '' };
    const { options } = app.provider(DataSource);
    const database = 'url' in options && typeof options.url === 'string' ? { DATABASE_URL: options.url } : {};
    const terminal = {
      env: { DATA_DIR: app.dataDir, BASE_URL: app.url, DIARIUM_CLOCK: clock.now().toISOString(), ...database },
      stdin: (async function* () {})(),
      out: async (text: string) => void (said.out += text),
      err: (text: string) => void (said.err += text),
      progress: () => undefined,
      progressDone: () => undefined,
    };
    expect(await runCommand(['password-link', people.secretary.email], terminal)).toBe(0);
    expect(said.out).toMatch(new RegExp(`^${app.url}/losenord/[\\w-]{43}\n$`));
    expect(said.err).toContain('kan användas en gång');
    expect((await choose(new URL(said.out.trim()).pathname, PASSWORD)).status).toBe(303);
    expect(await runCommand(['password-link', 'finns.inte@example.se'], terminal)).toBe(1);
  });

  it('ends every other session of its person', async () => {
    await seedPassword(app, people.manager);
    const before = new PlainBrowser(app);
    await before.signIn(people.manager.email);
    await choose(await linkFor(people.manager), OTHER);
    expect((await before.get('/konto')).status).toBe(303);
  });

  it('is used by one of two who send it at once', async () => {
    const path = await linkFor(people.director);
    const answers = await Promise.all([choose(path, PASSWORD), choose(path, OTHER)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410]);
  });

  it('leaves its mark in the journal, without the password or the link', async () => {
    const { rows } = await import('../../../src/platform/database/sql.js');
    const { ReadDatabase } = await import('../../../src/platform/database/read-database.js');
    const sql = 'SELECT "what", "after" FROM "journal" WHERE "what" LIKE ? ORDER BY "seq"';
    const events = await rows<{ what: string; after: string }>(app.provider(ReadDatabase).manager, sql, ['password%']);
    expect(new Set(events.map(({ what }) => what))).toEqual(new Set(['password-link-created', 'password-set']));
    expect(events.map(({ after }) => after).join(' ')).not.toMatch(/argon2|losenord\//);
  });
});
