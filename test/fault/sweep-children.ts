import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { SweepReport } from '../../src/features/reminders/sweep.js';

export interface ChildOrder {
  readonly path: string;
  readonly smtpUrl: string;
  readonly now: string;
  readonly killAt?: number;
  readonly withoutLease?: boolean;
}

export interface ChildEnd {
  readonly signal: string | null;
  /** What it did, when it was not killed. */
  readonly report: SweepReport | null;
  readonly steps: readonly string[];
}

/** One sweep in a process of its own. */
export async function sweepInChild(order: ChildOrder): Promise<ChildEnd> {
  const whole = { killAt: 0, withoutLease: false, ...order };
  const files = ['--import', './test/fault/sweep-ts-register.mjs', 'test/fault/sweep-child.ts'];
  const env = { ...process.env, NODE_OPTIONS: '--no-warnings' };
  const child = spawn(process.execPath, [...files, JSON.stringify(whole)], { env });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  const [out, errors, { code, signal }] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (signal === null && code !== 0) throw new Error(`child ended with ${code}: ${errors}`);
  if (signal !== null) return { signal, report: null, steps: [] };
  return { signal, ...(JSON.parse(out) as { report: SweepReport; steps: string[] }) };
}
