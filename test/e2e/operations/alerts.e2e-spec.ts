import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { startApp, type TestApp } from '../../support/app.js';
import { SettableClock } from '../../support/settable-clock.js';

const Alert = z.strictObject({
  alert: z.string().regex(/^Diarium[A-Z]\w+$/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+[mh]$/)
    .optional(),
  labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
  annotations: z.strictObject({ summary: z.string() }),
});
const Rules = z.strictObject({ groups: z.tuple([z.strictObject({ name: z.string(), rules: z.array(Alert) })]) });

const read = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
const alerts = Rules.parse(parse(read('docs/alerts.yml'))).groups[0].rules;

/** Names of our own metrics in a query; `up` is Prometheus's. */
const metricsIn = (expr: string): string[] => expr.match(/\b(?:diarium|process|nodejs)_\w+/g) ?? [];

describe('docs/alerts.yml', () => {
  let app: TestApp;
  let known: Set<string>;

  beforeAll(async () => {
    app = await startApp({ clock: new SettableClock('2023-09-11T08:41:00.000Z'), process: 'web' });
    await app.get('/health/live');
    const { body } = await app.get('/metrics');
    known = new Set([...String(body).matchAll(/^(\w+)(?:\{[^\n]*\})? [\d.e+-]+$/gm)].map(([, name = '']) => name));
  });
  afterAll(() => app.close());

  it.each(alerts.map((one) => [one.alert, one.expr]))('%s asks for metrics that there are', (_alert, expr) => {
    expect(metricsIn(expr).filter((name) => !known.has(name))).toEqual([]);
    expect(expr).toMatch(/diarium/);
  });

  it('have names of their own', () => {
    const names = alerts.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
  });

  it('watch everything that Diarium counts, but what is no fault by itself', () => {
    const watched = new Set(alerts.flatMap(({ expr }) => metricsIn(expr)));
    const left = [...known].filter((name) => name.startsWith('diarium_') && !watched.has(name));
    expect(left.sort()).toEqual([
      'diarium_http_request_duration_seconds_sum',
      'diarium_jobs_running',
      'diarium_referrals_open',
      'diarium_referrals_overdue',
      'diarium_reminders_claimed',
      'diarium_reminders_pending',
    ]);
  });
});
