import { Table, TableIndex, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: String(length) });
const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
const key = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });
const to = (name: string, columnNames: string[], table: string) => ({
  name,
  columnNames,
  referencedTableName: table,
  referencedColumnNames: ['id'],
});

const RECONCILIATION = new Table({
  name: 'reconciliation',
  columns: [
    key(text('id', 36)),
    text('done_at', 24),
    integer('cases'),
    integer('wanted'),
    integer('missing'),
    integer('late'),
    integer('stuck'),
    integer('stray'),
    integer('unplanned'),
    { name: 'boards', type: 'text' },
    { name: 'found', type: 'text' },
  ],
  indices: [{ name: 'ix_reconciliation_done', columnNames: ['done_at'] }],
});

const RESENT = new Table({
  name: 'resent_reminder',
  columns: [key(text('mail_id', 36)), text('reminder_id', 36), text('asked_by', 36), text('asked_at', 24)],
  indices: [{ name: 'ix_resent_reminder', columnNames: ['reminder_id', 'asked_at'] }],
  foreignKeys: [
    to('fk_resent_reminder_mail', ['mail_id'], 'mail'),
    to('fk_resent_reminder_reminder', ['reminder_id'], 'reminder'),
    to('fk_resent_reminder_person', ['asked_by'], 'person'),
  ],
});

const SENT = new TableIndex({
  name: 'ix_reminder_sent',
  columnNames: ['changed_at', 'id'],
  where: `"state" = 'sent'`,
});

/** What shows that no reminder was missed: the daily comparison, reminders sent again, and what was sent when. */
export class ProveReminders1795000000025 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.createTable(RECONCILIATION);
    await q.createTable(RESENT);
    await q.createIndex('reminder', SENT);
    // Not by addColumn, which on SQLite makes the table anew.
    await q.query('ALTER TABLE "board" ADD COLUMN "morning_report" integer NOT NULL DEFAULT 1');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE "board" DROP COLUMN "morning_report"');
    await q.dropIndex('reminder', SENT);
    await q.dropTable('resent_reminder');
    await q.dropTable('reconciliation');
  }
}
