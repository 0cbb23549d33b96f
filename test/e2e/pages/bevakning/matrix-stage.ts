import { mayOpenSecret, type Role } from '../../../../src/domain/referral/permissions.js';
import type { TestApp } from '../../../support/app.js';
import { seedBoard, seedDepartment, seedMeeting, seedPerson, type SeededPerson } from '../../../support/seed.js';
import { seedPassword, startPagesApp } from '../../sign-in/pages-app.js';
import { textOf } from '../lista/page-visits.js';

// Each file of tests has this module to itself: every role on both boards, and cases for all of them to see or not.

export const ROLES = ['registrar', 'officer', 'manager', 'director', 'secretary', 'reader', 'admin'] as const;
const SEEING = new Set<Role>(['registrar', 'officer', 'manager', 'director', 'secretary', 'reader']);
export const BOARDS = ['EÅV', 'SBN'] as const;

export interface Who extends SeededPerson {
  readonly name: string;
  readonly roles: Readonly<Record<string, readonly Role[]>>;
}

export interface Case {
  readonly id: string;
  readonly diarienummer: string;
  readonly title: string;
  readonly board: string;
  readonly secret: boolean;
  readonly officer: string;
}

export const who: Who[] = [];
export const cases: Case[] = [];
export let app: TestApp;

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
          cases.push({
            id: answer.body.id,
            diarienummer: number,
            title,
            board,
            secret,
            officer: `${officer ?? ''} ${department ?? ''}`,
          });
        }
      }
    }
  }
}

/** As the rules have it, worked out here once more. */
export function mayOpen(person: Who, { board, secret, officer }: Case): boolean {
  const roles = new Set(person.roles[board] ?? []);
  if (![...roles].some((role) => SEEING.has(role))) return false;
  const isManagerOfDepartment = roles.has('manager') && officer.endsWith(' HR');
  const isOfficerOfCase = officer.startsWith(`${person.email} `);
  // Nothing is approved yet, so no case has come to the director.
  return !secret || mayOpenSecret({ roles, isOfficerOfCase, isManagerOfDepartment, isWithDirector: false });
}

export const seesBoard = (person: Who, board: string): boolean =>
  (person.roles[board] ?? []).some((role) => SEEING.has(role));

/** Starts the app with everybody and everything. */
export async function setMatrix(): Promise<void> {
  app = await startPagesApp();
  await seedPeople();
  await seedCases();
  await seedPassword(app, ...who);
}

/** The numbers of the cases that a page names. */
export const numbersIn = (html: string): string[] =>
  [...new Set(textOf(html).match(/(?:EÅV|SBN) 2023\/\d+/g) ?? [])].sort();
