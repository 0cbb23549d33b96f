import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Clock } from './clock/clock.port.js';
import { APP_CONFIG, PROCESS_KIND, type AppConfig, type ProcessKind } from './config/config.js';
import type { OpenDatabase } from './database/open-database.js';
import { ReadDatabase } from './database/read-database.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { IdempotencyStore } from './http/idempotency-store.js';
import { Idempotency } from './http/idempotency.js';
import { RouteTable } from './http/route-table.js';
import { Log } from './log/log.js';
import { Mailer } from './mail/mailer.port.js';
import { makeMailer } from './mail/make-mailer.js';
import { FormOnce } from './http/form-once.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { ValidationPipe } from './problem/validation.pipe.js';
import { JobMachine, loadBull } from './queue/job-machine.js';
import { Heartbeat } from './queue/heartbeat.js';
import { JobOutbox } from './queue/job-outbox.js';
import { JobQueue } from './queue/job-queue.port.js';
import { JobTable } from './queue/job-table.js';
import { Leases } from './queue/lease.js';

export interface PlatformOptions {
  readonly config: AppConfig;
  /** Already open and migrated: whoever opens it tells the reader why, when it is refused. */
  readonly database: Pick<OpenDatabase, 'write' | 'read'>;
  readonly log: Log;
  readonly clock: Clock;
  readonly process: ProcessKind;
  /** The routes of the HTTP server, in a process that has one. */
  readonly routes?: RouteTable;
}

const given = ({ config, database, log, clock, process, routes }: PlatformOptions): Provider[] => [
  { provide: APP_CONFIG, useValue: config },
  { provide: PROCESS_KIND, useValue: process },
  { provide: Log, useValue: log },
  { provide: Clock, useValue: clock },
  { provide: DataSource, useValue: database.write },
  { provide: ReadDatabase, useValue: new ReadDatabase(database.read) },
  { provide: RouteTable, useValue: routes ?? new RouteTable() },
];

const jobs: Provider[] = [
  {
    provide: JobMachine,
    inject: [APP_CONFIG, UnitOfWork, ReadDatabase, Clock, Log],
    useFactory: async (config: AppConfig, work: UnitOfWork, read: ReadDatabase, clock: Clock, log: Log) => {
      const bull = config.queue.kind === 'bull' ? { bull: await loadBull() } : {};
      return new JobMachine({ address: config.queue, ...bull, work, read, clock, log });
    },
  },
  { provide: JobQueue, inject: [JobMachine], useFactory: (machine: JobMachine) => machine.queue },
  { provide: JobOutbox, inject: [JobMachine], useFactory: (machine: JobMachine) => machine.outbox },
  { provide: JobTable, inject: [JobMachine], useFactory: (machine: JobMachine) => machine.table },
  Leases,
  Heartbeat,
];

const mail: Provider = { provide: Mailer, inject: [APP_CONFIG, Clock], useFactory: makeMailer };

/** Technique, for every feature: settings, time, database, queue, mail, log, and what the HTTP side needs. */
@Module({})
export class PlatformModule {
  static forRoot(options: PlatformOptions): DynamicModule {
    const shared = [...given(options), UnitOfWork, ...jobs, mail, IdempotencyStore, Idempotency, FormOnce];
    return {
      module: PlatformModule,
      global: true,
      providers: [
        ...shared,
        { provide: APP_PIPE, useClass: ValidationPipe },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: shared,
    };
  }
}
