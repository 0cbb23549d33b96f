import { DataSource, type DataSourceOptions } from 'typeorm';
import { GRACE_MS, postgresClient } from './postgres-client.js';

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

/** So long a server that owes an answer may be silent before it counts as lost. */
const SILENCE_MS = TIMES.statement_timeout + GRACE_MS;

/** A pool of connections to a PostgreSQL server; those that are lost are replaced when the next one is asked for. */
export function postgresDataSource(
  url: string,
  poolSize: number,
  shared: Pick<DataSourceOptions, 'entities' | 'migrations' | 'migrationsTransactionMode'>,
  silenceMs = SILENCE_MS,
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
      Client: postgresClient(silenceMs),
    },
  });
}
