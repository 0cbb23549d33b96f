import type { ReadDatabase } from '../../platform/database/read-database.js';
import type { ReadPool } from '../../platform/database/read-pool.js';
import { rows } from '../../platform/database/sql.js';

/** Reads that may take longer than a page of a list: exports, counts. They never hold up the requests beside them. */
export abstract class OffLoopReads {
  abstract rows<T>(text: string, params?: readonly unknown[]): Promise<readonly T[]>;
}

/** On SQLite, in worker threads. */
export class PooledReads extends OffLoopReads {
  constructor(private readonly pool: ReadPool) {
    super();
  }

  async rows<T>(text: string, params: readonly unknown[] = []): Promise<readonly T[]> {
    return (await this.pool.run<T>({ text, params }, 60_000)).rows;
  }
}

/** On PostgreSQL the server reads. */
export class ServerReads extends OffLoopReads {
  constructor(private readonly db: ReadDatabase) {
    super();
  }

  rows<T>(text: string, params: readonly unknown[] = []): Promise<readonly T[]> {
    return rows<T>(this.db.manager, text, params);
  }
}
