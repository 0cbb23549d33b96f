import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Clock } from '../../platform/clock/clock.port.js';
import { Log } from '../../platform/log/log.js';
import { MetricsCounts, type Counts } from './metrics-counts.js';

/** Counting again is not worth its while more often than this. */
const KEPT_MS = 15_000;
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const seconds = (instant: Date | null): number => (instant === null ? 0 : instant.getTime() / 1_000);

/** Name, what it tells, and where it comes from. */
const GAUGES: readonly (readonly [name: string, help: string, value: (counts: Counts) => number])[] = [
  ['diarium_referrals_open', 'Cases neither closed nor void, all boards', (c) => c.open],
  ['diarium_referrals_overdue', 'Open cases past their answer date without an answer sent', (c) => c.overdue],
  ['diarium_reminders_pending', 'Reminders that wait for their day', (c) => c.pending],
  ['diarium_reminders_claimed', 'Reminders in mails that are being sent', (c) => c.claimed],
  ['diarium_reminders_failed', 'Reminders whose mail has failed', (c) => c.failed],
  ['diarium_reminders_oldest_due_seconds', 'Age of the oldest reminder that is due; 0 when none is', (c) => c.oldestDueSeconds],
  ['diarium_reminders_missing', 'Reminders found missing, late or stuck by the last reconciliation', (c) => c.remindersMissing],
  ['diarium_jobs_waiting', 'Jobs that wait', (c) => c.jobsWaiting],
  ['diarium_jobs_running', 'Jobs that run', (c) => c.jobsRunning],
  ['diarium_jobs_dead', 'Jobs that were given up', (c) => c.jobsDead],
  ['diarium_last_sweep_timestamp_seconds', 'When reminders were last swept; 0 for never', (c) => seconds(c.lastSweep)],
  ['diarium_last_reconciliation_timestamp_seconds', 'When the ledger was last compared with what should have gone; 0 for never', (c) => seconds(c.lastReconciliation)],
  ['diarium_last_backup_drill_timestamp_seconds', 'When a backup was last restored on trial; 0 for never', (c) => seconds(c.lastDrill)],
  ['diarium_backup_drill_failed', '1 when the last restore drill failed', (c) => Number(c.drillFailed)],
]; // prettier-ignore

interface Instruments {
  readonly registry: Registry;
  readonly gauges: readonly (readonly [Gauge, (counts: Counts) => number])[];
  readonly up: Gauge;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
}

interface Text {
  readonly type: string;
  readonly body: string;
}

/** What a monitor reads of this process and of the work as a whole. Names no board, person or case. */
@Injectable()
export class Metrics implements OnModuleInit, OnModuleDestroy {
  private instruments: Instruments | null = null;
  private counted: { readonly at: number; readonly done: Promise<void> } | null = null;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly counts: MetricsCounts,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** A process that serves nobody is not read, and measures nothing. */
  onModuleInit(): void {
    const server: unknown = this.host.httpAdapter?.getInstance();
    if (!isFastify(server)) return;
    const { requests } = (this.instruments = make());
    server.addHook('onResponse', (request, reply, done) => {
      // By pattern, so that neither ids nor secret addresses become labels.
      const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
      const labels = { method: methodOf(request.method), route, status: String(reply.statusCode) };
      requests.observe(labels, reply.elapsedTime / 1_000);
      done();
    });
  }

  onModuleDestroy(): void {
    this.instruments?.registry.clear();
  }

  async text(): Promise<Text> {
    const { instruments } = this;
    if (!instruments) throw new Error('metrics are read where requests are served');
    await this.count(instruments);
    return { type: instruments.registry.contentType, body: await instruments.registry.metrics() };
  }

  private count(instruments: Instruments): Promise<void> {
    const now = this.clock.now().getTime();
    if (this.counted && Math.abs(now - this.counted.at) < KEPT_MS) return this.counted.done;
    const done = this.counts.read().then(
      (counts) => {
        for (const [gauge, value] of instruments.gauges) gauge.set(value(counts));
        instruments.up.set(1);
      },
      (error: unknown) => {
        // What was counted before is no longer known to be so.
        for (const [gauge] of instruments.gauges) gauge.set(NaN);
        instruments.up.set(0);
        this.log.warn('the work could not be counted', { err: error });
      },
    );
    this.counted = { at: now, done };
    return done;
  }
}

const isFastify = (server: unknown): server is FastifyInstance =>
  typeof server === 'object' && server !== null && 'addHook' in server && 'inject' in server;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const methodOf = (method: string): string => (METHODS.has(method) ? method : 'other');

function make(): Instruments {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauges = GAUGES.map(([name, help, value]) => [new Gauge({ name, help, registers }), value] as const);
  const up = new Gauge({ name: 'diarium_database_up', help: '1 when the work could be counted', registers });
  const name = 'diarium_http_request_duration_seconds';
  const labelNames = ['method', 'route', 'status'] as const;
  const help = 'Time from request to answer, by the pattern of its route';
  const requests = new Histogram({ name, help, labelNames, buckets: BUCKETS, registers });
  return { registry, gauges, up, requests };
}
