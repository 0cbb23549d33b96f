import { Module } from '@nestjs/common';
import { SearchModule } from './search.module.js';

/** The register as a whole: searched, exported, imported, and read by calendars. */
@Module({ imports: [SearchModule] })
export class RegisterModule {}
