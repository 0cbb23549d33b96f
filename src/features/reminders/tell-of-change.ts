import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { isLocalDate, localDate } from '../../domain/calendar/local-date.js';
import { OFFICERS_ROLES } from '../../domain/referral/permissions.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { marks, rows } from '../../platform/database/sql.js';
import type { Job } from '../../platform/queue/job-queue.port.js';
import { MailOutbox } from '../ledger/mail-outbox.js';
import { hasLeft, PeopleRepository, type Person } from '../people/people.repository.js';
import { Addressees, partOf, type Addressee } from './addressees.js';
import { BoardHeirs } from './board-heirs.js';
import { CasePositions, type CasePosition } from './case-position.js';
import { CaseHistory } from './case-history.js';
import { ReadStandings } from './standings.js';
import { changeMail } from './templates/change-mail.js';
import { isTold, type Change, type ChangedCase, type ToldAs } from './templates/change-words.js';

/** The job that tells those concerned of cases that were planned anew. */
export const TELL_OF_CHANGE = 'tell-of-change';

const dayText = z
  .string()
  .refine(isLocalDate)
  .transform((text) => localDate(text));
const payloadShape = z.object({
  cause: z.enum(['meeting-moved', 'meeting-cancelled', 'adjustment-changed']),
  referralIds: z.array(z.uuid()),
  /** Who made the change, and so need not be told; null for the system. */
  by: z.string().nullable(),
  from: dayText.optional(),
  to: dayText.optional(),
});
type Payload = z.infer<typeof payloadShape>;

/** Somebody whom a case concerns, and as what. */
interface Concerned {
  readonly personId: string;
  readonly position: CasePosition;
  readonly as: ToldAs;
}

interface Told {
  readonly to: Addressee['to'];
  readonly cases: readonly ChangedCase[];
}

/** Tells officer and secretaries what a moved or cancelled meeting, or a new answer date, has changed in their cases. */
@Injectable()
export class TellOfChange {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly positions: CasePositions,
    private readonly people: PeopleRepository,
    private readonly heirs: BoardHeirs,
    private readonly addressees: Addressees,
    private readonly standings: ReadStandings,
    private readonly history: CaseHistory,
    private readonly outbox: MailOutbox,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** Stands being called twice for one job: its mails have the same Message-IDs and are stored once. */
  async execute(job: Job): Promise<void> {
    const payload = payloadShape.parse(job.payload);
    const today = this.clock.today();
    await this.work.run(async (tx) => {
      const positions = [...(await this.positions.of(tx, payload.referralIds)).values()];
      positions.sort((a, b) => (`${a.answerDue ?? '9999'} ${a.id}` < `${b.answerDue ?? '9999'} ${b.id}` ? -1 : 1));
      const told = await this.whoIsTold(tx, positions, payload);
      const mails = told.map(({ to, cases }) => ({
        kind: 'change',
        once: job.key,
        to,
        ...changeMail({ toName: to.name, change: changeOf(payload), cases, today, baseUrl: this.config.baseUrl }),
      }));
      await this.outbox.add(tx, mails, this.clock.now());
    });
  }

  /** Everyone who is told, substitutes resolved, with what the change means to each. */
  private async whoIsTold(tx: EntityManager, positions: readonly CasePosition[], payload: Payload): Promise<Told[]> {
    const today = this.clock.today();
    const concerned = (await this.concerned(tx, positions)).filter(({ personId }) => personId !== payload.by);
    const byCase = groupedByCase(concerned);
    const due = new Map(concerned.map(({ personId, position: { board } }) => [partOf(personId, board), { personId, board, count: 1 }])); // prettier-ignore
    const addressees = await this.addressees.of(tx, [...due.values()], today);
    const standings = await this.standings.of(tx, concerned.map(({ personId }) => personId)); // prettier-ignore
    const kind = payload.cause === 'adjustment-changed' ? 'adjustment' : [payload.cause];
    const daysBefore = await this.history.daysBefore(tx, positions, kind);
    return addressees.flatMap(({ to, owners }) => {
      if (to.id === payload.by) return [];
      const cases = positions.flatMap((position) => {
        const own = (byCase.get(position.id) ?? []).filter(
          ({ personId }) => owners.get(personId)?.boards.has(position.board) === true,
        );
        const [first] = own;
        if (!first) return [];
        const insteadOf = own.flatMap(({ personId }) => owners.get(personId)?.stoodInFor ?? []);
        const one: ChangedCase = {
          position,
          as: [...new Set(own.map(({ as }) => as))],
          insteadOf: [...new Set(insteadOf)],
          who: standings.of(first.personId, position),
          daysBefore: daysBefore.get(position.id) ?? {},
        };
        return isTold(one, changeOf(payload), today) ? [one] : [];
      });
      return cases.length === 0 ? [] : [{ to, cases }];
    });
  }

  /** Those whose cases they are, before substitutes: the officer, or who minds the board's cases, and secretaries. */
  private async concerned(tx: EntityManager, positions: readonly CasePosition[]): Promise<Concerned[]> {
    const today = this.clock.today();
    const boards = new Set(positions.map(({ board }) => board));
    const heirs = await this.heirs.of(tx, boards, today);
    const officers = await this.officersOf(tx, positions);
    const secretaries = new Map<string, Person[]>();
    for (const board of boards) {
      secretaries.set(board, await this.people.peopleWithRole(tx, board, 'secretary', today));
    }
    return positions.flatMap((position) => {
      const officer = officers.get(position.id);
      const has = officer !== undefined && !hasLeft(officer, today);
      const minds = has ? [officer] : (heirs.get(position.board) ?? []);
      const as = has ? 'officer' : 'heir';
      return [
        ...minds.map(({ id }): Concerned => ({ personId: id, position, as })),
        ...(secretaries.get(position.board) ?? []).map(({ id }): Concerned => ({
          personId: id,
          position,
          as: 'secretary',
        })),
      ];
    });
  }

  private async officersOf(tx: EntityManager, positions: readonly CasePosition[]): Promise<Map<string, Person>> {
    const ids = positions.map(({ id }) => id);
    const found = await rows<{ id: string; officerId: string }>(
      tx,
      `SELECT DISTINCT r."id", r."officer_id" AS "officerId" FROM "referral" r
       JOIN "person_role" pr ON pr."person_id" = r."officer_id" AND pr."board" = r."board"
        AND pr."role" IN (${marks(OFFICERS_ROLES.length)}) WHERE r."id" IN (${marks(ids.length)})`,
      [...OFFICERS_ROLES, ...ids],
    );
    const people = await this.people.byIds(
      tx,
      found.map(({ officerId }) => officerId),
    );
    return new Map(
      found.flatMap(({ id, officerId }) => {
        const person = people.get(officerId);
        return person ? [[id, person] as const] : [];
      }),
    );
  }
}

function changeOf({ cause, from, to }: Payload): Change {
  if (cause === 'adjustment-changed') return { cause };
  if (from === undefined) throw new Error(`${cause} without its day`);
  return cause === 'meeting-cancelled' ? { cause, from } : { cause, from, to: to ?? from };
}

function groupedByCase(concerned: readonly Concerned[]): ReadonlyMap<string, readonly Concerned[]> {
  const byCase = new Map<string, Concerned[]>();
  for (const one of concerned) byCase.set(one.position.id, [...(byCase.get(one.position.id) ?? []), one]);
  return byCase;
}
