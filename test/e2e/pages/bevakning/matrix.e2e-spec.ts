import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mayOpenSecret, type Role } from '../../../../src/domain/referral/permissions.js';
import type { TestApp } from '../../../support/app.js';
import { seedBoard, seedDepartment, seedMeeting, seedPerson, type SeededPerson } from '../../../support/seed.js';
import { PlainBrowser, seedPassword, startPagesApp } from '../../sign-in/pages-app.js';
import { textOf } from '../lista/page-visits.js';

const ROLES = ['registrar', 'officer', 'manager', 'director', 'secretary', 'reader', 'admin'] as const;
const SEEING = new Set<Role>(['registrar', 'officer', 'manager', 'director', 'secretary', 'reader']);
const BOARDS = ['EÅV', 'SBN'] as const;

interface Who extends SeededPerson {
  readonly name: string;
  readonly roles: Readonly<Record<string, readonly Role[]>>;
}

interface Case {
  readonly diarienummer: string;
  readonly title: string;
  readonly board: string;
  readonly secret: boolean;
  readonly officer: string;
}

const who: Who[] = [];
const cases: Case[] = [];
let app: TestApp;

const officerOf = (board: string): Who => {
  const found = who.find(({ roles }) => roles[board]?.includes('officer'));
  if (!found) throw new Error(`no officer of ${board}`);
  return found;
};

async function seedPeople(): Promise<void> {
  for (const board of BOARDS) {
    await seedBoard(app, board, `Nämnden ${board}`);
    await seedDepartment(app, { board });
    await seedMeeting(app, '2023-10-26', board);
    for (const role of ROLES) {
      const roles = { [board]: [role] };
      const name = `${role} ${board}`;
      const email = `${role}.${board === 'EÅV' ? 'a' : 'b'}@example.se`;
      who.push({ ...(await seedPerson(app, { email, name, roles })), name, roles });
    }
    const manager = who.find(({ roles }) => roles[board]?.includes('manager'));
    await seedDepartment(app, { board, managerId: manager?.id ?? null });
  }
  for (const [a, b] of [
    ['registrar', 'reader'],
    ['officer', 'secretary'],
    ['admin', 'reader'],
  ] as const) {
    const roles = { EÅV: [a], SBN: [b] };
    const name = `${a} EÅV, ${b} SBN`;
    who.push({ ...(await seedPerson(app, { email: `${a}-${b}@example.se`, name, roles })), name, roles });
  }
}

async function seedCases(): Promise<void> {
  let n = 0;
  for (const board of BOARDS) {
    const registrar = who.find(({ roles }) => roles[board]?.includes('registrar'));
    for (const secret of [false, true]) {
      for (const officer of [officerOf(board).email, null]) {
        for (const department of ['HR', null]) {
          n += 1;
          const title = `Hemlighetslöst ord nummer ${n} ${secret ? 'dolt' : 'öppet'}`;
          const body = {
            board, title, sender: `Avsändare ${n}`, receivedOn: '2023-10-09', answerDue: '2023-10-27', officer, department,
            ...(secret ? { secrecy: { provision: 'OSL 21 kap. 1 §' } } : {}),
          }; // prettier-ignore
          const answer = await app.post('/api/v1/referrals', body, { token: registrar?.token ?? '' });
          if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
          const number: string = answer.body.diarienummer;
          cases.push({ diarienummer: number, title, board, secret, officer: `${officer ?? ''} ${department ?? ''}` });
        }
      }
    }
  }
}

/** As the rules have it, worked out here once more. */
function mayOpen(person: Who, { board, secret, officer }: Case): boolean {
  const roles = new Set(person.roles[board] ?? []);
  if (![...roles].some((role) => SEEING.has(role))) return false;
  const isManagerOfDepartment = roles.has('manager') && officer.endsWith(' HR');
  const isOfficerOfCase = officer.startsWith(`${person.email} `);
  // Nothing is approved yet, so no case has come to the director.
  return !secret || mayOpenSecret({ roles, isOfficerOfCase, isManagerOfDepartment, isWithDirector: false });
}

const seesBoard = (person: Who, board: string): boolean => (person.roles[board] ?? []).some((role) => SEEING.has(role));

describe('What the pages show to whom', () => {
  beforeAll(async () => {
    app = await startPagesApp();
    await seedPeople();
    await seedCases();
    await seedPassword(app, ...who);
  });
  afterAll(() => app.close());

  const numbersIn = (html: string): string[] => [...new Set(textOf(html).match(/(?:EÅV|SBN) 2023\/\d+/g) ?? [])].sort();

  it('names every role on both boards, open and secret cases, own ones and others', () => {
    expect(who).toHaveLength(17);
    expect(cases).toHaveLength(16);
  });

  it('holds for each of them on every page', async () => {
    for (const person of who) {
      const browser = new PlainBrowser(app);
      await browser.signIn(person.email);
      const openable = cases.filter((one) => mayOpen(person, one));
      const numbers = openable.map(({ diarienummer }) => diarienummer).sort();
      const seen = cases.filter(({ board }) => seesBoard(person, board));

      const watch = await browser.get('/bevakning?visa=namnden');
      expect({ who: person.name, shown: numbersIn(watch.body) }).toEqual({ who: person.name, shown: numbers });
      // Every case waits for its immediate adjustment, so all of them need an act.
      const told = /(\d+) öppn\w+ remiss\w*, (ingen|\d+) kräver/.exec(textOf(watch.body));
      const counted = openable.length === 0 ? ['0', 'ingen'] : [`${numbers.length}`, `${numbers.length}`];
      // Who sees no cases is told so, and nothing is counted.
      const said = told?.slice(1) ?? ['0', 'ingen'];
      expect({ who: person.name, counted: said }).toEqual({ who: person.name, counted });

      for (const path of [
        '/bevakning',
        '/bevakning?visa=mina',
        '/bevakning?visa=avdelningen',
        '/bevakning?namnd=SBN',
      ]) {
        const { body } = await browser.get(path);
        expect(numbersIn(body).filter((number) => !numbers.includes(number))).toEqual([]);
        const inMenu = />Bevakning<\/span><span class="n hot"[^>]*>(\d+)</.exec(body)?.[1];
        if (path === '/bevakning?visa=mina' && body.includes('aria-current="true">Mina<')) {
          const here = /, (ingen|\d+) kräver/.exec(textOf(body))?.[1]?.replace('ingen', '0');
          expect({ who: person.name, inMenu: inMenu ?? '0' }).toEqual({ who: person.name, inMenu: here });
        }
      }

      const administers = Object.values(person.roles).some((roles) => roles.includes('admin'));
      const offered = watch.body.includes('href="/medarbetare"');
      expect({ who: person.name, offered }).toEqual({ who: person.name, offered: administers });
      expect((await browser.get('/medarbetare')).status).toBe(administers ? 200 : 403);

      // Whether a secret case is open is for those who may open it: others meet its number among all cases alone.
      const open = numbersIn((await browser.get('/arenden')).body);
      expect({ who: person.name, open }).toEqual({ who: person.name, open: numbers });
      const all = (await browser.get('/arenden?status=alla')).body;
      const every = seen.map(({ diarienummer }) => diarienummer).sort();
      expect({ who: person.name, all: numbersIn(all) }).toEqual({ who: person.name, all: every });
      for (const path of [
        '/arenden?q=ord',
        '/arenden',
        '/arenden?status=assigned',
        '/arenden?fore=2024-01-01',
        '/sammantraden',
        '/paminnelser',
      ]) {
        const { body } = await browser.get(path);
        const text = textOf(body);
        const leaked = cases.filter(
          (one) => !mayOpen(person, one) && (text.includes(`${one.title} `) || text.includes(one.diarienummer)),
        );
        expect({ who: person.name, path, leaked }).toEqual({ who: person.name, path, leaked: [] });
      }
      const shownTitles = cases.filter((one) => all.includes(one.title));
      expect(shownTitles.map(({ diarienummer }) => diarienummer).sort()).toEqual(numbers);
      const meetings = textOf((await browser.get('/sammantraden')).body);
      for (const board of BOARDS) {
        if (!seesBoard(person, board)) continue;
        const there = openable.filter((one) => one.board === board).length;
        expect({ who: person.name, board, says: meetings.includes(`${there} remiss`) || there === 0 }).toEqual({
          who: person.name,
          board,
          says: true,
        });
      }
    }
  }, 180_000);

  it('lets only registrars of the board open the form, and send it', async () => {
    for (const person of who) {
      const browser = new PlainBrowser(app);
      await browser.signIn(person.email);
      const isRegistrar = Object.values(person.roles).some((roles) => roles.includes('registrar'));
      const page = await browser.get('/registrera');
      expect({ who: person.name, status: page.status }).toEqual({ who: person.name, status: isRegistrar ? 200 : 403 });
      const other = person.roles['EÅV']?.includes('registrar') ? 'SBN' : 'EÅV';
      await browser.get('/arenden');
      const fields = { namnd: other, titel: 'x', avsandare: 'y', inkom: '2023-10-09' };
      const sent = await browser.post('/registrera', fields);
      // A registrar is not told that there is another board, and gets the form back as for one that does not exist.
      const knows = !isRegistrar || person.roles[other] !== undefined;
      expect({ who: person.name, status: sent.status }).toEqual({ who: person.name, status: knows ? 403 : 422 });
    }
  }, 120_000);
});
