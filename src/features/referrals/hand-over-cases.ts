import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { RuleError } from '../../domain/errors.js';
import { OFFICERS_ROLES } from '../../domain/referral/permissions.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { BoardRepository } from '../boards/board.repository.js';
import { changeBoards, holdBoards } from '../boards/board-turns.js';
import { Journal, PEOPLE_CHAIN } from '../journal/journal.js';
import { boardsAdministered, isAdminOf, rolesOn, type Actor } from '../people/actor.js';
import { EndAccount } from '../people/end-account.js';
import { PeopleRepository, type Person } from '../people/people.repository.js';
import { CaseKeeper } from './case-keeper.js';
import { HandOverDepartments, type HandedDepartment } from './hand-over-departments.js';
import type { Referral } from './referral.js';
import { ReferralRepository } from './referral.repository.js';

export interface HandOverInput {
  /** E-mail address of the one who hands over. */
  readonly from: string;
  /** E-mail address of the one who takes over. */
  readonly to: string;
  /** The first day on which the account is no longer in use, for one who leaves. */
  readonly leavesOn?: LocalDate | undefined;
  /** E-mail address of the next manager of the departments that the one who hands over manages. */
  readonly manager?: string | undefined;
}

/** The receipt: what went from whom to whom. */
export interface HandedOver {
  readonly from: Person;
  readonly to: Person;
  readonly cases: readonly Pick<Referral, 'id' | 'board' | 'diarienummer'>[];
  readonly at: string;
  readonly leavesOn: LocalDate | null;
  /** Departments that have got another manager, or are without one when the account has ended. */
  readonly departments: readonly HandedDepartment[];
}

/** As much of a receipt as says who may see it. */
interface Receipt {
  readonly from: { readonly email: string };
  readonly cases: readonly { readonly board: string }[];
}

/** Hands over every open case of a person in one act, as when someone leaves. */
@Injectable()
export class HandOverCases {
  constructor(
    private readonly people: PeopleRepository,
    private readonly boards: BoardRepository,
    private readonly referrals: ReferralRepository,
    private readonly keeper: CaseKeeper,
    private readonly departments: HandOverDepartments,
    private readonly endAccount: EndAccount,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws RuleError `person-unknown`, also for someone at other boards alone, `person-lacks-role` when the one who takes
   *   over is no officer of a board that has one of the cases, `forbidden` unless the actor is registrar or administrator of every board concerned, or
   *   administrator of any when none is, with `leavesOn` as `EndAccount`, and with `manager` as `HandOverDepartments`
   */
  async inTransaction(tx: EntityManager, actor: Actor, input: HandOverInput): Promise<HandedOver> {
    // Before anybody is looked up: who hands over nothing anywhere learns of no address whether it is someone's.
    if (![...actor.roles.keys()].some((board) => handsOverAt(actor, board))) throw mayNotHandOver();
    const today = this.clock.today();
    const boards = [...actor.roles.keys()];
    const found = await this.people.findByEmail(tx, input.from);
    if (!found) throw unknown(input.from);
    const takeTurn = input.manager === undefined ? holdBoards : changeBoards;
    await takeTurn(tx, boards);
    const cases = await this.referrals.openOfOfficer(tx, found.id);
    await this.assertMay(tx, actor, found, input.from, cases);
    const to = await this.people.colleagueAt(tx, boards, input.to, today, 'to');
    if (to.id === found.id) {
      throw new RuleError('person-lacks-role', 'nobody hands over to themselves', { field: 'to', value: to.email });
    }
    for (const board of new Set(cases.map((one) => one.board))) await this.assertOfficer(tx, to, board);
    for (const referral of cases) await this.give(tx, actor, referral, found, to);
    const { leavesOn = null, manager } = input;
    const concerned = leavesOn !== null || manager !== undefined;
    const departments = concerned ? await this.departments.inTransaction(tx, actor, found, manager) : [];
    const numbers = cases.map(({ diarienummer }) => diarienummer);
    await this.journal.record(tx, {
      chain: PEOPLE_CHAIN,
      by: actor,
      what: 'cases-handed-over',
      subjectType: 'person',
      subjectId: found.id,
      before: { officer: found.id, cases: numbers, leavesOn: found.endedOn },
      after: { to: to.id, cases: numbers, leavesOn: leavesOn ?? found.endedOn, ...toldOf(departments) },
    });
    if (leavesOn !== null) await this.endAccount.inTransaction(tx, actor, found, leavesOn);
    return { from: found, to, cases, at: this.clock.now().toISOString(), leavesOn, departments };
  }

  private async give(tx: EntityManager, actor: Actor, referral: Referral, from: Person, to: Person): Promise<void> {
    const board = await this.boards.boardByCode(tx, referral.board);
    const changed: Referral = { ...referral, officerId: to.id, officerSince: this.clock.today() };
    const says = { handedOverFrom: from.name, officerName: to.name };
    await this.keeper.change(tx, referral, changed, board, { by: actor, what: 'officer-assigned', says });
  }

  private async assertOfficer(tx: EntityManager, to: Person, board: string): Promise<void> {
    if (await this.people.hasRole(tx, to.id, board, OFFICERS_ROLES)) return;
    const facts = { field: 'to', value: to.email, board, role: 'officer' };
    throw new RuleError('person-lacks-role', `${to.email} is not an officer of ${board}`, facts);
  }

  /**
   * An earlier receipt, for who may still hand over the person's cases.
   *
   * @throws RuleError `forbidden`
   */
  async seenAgain<R extends Receipt>(tx: EntityManager, actor: Actor, receipt: R): Promise<R> {
    const from = await this.people.findByEmail(tx, receipt.from.email);
    if (!from) throw mayNotHandOver();
    await this.assertMay(tx, actor, from, from.email, receipt.cases);
    return receipt;
  }

  /**
   * Judged before anything else that is wrong is told.
   *
   * @param typed the address as it was given, since what it is kept as would tell that it is someone's
   */
  private async assertMay(
    tx: EntityManager,
    actor: Actor,
    from: Person,
    typed: string,
    cases: Receipt['cases'],
  ): Promise<void> {
    const held = (await this.people.rolesOf(tx, from.id)).map(({ board }) => board);
    // As in `mayEndAccount`: who has no role anywhere belongs to the board of their department.
    const belongs = held.length === 0 && from.departmentBoard !== null ? [from.departmentBoard] : [];
    const boards = new Set([...held, ...belongs, ...cases.map(({ board }) => board)]);
    const may =
      boards.size === 0
        ? boardsAdministered(actor).length > 0
        : [...boards].every((board) => handsOverAt(actor, board));
    if (may) return;
    throw [...boards].some((board) => actor.roles.has(board)) ? mayNotHandOver() : unknown(typed);
  }
}

const unknown = (from: string): RuleError =>
  new RuleError('person-unknown', 'nobody here has this address', { field: 'from', value: from });

/** As the journal tells it; nothing where there are none. */
const toldOf = (departments: readonly HandedDepartment[]) =>
  departments.length === 0
    ? {}
    : {
        departments: departments.map(({ board, code, name, manager }) => ({
          board,
          code,
          name,
          manager: manager?.email ?? null,
        })),
      };

/** Whether the actor may hand over cases of the board, as far as it alone is concerned. */
export const handsOverAt = (actor: Actor, board: string): boolean =>
  rolesOn(actor, board).has('registrar') || isAdminOf(actor, board);

export const mayNotHandOver = (): RuleError =>
  new RuleError('forbidden', 'handing over takes registrar or administrator', {
    act: 'hand-over',
    needs: 'registrar-or-admin',
  });
