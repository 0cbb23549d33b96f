import { v7 as uuid } from 'uuid';
import { localDate } from '../../src/domain/calendar/local-date.js';
import type { Role } from '../../src/domain/referral/permissions.js';
import { BoardRepository } from '../../src/features/boards/board.repository.js';
import { MeetingRepository } from '../../src/features/boards/meeting.repository.js';
import { SYSTEM } from '../../src/features/people/actor.js';
import { CreateToken } from '../../src/features/people/create-token.js';
import { PeopleRepository } from '../../src/features/people/people.repository.js';
import { RevokeToken } from '../../src/features/people/revoke-token.js';
import { insertRows } from '../../src/platform/database/sql.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { TestApp } from './app.js';

const CREATED_AT = '2023-01-02T08:00:00.000Z';

/** A made-up person, signed in with a token. */
export interface SeededPerson {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  readonly tokenId: string;
}

export interface PersonSeed {
  readonly email: string;
  readonly name: string;
  readonly roles?: Readonly<Record<string, readonly Role[]>>;
  /** `[board, department]`. */
  readonly department?: readonly [string, string];
  readonly endedOn?: string;
}

export async function seedBoard(
  app: TestApp,
  code = 'EÅV',
  name = 'Enskede-Årsta-Vantörs stadsdelsnämnd',
): Promise<void> {
  await app.provider(UnitOfWork).run((tx) =>
    app.provider(BoardRepository).insertBoard(tx, {
      code,
      name,
      administration: 'Stadsdelsförvaltningen',
      numberPattern: '{code} {year}/{number}',
      leadTimes: '{}',
      closedDays: '[]',
      createdAt: CREATED_AT,
    }),
  );
}

/** A department, with its manager when there is one already. */
export async function seedDepartment(
  app: TestApp,
  { board = 'EÅV', code = 'HR', name = 'Avdelning HR och utveckling', managerId = null as string | null } = {},
): Promise<void> {
  const department = { board, code, name, managerId };
  await app.provider(UnitOfWork).run(async (tx) => {
    const boards = app.provider(BoardRepository);
    if (await boards.findDepartment(tx, board, code)) await boards.updateDepartment(tx, department);
    else await boards.insertDepartment(tx, department);
  });
}

export async function seedMeeting(app: TestApp, date: string, board = 'EÅV'): Promise<string> {
  const id = uuid();
  await app.provider(UnitOfWork).run((tx) =>
    app.provider(MeetingRepository).insertMeeting(tx, {
      id,
      board,
      date: localDate(date),
      time: '18:00',
      place: null,
      adjustmentOn: null,
      dispatchOn: null,
      state: 'planned',
      createdAt: CREATED_AT,
    }),
  );
  return id;
}

export async function seedPerson(app: TestApp, seed: PersonSeed): Promise<SeededPerson> {
  const people = app.provider(PeopleRepository);
  const id = uuid();
  const { id: tokenId, token } = await app.provider(UnitOfWork).run(async (tx) => {
    const [departmentBoard = null, departmentCode = null] = seed.department ?? [];
    const { email, name } = seed;
    const plain = { phone: null, title: null, departmentBoard, departmentCode, createdAt: CREATED_AT };
    await people.insert(tx, { id, email, name, endedOn: null, ...plain });
    for (const [board, roles] of Object.entries(seed.roles ?? {})) {
      for (const role of roles) await people.addRole(tx, id, board, role);
    }
    const created = await app.provider(CreateToken).inTransaction(tx, SYSTEM, { email });
    if (seed.endedOn !== undefined) {
      await people.update(tx, id, { email, name, ...plain, endedOn: localDate(seed.endedOn) });
    }
    return created;
  });
  return { id, email: seed.email, token, tokenId };
}

/** Someone is away, and another stands in. */
export async function seedAbsence(
  app: TestApp,
  { personId, substituteId, from, to }: { personId: string; substituteId: string; from: string; to: string },
): Promise<string> {
  const id = uuid();
  const columns = ['id', 'person_id', 'substitute_id', 'from_day', 'to_day', 'created_at', 'revoked_at'];
  const values = [id, personId, substituteId, from, to, CREATED_AT, null];
  await app.provider(UnitOfWork).run((tx) => insertRows(tx, 'absence', columns, [values]));
  return id;
}

export const revokeToken = (app: TestApp, id: string): Promise<void> => app.provider(RevokeToken).execute(SYSTEM, id);

/** The model remiss, as it is registered at the model board. */
export const MODEL_REMISS = {
  board: 'EÅV',
  title: 'Förslag till nytt program för trygghet',
  sender: 'Kommunstyrelsen',
  senderReference: 'KS 2023/739',
  receivedOn: '2023-09-11',
  answerDue: '2023-10-27',
};

/** The board EÅV, its department HR, its model meetings of 2023 and one person of each role. */
export interface ModelBoard {
  readonly registrar: SeededPerson;
  readonly officer: SeededPerson;
  readonly manager: SeededPerson;
  readonly director: SeededPerson;
  readonly secretary: SeededPerson;
  readonly reader: SeededPerson;
}

export async function seedModelBoard(app: TestApp): Promise<ModelBoard> {
  await seedBoard(app);
  await seedDepartment(app);
  for (const date of ['2023-09-28', '2023-10-26', '2023-11-23']) await seedMeeting(app, date);
  const person = (email: string, name: string, role: Role): Promise<SeededPerson> =>
    seedPerson(app, { email: `${email}@example.se`, name, roles: { EÅV: [role] }, department: ['EÅV', 'HR'] });
  const registrar = await person('rut.registrator', 'Rut Registrator', 'registrar');
  const officer = await person('hanna.handlaggare', 'Hanna Handläggare', 'officer');
  const manager = await person('cesar.chef', 'Cesar Chef', 'manager');
  const director = await person('disa.direktor', 'Disa Direktör', 'director');
  const secretary = await person('sixten.sekreterare', 'Sixten Sekreterare', 'secretary');
  const reader = await person('lena.lasare', 'Lena Läsare', 'reader');
  await seedDepartment(app, { managerId: manager.id });
  return { registrar, officer, manager, director, secretary, reader };
}
