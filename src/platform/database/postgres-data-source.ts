import { DataSource, type DataSourceOptions } from 'typeorm';

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
    extra: { ...TIMES, keepAlive: true },
  });
}
