import { v7 as uuid } from 'uuid';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import type { Role } from '../../../src/domain/referral/permissions.js';
import { BoardRepository } from '../../../src/features/boards/board.repository.js';
import { MeetingRepository } from '../../../src/features/boards/meeting.repository.js';
import { Journal } from '../../../src/features/journal/journal.js';
import { MailOutbox } from '../../../src/features/ledger/mail-outbox.js';
import { MailRepository } from '../../../src/features/ledger/mail.repository.js';
import { ReminderLedger } from '../../../src/features/ledger/reminder-ledger.js';
import { ReminderRepository } from '../../../src/features/ledger/reminder.repository.js';
import { AbsenceRepository } from '../../../src/features/people/absence.repository.js';
import { PeopleRepository } from '../../../src/features/people/people.repository.js';
import { Substitutes } from '../../../src/features/people/substitutes.js';
import { planCase } from '../../../src/features/referrals/case-plan.js';
import { CaseReminders } from '../../../src/features/referrals/case-reminders.js';
import type { Referral } from '../../../src/features/referrals/referral.js';
import { ReferralRepository } from '../../../src/features/referrals/referral.repository.js';
import { Addressees } from '../../../src/features/reminders/addressees.js';
import { BoardHeirs } from '../../../src/features/reminders/board-heirs.js';
import { CaseHistory } from '../../../src/features/reminders/case-history.js';
import { CasePositions } from '../../../src/features/reminders/case-position.js';
import { ClaimReminders } from '../../../src/features/reminders/claim-reminders.js';
import { DueAddressees } from '../../../src/features/reminders/due-addressees.js';
import { DueRemindersRepository } from '../../../src/features/reminders/due-reminders.repository.js';
import { EscalateMail } from '../../../src/features/reminders/escalate-mail.js';
import { HandOverLeavers } from '../../../src/features/reminders/hand-over-leavers.js';
import { ReadMailFacts } from '../../../src/features/reminders/mail-facts.js';
import { MailCasesRepository } from '../../../src/features/reminders/mail-cases.repository.js';
import { NoteOutcomes } from '../../../src/features/reminders/note-outcomes.js';
import { OpenDelivery } from '../../../src/features/reminders/open-delivery.js';
import { PreviewReminders } from '../../../src/features/reminders/preview-reminders.js';
import { ReadStandings } from '../../../src/features/reminders/standings.js';
import { SendDueReminders } from '../../../src/features/reminders/send-due-reminders.js';
import { Sweep } from '../../../src/features/reminders/sweep.js';
import type { Clock } from '../../../src/platform/clock/clock.port.js';
import { readConfig } from '../../../src/platform/config/config.js';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { change, insertRows, rows } from '../../../src/platform/database/sql.js';
import type { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { createLog, type Log } from '../../../src/platform/log/log.js';
import type { Mailer } from '../../../src/platform/mail/mailer.port.js';
import { JobOutbox } from '../../../src/platform/queue/job-outbox.js';
import { JobTable } from '../../../src/platform/queue/job-table.js';
import { JobWaker } from '../../../src/platform/queue/job-waker.js';
import { Leases } from '../../../src/platform/queue/lease.js';
import type { DataSource } from 'typeorm';
import { aReferral } from '../../support/a-referral.js';

export interface Parts {
  readonly write: DataSource;
  readonly read: DataSource;
  readonly work: UnitOfWork;
  readonly clock: Clock;
  readonly mailer: Mailer;
  readonly log?: Log;
}

const CREATED_AT = '2023-01-02T08:00:00.000Z';

/** The ledger and the sweep put together as the application does it, over one's own database, clock and mailer. */
export class Wiring {
  readonly config = readConfig({ BASE_URL: 'https://diarium.example.se' });
  readonly people = new PeopleRepository();
  readonly boards = new BoardRepository();
  readonly meetings = new MeetingRepository();
  readonly referrals = new ReferralRepository();
  readonly mails = new MailRepository();
  readonly due = new DueRemindersRepository();
  readonly reminderRows = new ReminderRepository();
  readonly positions = new CasePositions(this.boards);
  readonly heirs = new BoardHeirs(this.people);
  readonly addressees = new Addressees(this.people, new Substitutes(), new AbsenceRepository());
  readonly facts = new ReadMailFacts(this.positions, new ReadStandings(), new CaseHistory(this.people));
  readonly readDatabase: ReadDatabase;
  readonly ledger: ReminderLedger;
  readonly cases: CaseReminders;
  readonly claims: ClaimReminders;
  readonly deliveries: OpenDelivery;
  readonly preview: PreviewReminders;
  readonly leases: Leases;
  readonly sweep: Sweep;
  private readonly journal: Journal;
  private readonly outbox: MailOutbox;
  private readonly log: Log;

  constructor(readonly parts: Parts) {
    const { read, work, clock, mailer } = parts;
    this.log = parts.log ?? createLog('silent');
    this.readDatabase = new ReadDatabase(read);
    this.journal = new Journal(clock);
    const jobs = new JobOutbox(work, new JobTable(clock), clock, new JobWaker());
    this.ledger = new ReminderLedger(this.reminderRows, jobs, clock);
    this.cases = new CaseReminders(this.ledger, this.meetings, clock);
    this.outbox = new MailOutbox(this.mails, jobs, this.config);
    const { due, mails, reminderRows, positions, facts, heirs, addressees, config } = this;
    this.claims = new ClaimReminders(work, due, reminderRows, mails, this.outbox, positions, facts, config);
    const escalate = new EscalateMail(heirs, this.outbox, config);
    const cases = new MailCasesRepository();
    const note = new NoteOutcomes(work, clock, mails, cases, escalate, this.journal, this.log);
    this.deliveries = new OpenDelivery(work, clock, mails, mailer, note, config);
    this.preview = new PreviewReminders(
      this.readDatabase,
      clock,
      mails,
      due,
      heirs,
      addressees,
      positions,
      facts,
      config,
    );
    this.leases = new Leases(work, this.readDatabase, clock);
    this.sweep = this.newSweep();
  }

  /** Another sweep as another process has it, on the same connection. */
  newSweep(): Sweep {
    const { due, reminderRows, heirs, addressees, log, readDatabase } = this;
    const { work, clock } = this.parts;
    const leavers = new HandOverLeavers(work, due, reminderRows, heirs, this.journal, log);
    const dueNow = new DueAddressees(readDatabase, due, leavers, addressees);
    const send = new SendDueReminders(work, clock, this.mails, dueNow, this.claims, log);
    return new Sweep(this.leases, send, this.deliveries, log);
  }

  /** Whatever a query gives, as the writing connection sees it. */
  query<T>(text: string, params: readonly unknown[] = []): Promise<T[]> {
    return rows<T>(this.parts.write.manager, text, params);
  }

  async board(code = 'EÅV', name = 'Enskede-Årsta-Vantörs stadsdelsnämnd', closedDays = '[]'): Promise<void> {
    await this.parts.work.run((tx) =>
      this.boards.insertBoard(tx, {
        code,
        name,
        administration: null,
        numberPattern: '{code} {year}/{number}',
        leadTimes: '{}',
        closedDays,
        createdAt: CREATED_AT,
      }),
    );
  }

  async meeting(date: string, board = 'EÅV'): Promise<string> {
    const id = uuid();
    await this.parts.work.run((tx) =>
      this.meetings.insertMeeting(tx, {
        id,
        board,
        date: localDate(date),
        time: '18:00',
        place: 'Dalens sjukhus, sal 3',
        adjustmentOn: null,
        dispatchOn: null,
        state: 'planned',
        createdAt: CREATED_AT,
      }),
    );
    return id;
  }

  async department(code: string, managerId: string | null, board = 'EÅV'): Promise<void> {
    await this.parts.work.run((tx) => this.boards.insertDepartment(tx, { board, code, name: code, managerId }));
  }

  /** A person at example.se with roles at boards; gives the id. */
  async person(name: string, roles: Readonly<Record<string, readonly Role[]>>, endedOn?: string): Promise<string> {
    const id = uuid();
    const email = `${name.toLowerCase().replace('å', 'a').replaceAll('ä', 'a').replace('ö', 'o').replace(' ', '.')}@example.se`;
    await this.parts.work.run(async (tx) => {
      const ended = endedOn === undefined ? null : localDate(endedOn);
      const plain = { phone: null, title: null, departmentBoard: null, departmentCode: null, createdAt: CREATED_AT };
      await this.people.insert(tx, { id, email, name, endedOn: ended, ...plain });
      for (const [board, own] of Object.entries(roles)) {
        for (const role of own) await this.people.addRole(tx, id, board, role);
      }
    });
    return id;
  }

  async absence(personId: string, substituteId: string, from: string, to: string): Promise<void> {
    const columns = ['id', 'person_id', 'substitute_id', 'from_day', 'to_day', 'created_at', 'revoked_at'];
    const values = [uuid(), personId, substituteId, from, to, CREATED_AT, null];
    await this.parts.work.run((tx) => insertRows(tx, 'absence', columns, [values]));
  }

  async ends(personId: string, on: string): Promise<void> {
    await this.parts.work.run((tx) => change(tx, 'UPDATE "person" SET "ended_on" = ? WHERE "id" = ?', [on, personId]));
  }

  /** Registers a case today and plans it and its reminders. */
  async register(officerId: string | null, number = 1, more: Partial<Referral> = {}): Promise<Referral> {
    const today = this.parts.clock.today();
    const board = more.board ?? 'EÅV';
    const bare = aReferral({
      id: uuid(),
      number,
      diarienummer: `${board} 2023/${number}`,
      numberKey: `${board}|2023|${number}`,
      registeredAt: this.parts.clock.now().toISOString(),
      registeredOn: today,
      receivedOn: today,
      officerId,
      officerSince: officerId === null ? null : today,
      status: officerId === null ? 'registered' : 'assigned',
      department: null,
      registeredBy: officerId ?? 'registrar',
      ...more,
    });
    return this.parts.work.run(async (tx) => {
      const stored = await this.boards.boardByCode(tx, board);
      const meetings = await this.meetings.meetingsFrom(tx, board, today);
      const { referral } = planCase({
        referral: bare,
        board: stored,
        meetings,
        choice: { kind: 'recommended' },
        today,
      });
      await this.referrals.insert(tx, referral);
      await this.cases.plan(tx, referral, stored, null);
      return referral;
    });
  }

  /** Changes a case, plans it anew and brings its reminders in line. */
  async replan(before: Referral, change: Partial<Referral>, extensionAskedOn: string | null = null): Promise<Referral> {
    const today = this.parts.clock.today();
    return this.parts.work.run(async (tx) => {
      const board = await this.boards.boardByCode(tx, before.board);
      const meetings = await this.meetings.meetingsFrom(tx, before.board, localDate('2023-01-01'));
      const changed = { ...before, ...change, version: before.version + 1 };
      const { referral } = planCase({ referral: changed, board, meetings, choice: { kind: 'keep' }, today });
      await this.referrals.update(tx, before, referral);
      await this.cases.plan(tx, referral, board, extensionAskedOn === null ? null : localDate(extensionAskedOn));
      return referral;
    });
  }

  /** The ledger: state, about, offset and whose, by time. */
  async ledgerOf(referralId: string): Promise<string[]> {
    const found = await this.query<{ line: string }>(
      `SELECT r."state" || ' ' || r."about" || ' ' || r."offset" || ' ' || p."name" AS "line"
         FROM "reminder" r JOIN "person" p ON p."id" = r."person_id" WHERE r."referral_id" = ?
        ORDER BY r."due_at", r."about", p."name", r."offset"`,
      [referralId],
    );
    return found.map(({ line }) => line);
  }
}
