import { Module } from '@nestjs/common';
import { BoardsModule } from '../boards/boards.module.js';
import { JournalModule } from '../journal/journal.module.js';
import { PeopleModule } from '../people/people.module.js';
import { ReferralsModule } from '../referrals/referrals.module.js';
import { SeriesModule } from '../series/series.module.js';
import { ExportRegister } from './export-register.js';
import { ImportChecks } from './import-checks.js';
import { ImportRegister } from './import-register.js';
import { ReadRegister } from './read-register.js';
import { RegisterApi } from './register.api.js';
import { SearchModule } from './search.module.js';
import { StoreImport } from './store-import.js';

/** The register as a whole: searched, exported, imported, and read by calendars. */
@Module({
  imports: [BoardsModule, JournalModule, PeopleModule, ReferralsModule, SearchModule, SeriesModule],
  controllers: [RegisterApi],
  providers: [ReadRegister, ExportRegister, ImportChecks, StoreImport, ImportRegister],
  exports: [ExportRegister, ImportRegister],
})
export class RegisterModule {}
