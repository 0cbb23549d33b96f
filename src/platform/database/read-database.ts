import type { DataSource, EntityManager } from 'typeorm';

/**
 * Reads outside a use case. On SQLite a second, read-only connection, so that a list neither waits for a write nor
 * sees one that is not committed; on PostgreSQL the same pool.
 */
export class ReadDatabase {
  constructor(readonly dataSource: DataSource) {}

  get manager(): EntityManager {
    return this.dataSource.manager;
  }
}
