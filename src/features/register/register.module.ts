import { Module } from '@nestjs/common';
import { ExportRegister } from './export-register.js';
import { ReadRegister } from './read-register.js';
import { RegisterApi } from './register.api.js';
import { SearchModule } from './search.module.js';

/** The register as a whole: searched, exported, imported, and read by calendars. */
@Module({
  imports: [SearchModule],
  controllers: [RegisterApi],
  providers: [ReadRegister, ExportRegister],
  exports: [ExportRegister],
})
export class RegisterModule {}
