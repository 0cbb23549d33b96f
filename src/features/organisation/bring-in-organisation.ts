import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { BoardRepository } from '../boards/board.repository.js';
import { changeBoards } from '../boards/board-turns.js';
import { MeetingRepository } from '../boards/meeting.repository.js';
import { Journal, PEOPLE_CHAIN, type JournalEvent } from '../journal/journal.js';
import type { Doer } from '../people/actor.js';
import { Administrators } from '../people/administrators.js';
import { PeopleRepository } from '../people/people.repository.js';
import { ReplanCases } from '../referrals/replan-cases.js';
import { lastAdministratorFaults } from './last-administrators.js';
import { changesOf, type OrganisationChanges } from './organisation-changes.js';
import { OrganisationRefused, parseOrganisation, type OrganisationFile } from './organisation-file.js';
import { OfficersCases } from './officers-cases.js';
import { OrganisationRepository } from './organisation.repository.js';
import { losesOfficersRoles } from './role-rules.js';

/** What became of one thing in the file. */
export interface BroughtIn {
  readonly kind: 'board' | 'department' | 'meeting' | 'person';
  readonly name: string;
  readonly done: 'added' | 'changed' | 'unchanged';
  /** The fields that differed. */
  readonly fields: readonly string[];
}

export interface OrganisationReport {
  readonly things: readonly BroughtIn[];
  /** Codes of the boards whose open cases were planned again. */
  readonly replanned: readonly string[];
  /** In Swedish. */
  readonly warnings: readonly string[];
}

/**
 * Brings in an organisation file: adds what is new and changes what differs, all of it or nothing. Repeatable.
 * Nothing is taken away because the file does not name it.
 */
@Injectable()
export class BringInOrganisation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly organisation: OrganisationRepository,
    private readonly boards: BoardRepository,
    private readonly meetings: MeetingRepository,
    private readonly people: PeopleRepository,
    private readonly administrators: Administrators,
    private readonly cases: OfficersCases,
    private readonly replan: ReplanCases,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /** @throws OrganisationRefused with every fault of the file; nothing is then brought in */
  async execute(bytes: Uint8Array, by: Doer): Promise<OrganisationReport> {
    // Read and checked before the transaction, which others wait for: nothing that it may refer to ever goes away.
    const file = parseOrganisation(bytes, await this.organisation.known(this.read.manager));
    return this.work.run((tx) => this.inTransaction(tx, file, by));
  }

  /**
   * The same for what has been read and checked already.
   *
   * @throws OrganisationRefused when a board would lose its last administrator
   */
  async inTransaction(tx: EntityManager, file: OrganisationFile, by: Doer): Promise<OrganisationReport> {
    const codes = (file.boards ?? []).map(({ code }) => code);
    const withRoles = (file.people ?? []).flatMap(({ roles = {} }) => Object.keys(roles));
    await changeBoards(tx, [...codes, ...withRoles]);
    await this.administrators.hold(tx, [...new Set(withRoles)]);
    const state = await this.organisation.state(tx, codes);
    const changes = changesOf(file, state, { next: uuid, at: this.clock.now().toISOString() });
    const faults = lastAdministratorFaults(changes, state);
    if (faults.length > 0) throw new OrganisationRefused(faults);
    await this.store(tx, changes);
    const replanned = boardsToReplan(changes).filter((code) => state.boards.has(code));
    for (const code of replanned) await this.replan.inTransaction(tx, code, by);
    const events = eventsOf(changes, by);
    if (events.length > 0) await this.journal.record(tx, ...events);
    const warnings = [...changes.warnings, ...(await this.leftWithCases(tx, changes))];
    return { things: thingsOf(changes), replanned, warnings };
  }

  /** The registrars are reminded of what is left with someone who lost the role, until it is given to someone else. */
  private async leftWithCases(tx: EntityManager, { people }: OrganisationChanges): Promise<string[]> {
    const warnings: string[] = [];
    for (const { row, roles } of people) {
      for (const { board, before, after } of roles) {
        const cases = losesOfficersRoles(before, after) ? await this.cases.openOf(tx, board, row.id) : null;
        if (cases === null) continue;
        warnings.push(
          `${row.email} är kvar som handläggare av ${cases} utan rollen officer eller manager i ${board}. Lämna över ärendena; registratorerna får påminnelserna tills vidare.`,
        );
      }
    }
    return warnings;
  }

  /** Departments and people point at each other, so new departments come first without their managers. */
  private async store(
    tx: EntityManager,
    { boards, departments, people, meetings }: OrganisationChanges,
  ): Promise<void> {
    for (const { done, row } of boards) {
      if (done === 'added') await this.boards.insertBoard(tx, row);
      if (done === 'changed') await this.boards.updateBoard(tx, row);
    }
    for (const { done, row } of departments) {
      if (done === 'added') await this.boards.insertDepartment(tx, { ...row, managerId: null });
    }
    for (const person of people) await this.storePerson(tx, person);
    for (const { done, row } of departments) {
      if (done === 'changed' || (done === 'added' && row.managerId !== null))
        await this.boards.updateDepartment(tx, row);
    }
    for (const { done, row } of meetings) {
      if (done === 'added') await this.meetings.insertMeeting(tx, row);
      if (done === 'changed') await this.meetings.updateMeeting(tx, row);
    }
  }

  private async storePerson(tx: EntityManager, person: OrganisationChanges['people'][number]): Promise<void> {
    const { done, row, roles } = person;
    if (done === 'added') await this.people.insert(tx, row);
    if (done === 'changed') await this.people.update(tx, row.id, row);
    for (const { board, add, remove } of roles) {
      for (const role of add) await this.people.addRole(tx, row.id, board, role);
      for (const role of remove) await this.people.removeRole(tx, row.id, board, role);
    }
  }
}

type Outcome = Pick<OrganisationChanges['boards'][number], 'done' | 'before' | 'after'>;

/** Boards whose open cases hang on something that differs: their days, meetings, and who is reminded. */
function boardsToReplan({ boards, departments, meetings, people }: OrganisationChanges): string[] {
  const codes = [
    ...boards.filter(({ plans }) => plans).map(({ row }) => row.code),
    ...[...departments, ...meetings].filter(({ plans }) => plans).map(({ row }) => row.board),
    ...people.flatMap(({ roles }) => roles.map(({ board }) => board)),
  ];
  return [...new Set(codes)].sort();
}

function eventsOf({ boards, departments, meetings, people }: OrganisationChanges, by: Doer): JournalEvent[] {
  const told = (
    subjectType: 'board' | 'department' | 'meeting' | 'person',
    chain: string,
    subjectId: string,
    { done, before, after }: Outcome,
  ): JournalEvent[] => {
    if (done === 'unchanged') return [];
    const event = { chain, by, what: `${subjectType}-${done}`, subjectType, subjectId, after };
    return [before === null ? event : { ...event, before }];
  };
  return [
    ...boards.flatMap((one) => told('board', one.row.code, one.row.code, one)),
    ...departments.flatMap((one) => told('department', one.row.board, `${one.row.board}/${one.row.code}`, one)),
    ...meetings.flatMap((one) => told('meeting', one.row.board, one.row.id, one)),
    ...people.flatMap((one) => told('person', PEOPLE_CHAIN, one.row.id, one)),
  ];
}

function thingsOf({ boards, departments, meetings, people }: OrganisationChanges): BroughtIn[] {
  const thing = (kind: BroughtIn['kind'], name: string, one: Outcome): BroughtIn => ({
    kind,
    name,
    done: one.done,
    fields: one.done === 'changed' ? Object.keys(one.after ?? {}) : [],
  });
  return [
    ...boards.map((one) => thing('board', one.row.code, one)),
    ...departments.map((one) => thing('department', `${one.row.board}/${one.row.code}`, one)),
    ...meetings.map((one) => thing('meeting', `${one.row.board} ${one.row.date}`, one)),
    ...people.map((one) => thing('person', one.row.email, one)),
  ];
}
