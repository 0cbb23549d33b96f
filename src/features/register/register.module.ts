import { Module } from '@nestjs/common';
import { BoardsModule } from '../boards/boards.module.js';
import { JournalModule } from '../journal/journal.module.js';
import { PeopleModule } from '../people/people.module.js';
import { ReferralsModule } from '../referrals/referrals.module.js';
import { SeriesModule } from '../series/series.module.js';
import { CalendarApi } from './calendar.api.js';
import { CalendarCases } from './calendar-cases.js';
import { CalendarChanges } from './calendar-changes.js';
import { CalendarFeedRepository } from './calendar-feed.repository.js';
import { CalendarFileApi } from './calendar-file.api.js';
import { CreateCalendar } from './create-calendar.js';
import { ExportRegister } from './export-register.js';
import { ImportChecks } from './import-checks.js';
import { ImportRegister } from './import-register.js';
import { ListCalendars } from './list-calendars.js';
import { ReadCalendar } from './read-calendar.js';
import { ReadRegister } from './read-register.js';
import { RegisterApi } from './register.api.js';
import { RevokeCalendar } from './revoke-calendar.js';
import { SearchModule } from './search.module.js';
import { StoreImport } from './store-import.js';

/** The register as a whole: searched, exported, imported, and read by calendars. */
@Module({
  imports: [BoardsModule, JournalModule, PeopleModule, ReferralsModule, SearchModule, SeriesModule],
  controllers: [RegisterApi, CalendarApi, CalendarFileApi],
  providers: [
    ReadRegister, ExportRegister, ImportChecks, StoreImport, ImportRegister, CalendarFeedRepository, CalendarCases,
    CalendarChanges, CreateCalendar, RevokeCalendar, ListCalendars, ReadCalendar,
  ], // prettier-ignore
  exports: [ExportRegister, ImportRegister, CreateCalendar, RevokeCalendar, ListCalendars],
})
export class RegisterModule {}
