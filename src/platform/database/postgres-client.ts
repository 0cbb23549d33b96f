import { createRequire } from 'node:module';
import type pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { preparedName } from './sql.js';

type Query = (text: unknown, values?: unknown, ...more: unknown[]) => unknown;

/** Listens to whether a server that owes an answer says anything, and hangs up when it does not. */
class Silence {
  private owed = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private limitMs: number,
    private readonly hangUp: (error: Error) => void,
  ) {}

  async endsWith(answer: Promise<unknown>): Promise<void> {
    this.owed += 1;
    this.listen();
    await answer.catch(() => undefined);
    this.owed -= 1;
    this.listen();
  }

  /** @param limitMs from now on; 0 waits for ever */
  allow(limitMs: number): number {
    const before = this.limitMs;
    this.limitMs = limitMs;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.listen();
    return before;
  }

  /** One timer a connection, which goes on: statements come by the thousand. */
  private listen(): void {
    if (this.limitMs === 0) return;
    if (this.timer !== undefined) return void this.timer.refresh();
    const limitMs = this.limitMs;
    this.timer = setTimeout(() => {
      if (this.owed > 0) this.hangUp(new Error(`Connection terminated: not a word in ${limitMs} ms`));
    }, limitMs).unref();
  }
}

/** A connection of the pool. */
interface Listening extends pg.Client {
  readonly silence: Silence;
}

/**
 * Connections that have the texts of `often` prepared, and that are given up when the server owes an answer and is
 * silent for so long. The driver is loaded where it is used, as TypeORM does.
 *
 * Between pool and query runner a connection is nobody's for a moment. One that the server cuts just then is told of by
 * the next statement, and must not end the process as an error that nobody has listened to.
 *
 * @param silenceMs more than any statement may take
 */
export function postgresClient(silenceMs: number): typeof pg.Client {
  const { Client } = createRequire(import.meta.url)('pg') as typeof pg;
  const asked = Client.prototype.query as Query;
  class DiariumClient extends Client implements Listening {
    readonly silence = new Silence(silenceMs, (error) => this.connection.stream.destroy(error));

    constructor(config?: string | pg.ClientConfig) {
      super(config);
      this.on('error', () => undefined);
    }
  }
  DiariumClient.prototype.query = function (this: Listening, text: unknown, values?: unknown, ...more: unknown[]) {
    const name = typeof text === 'string' ? preparedName(text) : undefined;
    const answer = asked.call(this, name === undefined ? text : { name, text }, values, ...more);
    if (answer instanceof Promise) void this.silence.endsWith(answer);
    return answer;
  } as typeof Client.prototype.query;
  return DiariumClient;
}

/** How much longer than a statement may take its answer may be under way. */
export const GRACE_MS = 10_000;

/**
 * Does on one connection what takes longer than statements otherwise may.
 *
 * @param limitMs of each statement; 0 for none at all, nor is the server's silence taken for its end then
 */
export async function withPatience<T>(queryRunner: QueryRunner, limitMs: number, act: () => Promise<T>): Promise<T> {
  const { silence } = (await queryRunner.connect()) as Listening;
  const before = silence.allow(limitMs === 0 ? 0 : limitMs + GRACE_MS);
  await queryRunner.query(`SET statement_timeout = ${limitMs}`);
  await queryRunner.query('SET lock_timeout = 0');
  try {
    return await act();
  } finally {
    silence.allow(before);
    // In a transaction that has failed its end undoes them, and of a connection that is lost nothing is left.
    await queryRunner.query('RESET statement_timeout').catch(() => undefined);
    await queryRunner.query('RESET lock_timeout').catch(() => undefined);
  }
}
