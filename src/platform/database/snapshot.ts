import type { DataSource, EntityManager } from 'typeorm';

/**
 * Reads everything as it stood at one moment, whatever others write meanwhile. For long reads: on SQLite the WAL cannot
 * be put away until it ends.
 */
export function inSnapshot<T>(dataSource: DataSource, read: (em: EntityManager) => Promise<T>): Promise<T> {
  const postgres = dataSource.options.type === 'postgres';
  return postgres ? dataSource.transaction('REPEATABLE READ', read) : dataSource.transaction(read);
}
