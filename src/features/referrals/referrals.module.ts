import { Module } from '@nestjs/common';
import { BoardsModule } from '../boards/boards.module.js';
import { JournalModule } from '../journal/journal.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PeopleModule } from '../people/people.module.js';
import { SeriesModule } from '../series/series.module.js';
import { ActOnReferral } from './act-on-referral.js';
import { ActsApi } from './acts.api.js';
import { Acts } from './acts/acts.js';
import { AdjustImmediately } from './acts/adjust-immediately.js';
import { AnswerExtension } from './acts/answer-extension.js';
import { ApproveReferral } from './acts/approve-referral.js';
import { AskExtension } from './acts/ask-extension.js';
import { AssignReferral } from './acts/assign-referral.js';
import { ChooseWay } from './acts/choose-way.js';
import { CorrectReferral } from './acts/correct-referral.js';
import { CorrectRecord } from './acts/correct-record.js';
import { EndReferral } from './acts/end-referral.js';
import { RecordDecision } from './acts/record-decision.js';
import { RecordStep } from './acts/record-step.js';
import { RestReferral } from './acts/rest-referral.js';
import { SendAnswer } from './acts/send-answer.js';
import { TakeBackRecord } from './acts/take-back-record.js';
import { CaseKeeper } from './case-keeper.js';
import { CaseReminders } from './case-reminders.js';
import { ExtensionRepository } from './extension.repository.js';
import { HandOverApi } from './hand-over.api.js';
import { HandOverCases } from './hand-over-cases.js';
import { HandOverDepartments } from './hand-over-departments.js';
import { ListReferrals } from './list-referrals.js';
import { OfficerLookup } from './officer-lookup.js';
import { ReadCaseJournal } from './read-case-journal.js';
import { ReferralApi } from './referral.api.js';
import { ReferralRepository } from './referral.repository.js';
import { RegisterReferral } from './register-referral.js';
import { ReplanCases } from './replan-cases.js';
import { ViewReferral } from './view-referral.js';

const ACTS = [
  Acts, AdjustImmediately, AnswerExtension, ApproveReferral, AskExtension, AssignReferral, ChooseWay, CorrectRecord, CorrectReferral,
  EndReferral, RecordDecision, RecordStep, RestReferral, SendAnswer, TakeBackRecord,
]; // prettier-ignore

@Module({
  imports: [BoardsModule, JournalModule, LedgerModule, PeopleModule, SeriesModule],
  controllers: [ReferralApi, ActsApi, HandOverApi],
  providers: [
    ...ACTS, ActOnReferral, CaseKeeper, CaseReminders, ExtensionRepository, HandOverCases, HandOverDepartments, ListReferrals,
    OfficerLookup, ReadCaseJournal, ReferralRepository, RegisterReferral, ReplanCases, ViewReferral,
  ], // prettier-ignore
  exports: [
    ...ACTS, ActOnReferral, CaseKeeper, CaseReminders, ExtensionRepository, HandOverCases, ListReferrals, OfficerLookup, ReadCaseJournal, ReferralRepository, RegisterReferral,
    ReplanCases, ViewReferral,
  ], // prettier-ignore
})
export class ReferralsModule {}
