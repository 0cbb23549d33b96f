import { JournalRow } from './features/journal/journal.entity.js';
import { JournalHeadRow } from './features/journal/journal-head.entity.js';
import { AbsenceRow } from './features/people/absence.entity.js';
import { ApiTokenRow } from './features/people/api-token.entity.js';
import { PersonRow } from './features/people/person.entity.js';
import { PersonRoleRow } from './features/people/person-role.entity.js';
import { CredentialRow } from './features/accounts/credential.entity.js';
import { SessionRow } from './features/accounts/session.entity.js';
import { SignInAttemptRow } from './features/accounts/sign-in-attempt.entity.js';
import { SignInLinkRow } from './features/accounts/sign-in-link.entity.js';
import { BoardRow } from './features/boards/board.entity.js';
import { DepartmentRow } from './features/boards/department.entity.js';
import { MeetingRow } from './features/boards/meeting.entity.js';
import { SeriesRow } from './features/series/series.entity.js';
import { SeriesGapRow } from './features/series/series-gap.entity.js';
import { MailRow } from './features/ledger/mail.entity.js';
import { ReminderRow } from './features/ledger/reminder.entity.js';
import { ExtensionRow } from './features/referrals/extension.entity.js';
import { ReferralRow } from './features/referrals/referral.entity.js';
import { ReconciliationRow } from './features/reminders/reconcile-ledger.entity.js';
import { ResentReminderRow } from './features/reminders/send-again.entity.js';
import { CalendarFeedRow } from './features/register/calendar-feed.entity.js';
import { SettingRow } from './platform/config/setting.entity.js';
import { IdempotencyRow } from './platform/http/idempotency.entity.js';
import { JobRow } from './platform/queue/job.entity.js';
import { LeaseRow } from './platform/queue/lease.entity.js';

/** Every table of Diarium. */
export const ENTITIES = [
  BoardRow,
  PersonRow,
  DepartmentRow,
  PersonRoleRow,
  AbsenceRow,
  ApiTokenRow,
  SessionRow,
  CredentialRow,
  SignInLinkRow,
  SignInAttemptRow,
  MeetingRow,
  SeriesRow,
  SeriesGapRow,
  ReferralRow,
  ExtensionRow,
  MailRow,
  ReminderRow,
  JournalRow,
  JournalHeadRow,
  JobRow,
  LeaseRow,
  IdempotencyRow,
  SettingRow,
  CalendarFeedRow,
  ReconciliationRow,
  ResentReminderRow,
];
