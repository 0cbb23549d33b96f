import type { Database, Statement } from 'better-sqlite3';
import { DataSource } from 'typeorm';
import type { TestApp } from './app.js';

type Methods = Pick<Statement<unknown[]>, 'all' | 'get' | 'run'>;

/** The statements that SQLite is given, on every connection of this process, while something is done; in their order. */
export async function statementsOf(app: TestApp, deed: () => Promise<unknown>): Promise<string[]> {
  const { databaseConnection } = app.provider(DataSource).driver as unknown as { databaseConnection: Database };
  const prototype = Object.getPrototypeOf(databaseConnection.prepare('SELECT 1')) as Methods;
  const { all, get, run } = prototype;
  const given: string[] = [];
  const noted = <T>(real: (...params: unknown[]) => T) =>
    function (this: Statement, ...params: unknown[]): T {
      given.push(this.source);
      return real.apply(this, params);
    };
  Object.assign(prototype, { all: noted(all), get: noted(get), run: noted(run) });
  try {
    await deed();
  } finally {
    Object.assign(prototype, { all, get, run });
  }
  return given;
}
