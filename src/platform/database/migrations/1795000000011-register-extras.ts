import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { TableColumnOptions } from 'typeorm';

const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: String(length) });
const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
const key = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });
const nullable = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });
const to = (name: string, columnNames: string[], table: string, columns: string[]) => ({
  name,
  columnNames,
  referencedTableName: table,
  referencedColumnNames: columns,
});

const UNSETTLED = new TableIndex({
  name: 'ix_reminder_unsettled',
  columnNames: ['state'],
  where: `"state" IN ('claimed', 'failed')`,
});

/** Calendar feeds, the gaps that an imported diarium has, and an index that counts reminders in trouble cheaply. */
export class RegisterExtras1795000000011 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.createTable(
      new Table({
        name: 'calendar_feed',
        columns: [
          key(text('id', 36)),
          text('person_id', 36),
          nullable(text('board', 12)),
          text('hash', 64),
          text('created_at', 24),
          nullable(text('revoked_at', 24)),
        ],
        indices: [
          { name: 'uq_calendar_feed_hash', columnNames: ['hash'], isUnique: true },
          { name: 'ix_calendar_feed_person', columnNames: ['person_id', 'created_at'] },
        ],
        foreignKeys: [
          to('fk_calendar_feed_person', ['person_id'], 'person', ['id']),
          to('fk_calendar_feed_board', ['board'], 'board', ['code']),
        ],
      }),
    );
    await q.createTable(
      new Table({
        name: 'series_gap',
        columns: [
          key(text('board', 12)),
          key(integer('year')),
          key(integer('from_number')),
          integer('to_number'),
          text('reason', 500),
          text('noted_at', 24),
        ],
        checks: [{ name: 'ck_series_gap_order', expression: `"from_number" >= 1 AND "from_number" <= "to_number"` }],
        foreignKeys: [to('fk_series_gap_board', ['board'], 'board', ['code'])],
      }),
    );
    await q.createIndex('reminder', UNSETTLED);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.dropIndex('reminder', UNSETTLED);
    await q.dropTable('series_gap');
    await q.dropTable('calendar_feed');
  }
}
