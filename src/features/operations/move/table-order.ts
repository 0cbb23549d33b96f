import type { EntityMetadata } from 'typeorm';

/** A table as it is copied. */
export interface TableStep {
  readonly table: string;
  /** All columns, in one order for both sides. */
  readonly columns: readonly string[];
  readonly key: readonly string[];
  /** Columns that are left empty at first, since they point at rows that come later; filled in when all are there. */
  readonly late: readonly string[];
}

interface Pointer {
  readonly to: string;
  readonly nullable: readonly string[];
}

const pointersOf = (entity: EntityMetadata): Pointer[] =>
  entity.foreignKeys.map(({ referencedEntityMetadata, columns }) => ({
    to: referencedEntityMetadata.tableName,
    nullable: columns.filter(({ isNullable }) => isNullable).map(({ databaseName }) => databaseName),
  }));

const stepOf = (entity: EntityMetadata, late: readonly string[]): TableStep => ({
  table: entity.tableName,
  columns: entity.columns.map(({ databaseName }) => databaseName),
  key: entity.primaryColumns.map(({ databaseName }) => databaseName),
  late: [...new Set(late)],
});

/** Tables in an order in which what a row points at is there before it, but for columns that are filled in late. */
export function tableOrder(entities: readonly EntityMetadata[]): TableStep[] {
  const left = new Map(entities.map((entity) => [entity.tableName, entity]));
  const order: TableStep[] = [];
  const isAhead = (pointer: Pointer): boolean => left.has(pointer.to);
  while (left.size > 0) {
    const waiting = [...left.values()].map((entity) => ({ entity, ahead: pointersOf(entity).filter(isAhead) }));
    const next =
      waiting.find(({ ahead }) => ahead.length === 0) ??
      waiting.find(({ ahead }) => ahead.every(({ nullable }) => nullable.length > 0));
    if (!next) throw new Error(`tables that need one another: ${[...left.keys()].join(', ')}`);
    const late = next.ahead.flatMap(({ nullable }) => nullable);
    order.push(stepOf(next.entity, late));
    left.delete(next.entity.tableName);
  }
  return order;
}
