import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACTS, type Act } from '../../../../src/domain/referral/lifecycle.js';
import { slugOf } from '../../../../src/features/pages/arende/acts/act-forms.js';
import { ReconcileLedger } from '../../../../src/features/reminders/reconcile-ledger.js';
import { ReadDatabase } from '../../../../src/platform/database/read-database.js';
import { rows } from '../../../../src/platform/database/sql.js';
import { seedAbsence } from '../../../support/seed.js';
import { PlainBrowser } from '../../sign-in/pages-app.js';
import { textOf } from '../lista/page-visits.js';
import {
  app,
  BOARDS,
  cases,
  mayOpen,
  numbersIn,
  seesBoard,
  setMatrix,
  who,
  type Case,
  type Who,
} from './matrix-stage.js';

/** Who is away, and who stands in: one on each board. */
const away: { readonly board: string; readonly person: Who; readonly substitute: Who }[] = [];
const meetings = new Map<string, string>();
const browsers = new Map<string, PlainBrowser>();

const named = (name: string): Who => {
  const found = who.find((one) => one.name === name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
};
const administers = ({ roles }: Who, board: string): boolean => roles[board]?.includes('admin') === true;
const isRegistrar = ({ roles }: Who, board: string): boolean => roles[board]?.includes('registrar') === true;
const isOfficerOf = ({ email }: Who, { officer }: Case): boolean => officer.startsWith(`${email} `);
const managesDepartmentOf = ({ roles }: Who, { board, officer }: Case): boolean =>
  roles[board]?.includes('manager') === true && officer.endsWith(' HR');
/** Without the frame, which names the person whose page it is. */
const mainOf = (html: string): string => /<main.*<\/main>/s.exec(html)?.[0] ?? '';
const sharesBoard = (one: Who, other: Who): boolean =>
  BOARDS.some((board) => one.roles[board] !== undefined && other.roles[board] !== undefined);

describe('What each page of one thing shows to whom', () => {
  beforeAll(async () => {
    await setMatrix();
    for (const board of BOARDS) {
      const [person, substitute] = [named(`officer ${board}`), named(`manager ${board}`)];
      away.push({ board, person, substitute });
      const days = { from: '2023-10-16', to: '2023-10-20' };
      await seedAbsence(app, { personId: person.id, substituteId: substitute.id, ...days });
    }
    const sql = 'SELECT "id", "board" FROM "meeting"';
    const found = await rows<{ id: string; board: string }>(app.provider(ReadDatabase).manager, sql);
    for (const { id, board } of found) meetings.set(board, id);
    await app.provider(ReconcileLedger).execute();
    for (const person of who) {
      const browser = new PlainBrowser(app);
      await browser.signIn(person.email);
      browsers.set(person.name, browser);
    }
  }, 120_000);
  afterAll(() => app.close());

  const each = async (look: (person: Who, browser: PlainBrowser) => Promise<void>): Promise<void> => {
    for (const person of who) await look(person, browsers.get(person.name) ?? new PlainBrowser(app));
  };

  it('of a case, its acts and its receipt: nothing but its number where it is secret, and nothing at all elsewhere', async () => {
    await each(async (person, browser) => {
      for (const one of cases) {
        const sees = seesBoard(person, one.board);
        const opens = mayOpen(person, one);
        const managesIts = managesDepartmentOf(person, one);
        const isSecretary = person.roles[one.board]?.includes('secretary') === true;
        const allowed = (may: boolean): number => (!sees ? 404 : may ? 200 : 403);
        for (const [path, status] of [
          [`/arenden/${one.id}`, sees ? 200 : 404],
          [`/arenden/${one.id}/andra`, allowed(isRegistrar(person, one.board))],
          [`/arenden/${one.id}/makulera`, allowed(isRegistrar(person, one.board))],
          [`/registrera/kvitto/${one.id}`, sees ? 200 : 404],
          // At another board one of an act's pages is as good as all.
          ...(sees
            ? ([
                [`/arenden/${one.id}/fordela`, allowed(isRegistrar(person, one.board) || managesIts)],
                [`/arenden/${one.id}/sammantrade`, allowed(isRegistrar(person, one.board) || isSecretary)],
                [`/arenden/${one.id}/bekrafta-justering`, allowed(isOfficerOf(person, one) || managesIts)],
              ] as const)
            : []),
        ] as const) {
          const answer = await browser.get(path);
          // With what stands in fields, too.
          const main = mainOf(answer.body);
          const text = textOf(main);
          const isReceipt = path.startsWith('/registrera');
          expect({
            who: person.name, what: `${one.diarienummer} ${path}`,
            status: isReceipt && answer.status === 403 && !opens ? 200 : answer.status,
            tells: main.includes(one.title) || /Avsändare \d/.test(main) || text.includes('OSL 21 kap. 1 §'),
            names: text.includes(one.diarienummer),
          }).toEqual({
            who: person.name, what: `${one.diarienummer} ${path}`, status,
            tells: opens && (status === 200 || main.includes(one.title)),
            names: sees && (!isReceipt || answer.status === 200),
          }); // prettier-ignore
          if (!opens) expect(main).not.toMatch(/27 oktober 2023|2023-10-27|officer (EÅV|SBN)|Avdelning HR/);
        }
      }
    });
  }, 240_000);

  it('of every act of a case: its form where the API says that it may be done, and no more anywhere else', async () => {
    const some = cases.filter(({ officer }) => /\S+ HR$/.test(officer));
    expect(some.map(({ board, secret }) => `${board} ${secret}`)).toEqual(
      BOARDS.flatMap((board) => [`${board} false`, `${board} true`]),
    );
    await each(async (person, browser) => {
      for (const one of some) {
        const sees = seesBoard(person, one.board);
        const told = await app.get(`/api/v1/referrals/${one.id}`, { token: person.token });
        const may: readonly Act[] = told.status === 200 ? told.body.acts : [];
        for (const act of sees ? ACTS : (['assign'] as const)) {
          const answer = await browser.get(`/arenden/${one.id}/${slugOf(act)}`);
          const main = mainOf(answer.body);
          const text = textOf(main);
          expect({
            who: person.name, what: `${one.diarienummer} ${act}`, status: answer.status,
            tells: main.includes(one.title) || text.includes('OSL 21 kap. 1 §'), names: text.includes(one.diarienummer),
          }).toEqual({
            who: person.name, what: `${one.diarienummer} ${act}`,
            status: !sees ? 404 : may.includes(act) ? 200 : 403, tells: may.includes(act), names: sees,
          }); // prettier-ignore
        }
      }
    });
  }, 240_000);

  it('of handing over: to registrars and administrators, and the people of their boards alone', async () => {
    await each(async (person, browser) => {
      const own = BOARDS.filter((board) => isRegistrar(person, board) || administers(person, board));
      const { status, body } = await browser.get('/overlamna');
      expect({ who: person.name, status }).toEqual({ who: person.name, status: own.length > 0 ? 200 : 403 });
      expect({ who: person.name, cases: numbersIn(body) }).toEqual({ who: person.name, cases: [] });
      const offered = who.filter(({ email }) => body.includes(email)).map(({ email }) => email);
      const there = who.filter(({ roles }) => own.some((board) => roles[board] !== undefined));
      const strangers = offered.filter((email) => !there.some((one) => one.email === email));
      expect({ who: person.name, strangers }).toEqual({ who: person.name, strangers: [] });
      for (const board of own) expect(offered).toContain(named(`officer ${board}`).email);
    });
  });

  it('of a meeting: its cases that one may open, counted alike, and no meeting of another board', async () => {
    await each(async (person, browser) => {
      for (const board of BOARDS) {
        const answer = await browser.get(`/sammantraden/${meetings.get(board)}`);
        const there = cases.filter((one) => one.board === board && mayOpen(person, one));
        const main = textOf(mainOf(answer.body));
        const told = [...main.matchAll(/(\d+) remiss(?:er)?\b/g)].map(([, n]) => Number(n));
        const sees = seesBoard(person, board);
        expect({ who: person.name, board, status: answer.status }).toEqual({
          who: person.name,
          board,
          status: sees ? 200 : 404,
        });
        expect({ who: person.name, board, shown: numbersIn(answer.body) }).toEqual({
          who: person.name,
          board,
          shown: sees ? there.map(({ diarienummer }) => diarienummer).sort() : [],
        });
        const wrong = told.filter((n) => n !== there.length);
        expect({ who: person.name, board, wrong }).toEqual({ who: person.name, board, wrong: [] });
      }
    });
  });

  it('of absences: to the two whom one concerns, and to those who administer their board', async () => {
    await each(async (person, browser) => {
      const { body } = await browser.get('/franvaro');
      const text = textOf(body);
      for (const { board, person: gone, substitute } of away) {
        const told = text.includes(`${gone.name} 16 oktober 2023`);
        const concerned = [gone.id, substitute.id].includes(person.id) || administers(person, board);
        expect({ who: person.name, board, told }).toEqual({ who: person.name, board, told: concerned });
      }
      const strangers = who.filter((one) => !sharesBoard(person, one) && body.includes(`>${one.name}<`));
      expect({ who: person.name, strangers: strangers.map(({ name }) => name) }).toEqual({
        who: person.name,
        strangers: [],
      });
    });
  });

  it('of departments and colleagues: to those who administer their board', async () => {
    await each(async (person, browser) => {
      const some = BOARDS.some((board) => administers(person, board));
      const list = await browser.get('/avdelningar');
      expect({ who: person.name, status: list.status }).toEqual({ who: person.name, status: some ? 200 : 403 });
      for (const board of BOARDS) {
        const own = administers(person, board);
        expect({ who: person.name, board, listed: textOf(list.body).includes(`Nämnden ${board}`) }).toEqual({
          who: person.name,
          board,
          listed: own,
        });
        const one = await browser.get(`/avdelningar/${encodeURIComponent(board)}/HR`);
        expect({ who: person.name, board, one: one.status === 200 }).toEqual({ who: person.name, board, one: own });
        for (const path of ['', '/uppgifter']) {
          const colleague = await browser.get(`/medarbetare/${named(`reader ${board}`).id}${path}`);
          expect({ who: person.name, board, path, colleague: colleague.status === 200 }).toEqual({
            who: person.name,
            board,
            path,
            colleague: own,
          });
          if (!own) expect(colleague.body).not.toContain(`reader ${board}`);
        }
      }
    });
  });

  it('of one’s account: the boards where one has a role, and no other', async () => {
    await each(async (person, browser) => {
      const { status, body } = await browser.get('/konto');
      expect({ who: person.name, status }).toEqual({ who: person.name, status: 200 });
      for (const board of BOARDS.filter((code) => person.roles[code] === undefined)) {
        expect({ who: person.name, names: textOf(body).includes(`Nämnden ${board}`) }).toEqual({
          who: person.name,
          names: false,
        });
      }
    });
  });

  it('of the proof that no reminder was missed: counted in the cases that one may open', async () => {
    await each(async (person, browser) => {
      const answer = await browser.get('/paminnelser');
      const openable = cases.filter((one) => mayOpen(person, one));
      const beyond = numbersIn(answer.body).filter((number) => !openable.some((one) => one.diarienummer === number));
      expect({ who: person.name, beyond }).toEqual({ who: person.name, beyond: [] });
      const counted = /Inget saknades i (\d+) öppn/.exec(textOf(answer.body))?.[1];
      // Who may not open all of a board's cases is told the outcome without a count.
      const all = cases.filter(({ board }) => seesBoard(person, board));
      const expected = openable.length === all.length && all.length > 0 ? `${all.length}` : '0';
      expect({ who: person.name, counted: counted ?? '0' }).toEqual({ who: person.name, counted: expected });
    });
  });
});
