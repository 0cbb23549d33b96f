import { setTimeout as sleep } from 'node:timers/promises';

/** PostgreSQL's codes for a transaction that was in another's way: serialisation, deadlock, a lock not had in time. */
const IN_THE_WAY = new Set(['40001', '40P01', '55P03']);
/** Another has stored the same at the same moment. Looked at anew it is there, and a rule says what that means. */
const STORED_MEANWHILE = '23505';

/** Pauses before the second, third … attempt, in milliseconds; each up to half as long again, so that two part. */
const PAUSES_MS = [10, 30, 100, 300, 1_000];
/** After so long no further attempt is begun: whoever waits is told. */
const PATIENCE_MS = 15_000;

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function isWorthRepeating(error: unknown, attempt: number): boolean {
  const code = codeOf(error);
  return IN_THE_WAY.has(code) || (code === STORED_MEANWHILE && attempt === 0);
}

/** Runs a transaction, and runs it anew after a growing pause when it and another were in each other's way. */
export async function untilItFits<T>(transaction: () => Promise<T>): Promise<T> {
  const started = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      const pause = PAUSES_MS[attempt];
      const isLate = performance.now() - started > PATIENCE_MS;
      if (pause === undefined || isLate || !isWorthRepeating(error, attempt)) throw error;
      await sleep(pause * (1 + Math.random() / 2));
    }
  }
}
