import { Module } from '@nestjs/common';
import { CheckReadiness } from './check-readiness.js';
import { HealthApi } from './health.api.js';

/** What those who run the system look at. */
@Module({ controllers: [HealthApi], providers: [CheckReadiness] })
export class OperationsModule {}
