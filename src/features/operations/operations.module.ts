import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BoardsModule } from '../boards/boards.module.js';
import { JournalModule } from '../journal/journal.module.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { DrillRecord } from './backup/drill-record.js';
import { CheckReadiness } from './check-readiness.js';
import { DocsApi } from './docs.api.js';
import { ForgetAnswers } from './forget-answers.js';
import { HealthApi } from './health.api.js';
import { MetricsCounts } from './metrics-counts.js';
import { MetricsApi } from './metrics.api.js';
import { Metrics } from './metrics.js';
import { ProblemsApi } from './problems.api.js';
import { UpkeepParts } from './upkeep-parts.js';

/** What those who run the system, or connect theirs to it, look at. */
@Module({
  imports: [BoardsModule, DiscoveryModule, JournalModule, RemindersModule],
  controllers: [HealthApi, DocsApi, ProblemsApi, MetricsApi],
  providers: [CheckReadiness, DrillRecord, ForgetAnswers, UpkeepParts, Metrics, MetricsCounts],
})
export class OperationsModule {}
