import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addDays, type LocalDate } from '../../domain/calendar/local-date.js';
import { instantAt, localDateAt } from '../../domain/calendar/stockholm-time.js';
import { isWorkingDay } from '../../domain/calendar/working-day.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Log } from '../../platform/log/log.js';
import { Leases } from '../../platform/queue/lease.js';
import { BoardRepository, type Board } from '../boards/board.repository.js';
import { LEAVES_AT } from '../ledger/leaves-at.js';
import { MailOutbox, type NewMail } from '../ledger/mail-outbox.js';
import { PeopleRepository } from '../people/people.repository.js';
import { Substitutes } from '../people/substitutes.js';
import { ATTENTIONS, MorningReportRepository } from './morning-report.repository.js';
import { OnceADay, type Outcome } from './once-a-day.js';
import { ReconcileLedgerRepository } from './reconcile-ledger.repository.js';
import { LedgerHealth } from './reconcile-ledger-health.js';
import { SWEEP_LEASE } from './sweep.js';
import { morningMail, type BoardMorning } from './templates/morning-report.js';

export const MORNING_REPORT_LEASE = 'morning-report';
/** The morning's sweep is waited for, so that it can be told what went out; until then. */
const AT_LATEST = '07:45';

/** Tells the registrars each working morning what went out, and that nothing was missed, also when nothing was due. */
@Injectable()
export class SendMorningReport {
  constructor(
    private readonly read: ReadDatabase,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly daily: OnceADay,
    private readonly leases: Leases,
    private readonly boards: BoardRepository,
    private readonly people: PeopleRepository,
    private readonly substitutes: Substitutes,
    private readonly repository: MorningReportRepository,
    private readonly ledger: ReconcileLedgerRepository,
    private readonly health: LedgerHealth,
    private readonly outbox: MailOutbox,
    private readonly log: Log,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** Once a day, when the morning's sweep is done; to be called every now and then. */
  async whenItIsTime(): Promise<Outcome | 'off'> {
    if (!this.config.morningReport) return 'off';
    if (!(await this.isSwept())) return 'too-early';
    return this.daily.run(MORNING_REPORT_LEASE, LEAVES_AT, async () => void (await this.execute()));
  }

  /**
   * Stores today's mails. Of one person and day only one is ever stored, however often this is called.
   *
   * @returns how many people are told
   */
  async execute(): Promise<number> {
    const today = this.clock.today();
    const em = this.read.manager;
    const all = await this.boards.allBoards(em);
    const boards = all.filter((board) => board.morningReport && isWorkingDay(today, board.closedDays));
    const mornings = new Map<string, BoardMorning>();
    for (const board of boards) mornings.set(board.code, await this.morningOf(em, board, today));
    const mails = await this.mails(em, boards, mornings, today);
    await this.work.run((tx) => this.outbox.add(tx, mails, this.clock.now()));
    if (mails.length > 0) this.log.info('morning report', { people: mails.length, boards: boards.length });
    return mails.length;
  }

  private async isSwept(): Promise<boolean> {
    const today = this.clock.today();
    if (this.clock.now() >= instantAt(today, AT_LATEST)) return true;
    const last = await this.leases.lastDoneAt(SWEEP_LEASE);
    return last !== null && last >= instantAt(today, LEAVES_AT);
  }

  private async morningOf(em: EntityManager, board: Board, today: LocalDate): Promise<BoardMorning> {
    const now = this.clock.now().toISOString();
    const verdict = await this.health.latest();
    const counts = verdict?.boards[board.code];
    const isOfToday = verdict !== null && localDateAt(new Date(verdict.doneAt)) === today;
    const found = verdict?.found.filter((one) => one.board === board.code) ?? [];
    const attention = [];
    for (const kind of ATTENTIONS) attention.push(await this.repository.attention(em, board.code, kind, today));
    return {
      name: board.name,
      wentOut: await this.repository.wentOut(em, board.code, instantAt(today, '00:00').toISOString(), now),
      undelivered: await this.repository.undelivered(
        em,
        board.code,
        instantAt(addDays(today, -7), '00:00').toISOString(),
      ),
      waiting: (await this.ledger.late(em, now)).get(board.code) ?? 0,
      control: verdict && counts && isOfToday ? { ...counts, doneAt: new Date(verdict.doneAt), found } : null,
      attention: attention.filter(({ count }) => count > 0),
    };
  }

  /** One each, over all boards of the one who reads it; who is away is stood in for. */
  private async mails(
    em: EntityManager,
    boards: readonly Board[],
    mornings: ReadonlyMap<string, BoardMorning>,
    today: LocalDate,
  ): Promise<NewMail[]> {
    const readers = new Map<string, BoardMorning[]>();
    for (const { code } of boards) {
      const morning = mornings.get(code);
      const registrars = await this.people.idsWithRole(em, code, 'registrar', today);
      const acting = await this.substitutes.substitutesFor(em, registrars, today);
      for (const id of new Set(registrars.map((registrar) => acting.at(registrar, code))))
        readers.set(id, [...(readers.get(id) ?? []), ...(morning ? [morning] : [])]);
    }
    const people = await this.people.byIds(em, [...readers.keys()]);
    const { baseUrl } = this.config;
    return [...readers].flatMap(([id, own]) => {
      const to = people.get(id);
      if (!to) return [];
      const content = morningMail({ toName: to.name, today, boards: own, baseUrl });
      return [{ kind: 'morning-report', once: `morning-report:${today}`, to, ...content }];
    });
  }
}
