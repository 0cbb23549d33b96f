import { Global, Inject, Injectable, Module, type OnModuleDestroy } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { ReadPool } from '../../platform/database/read-pool.js';
import { SearchPort } from '../referrals/search.port.js';
import { OffLoopReads, PooledReads, ServerReads } from './off-loop-reads.js';
import { PostgresSearch } from './postgres-search.js';
import { SearchReferrals } from './search-referrals.js';
import { SqliteSearch } from './sqlite-search.js';

/** The worker threads of this process: none until something is searched for, and none on PostgreSQL. */
@Injectable()
export class SearchThreads implements OnModuleDestroy {
  readonly pool: ReadPool | null;

  constructor(@Inject(APP_CONFIG) { database }: AppConfig) {
    this.pool = database.kind === 'sqlite' ? new ReadPool({ path: database.path }) : null;
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool?.close();
  }
}

/** Searching, and reading off the event loop. Global, since the list of cases lies to the left of the register. */
@Global()
@Module({
  providers: [
    SearchThreads,
    {
      provide: SearchPort,
      inject: [SearchThreads, ReadDatabase],
      useFactory: ({ pool }: SearchThreads, db: ReadDatabase) =>
        new SearchReferrals(pool ? new SqliteSearch(pool) : new PostgresSearch(db)),
    },
    {
      provide: OffLoopReads,
      inject: [SearchThreads, ReadDatabase],
      useFactory: ({ pool }: SearchThreads, db: ReadDatabase) => (pool ? new PooledReads(pool) : new ServerReads(db)),
    },
  ],
  exports: [SearchPort, OffLoopReads],
})
export class SearchModule {}
