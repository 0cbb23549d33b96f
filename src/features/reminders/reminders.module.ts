import { Module } from '@nestjs/common';
import { BoardsModule } from '../boards/boards.module.js';
import { JournalModule } from '../journal/journal.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PeopleModule } from '../people/people.module.js';
import { ReferralsModule } from '../referrals/referrals.module.js';
import { Addressees } from './addressees.js';
import { BoardHeirs } from './board-heirs.js';
import { CaseHistory } from './case-history.js';
import { ReadMailFacts } from './mail-facts.js';
import { ReadStandings } from './standings.js';
import { CasePositions } from './case-position.js';
import { ClaimReminders } from './claim-reminders.js';
import { DueAddressees } from './due-addressees.js';
import { DueRemindersRepository } from './due-reminders.repository.js';
import { EscalateMail } from './escalate-mail.js';
import { HandOverLeavers } from './hand-over-leavers.js';
import { LeavePastMeetings } from './leave-past-meetings.js';
import { ListReminders } from './list-reminders.js';
import { ListSentReminders } from './list-sent-reminders.js';
import { MailCasesRepository } from './mail-cases.repository.js';
import { ReplanByBoard } from './replan-by-board.js';
import { ReplanDeclined } from './replan-declined.js';
import { SendMorningReport } from './morning-report.js';
import { MorningReportRepository } from './morning-report.repository.js';
import { MorningJobs } from './morning.jobs.js';
import { NoteOutcomes } from './note-outcomes.js';
import { OnceADay } from './once-a-day.js';
import { OpenDelivery } from './open-delivery.js';
import { PreviewReminders } from './preview-reminders.js';
import { Recipients } from './recipients.js';
import { ReconcileLedger } from './reconcile-ledger.js';
import { ReconcileLedgerRepository } from './reconcile-ledger.repository.js';
import { CompareCase } from './reconcile-ledger-compare.js';
import { LedgerHealth } from './reconcile-ledger-health.js';
import { MendCase } from './reconcile-ledger-mend.js';
import { ReminderApi } from './reminder.api.js';
import { ReminderJobs } from './reminders.jobs.js';
import { SendAgain } from './send-again.js';
import { SendAgainRepository } from './send-again.repository.js';
import { SendDueReminders } from './send-due-reminders.js';
import { Sweep } from './sweep.js';
import { TellOfChange } from './tell-of-change.js';
import { UpcomingReminders } from './upcoming-reminders.js';

/** Reminds: the sweep, its mails, and what a person may see of them. */
@Module({
  imports: [BoardsModule, JournalModule, LedgerModule, PeopleModule, ReferralsModule],
  controllers: [ReminderApi],
  providers: [
    Addressees, BoardHeirs, CaseHistory, CasePositions, ClaimReminders, CompareCase, DueAddressees, DueRemindersRepository,
    EscalateMail, HandOverLeavers, LeavePastMeetings, LedgerHealth, ListReminders, ListSentReminders, MailCasesRepository, MendCase,
    MorningJobs, MorningReportRepository, NoteOutcomes, OnceADay, OpenDelivery, PreviewReminders, ReadMailFacts, ReadStandings, Recipients, ReconcileLedger,
    ReconcileLedgerRepository, ReminderJobs, ReplanByBoard, ReplanDeclined, SendAgain, SendAgainRepository, SendDueReminders, SendMorningReport, Sweep,
    TellOfChange, UpcomingReminders,
  ], // prettier-ignore
  exports: [
    LedgerHealth, ListReminders, ListSentReminders, OnceADay, PreviewReminders, ReconcileLedger, SendAgain, Sweep,
    UpcomingReminders,
  ], // prettier-ignore
})
export class RemindersModule {}
