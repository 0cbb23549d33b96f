import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CheckReadiness } from './check-readiness.js';
import { DocsApi } from './docs.api.js';
import { HealthApi } from './health.api.js';

/** What those who run the system, or connect theirs to it, look at. */
@Module({ imports: [DiscoveryModule], controllers: [HealthApi, DocsApi], providers: [CheckReadiness] })
export class OperationsModule {}
