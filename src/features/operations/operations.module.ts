import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CheckReadiness } from './check-readiness.js';
import { DocsApi } from './docs.api.js';
import { ForgetAnswers } from './forget-answers.js';
import { HealthApi } from './health.api.js';
import { ProblemsApi } from './problems.api.js';

/** What those who run the system, or connect theirs to it, look at. */
@Module({
  imports: [DiscoveryModule],
  controllers: [HealthApi, DocsApi, ProblemsApi],
  providers: [CheckReadiness, ForgetAnswers],
})
export class OperationsModule {}
