import { createRequire } from 'node:module';
import type pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { preparedName } from './sql.js';

const isText = (type: unknown): boolean => type === 'varchar' || type === 'text';

/** Knows that texts compare by their bytes (see `compareByBytes`), which entities for two engines cannot say. */
class PostgresDataSource extends DataSource {
  protected override async buildMetadatas(): Promise<void> {
    await super.buildMetadatas();
    for (const column of this.entityMetadatas.flatMap(({ columns }) => columns)) {
      if (isText(column.type)) column.collation = 'C';
    }
  }
}

/** How long a statement may take, wait for a lock, and leave its transaction idle; how long to wait for a connection. */
const TIMES = {
  statement_timeout: 30_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 60_000,
  connectionTimeoutMillis: 10_000,
};

type Query = (text: unknown, values?: unknown, ...more: unknown[]) => unknown;

/**
 * Connections that have the texts of `often` prepared. The driver is loaded where it is used, as TypeORM does.
 *
 * Between pool and query runner a connection is nobody's for a moment. One that the server cuts just then is told of by
 * the next statement, and must not end the process as an error that nobody has listened to.
 */
function preparingClient(): typeof pg.Client {
  const { Client } = createRequire(import.meta.url)('pg') as typeof pg;
  const asked = Client.prototype.query as Query;
  class PreparingClient extends Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      this.on('error', () => undefined);
    }
  }
  PreparingClient.prototype.query = function (this: pg.Client, text: unknown, values?: unknown, ...more: unknown[]) {
    const name = typeof text === 'string' ? preparedName(text) : undefined;
    return name === undefined
      ? asked.call(this, text, values, ...more)
      : asked.call(this, { name, text }, values, ...more);
  } as typeof Client.prototype.query;
  return PreparingClient;
}

/** A pool of connections to a PostgreSQL server; those that are lost are replaced when the next one is asked for. */
export function postgresDataSource(
  url: string,
  poolSize: number,
  shared: Pick<DataSourceOptions, 'entities' | 'migrations' | 'migrationsTransactionMode'>,
): DataSource {
  return new PostgresDataSource({
    type: 'postgres',
    url,
    ...shared,
    synchronize: false,
    poolSize,
    applicationName: 'diarium',
    // An idle connection that breaks is no fault yet: the next statement shows whether the server is there.
    poolErrorHandler: () => undefined,
    // A server that is gone without a word is found out in minutes; without the delay the system waits for hours.
    // Compiling a query costs more than it saves where pages have 20 or 50 rows.
    extra: {
      ...TIMES,
      options: '-c jit=off',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      Client: preparingClient(),
    },
  });
}
