import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from './features/accounts/accounts.module.js';
import { BoardsModule } from './features/boards/boards.module.js';
import { JournalModule } from './features/journal/journal.module.js';
import { LedgerModule } from './features/ledger/ledger.module.js';
import { MeetingsModule } from './features/meetings/meetings.module.js';
import { OperationsModule } from './features/operations/operations.module.js';
import { OrganisationModule } from './features/organisation/organisation.module.js';
import { ArendeModule } from './features/pages/arende/arende.module.js';
import { WatchModule } from './features/pages/bevakning/watch.module.js';
import { CaseListModule } from './features/pages/lista/case-list.module.js';
import { ReminderPagesModule } from './features/pages/paminnelser/reminder-pages.module.js';
import { RegisterPagesModule } from './features/pages/registrera/register-pages.module.js';
import { PeoplePagesModule } from './features/pages/medarbetare/people-pages.module.js';
import { MeetingPagesModule } from './features/pages/sammantraden/meeting-pages.module.js';
import { FrameModule } from './features/pages/frame/frame.module.js';
import { PeopleModule } from './features/people/people.module.js';
import { ReferralsModule } from './features/referrals/referrals.module.js';
import { RegisterModule } from './features/register/register.module.js';
import { RemindersModule } from './features/reminders/reminders.module.js';
import { SeriesModule } from './features/series/series.module.js';
import { WebModule } from './platform/web/web.module.js';
import { PlatformModule, type PlatformOptions } from './platform/platform.module.js';

/** Every feature, in import order. */
const FEATURES = [
  JournalModule,
  PeopleModule,
  AccountsModule,
  BoardsModule,
  SeriesModule,
  LedgerModule,
  ReferralsModule,
  MeetingsModule,
  RemindersModule,
  OrganisationModule,
  RegisterModule,
  OperationsModule,
  FrameModule,
  WatchModule,
  RegisterPagesModule,
  CaseListModule,
  MeetingPagesModule,
  PeoplePagesModule,
  ReminderPagesModule,
  ArendeModule,
];

/** The only file that sees every module. */
@Module({})
export class AppModule {
  static forRoot(options: PlatformOptions): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.forRoot(options), WebModule, ...FEATURES] };
  }
}
