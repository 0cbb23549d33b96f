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
import { Substitutes } from '../people/substitutes.js';
import { BoardHeirs } from './board-heirs.js';
import { CasePositions, type CasePosition } from './case-position.js';
import { changeMail, type Change } from './templates/change-mail.js';

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

/** Tells officer and secretaries what a moved or cancelled meeting, or a new answer date, has changed in their cases. */
@Injectable()
export class TellOfChange {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly positions: CasePositions,
    private readonly people: PeopleRepository,
    private readonly heirs: BoardHeirs,
    private readonly substitutes: Substitutes,
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
      const told = await this.whoIsTold(tx, positions, payload.by);
      const mails = [...told.values()].map(({ to, cases }) => ({
        kind: 'change',
        once: job.key,
        to,
        ...changeMail({ toName: to.name, change: changeOf(payload), cases, today, baseUrl: this.config.baseUrl }),
      }));
      await this.outbox.add(tx, mails, this.clock.now());
    });
  }

  private async whoIsTold(
    tx: EntityManager,
    positions: readonly CasePosition[],
    by: string | null,
  ): Promise<Map<string, { to: Person; cases: CasePosition[] }>> {
    const today = this.clock.today();
    const heirs = await this.heirs.of(tx, new Set(positions.map(({ board }) => board)), today);
    const officers = await this.officersOf(tx, positions);
    const told = new Map<string, { to: Person; cases: CasePosition[] }>();
    for (const position of positions) {
      const officer = officers.get(position.id);
      const minds = officer && !hasLeft(officer, today) ? [officer] : (heirs.get(position.board) ?? []);
      const secretaries = await this.people.peopleWithRole(tx, position.board, 'secretary', today);
      for (const person of new Set([...minds, ...secretaries].map(({ id }) => id))) {
        if (person === by) continue;
        const to = await this.people.findById(
          tx,
          await this.substitutes.substituteFor(tx, person, position.board, today),
        );
        if (!to || to.id === by) continue;
        const entry = told.get(to.id) ?? { to, cases: [] };
        if (!entry.cases.includes(position)) entry.cases.push(position);
        told.set(to.id, entry);
      }
    }
    return told;
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
