import { Table, TableForeignKey, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: String(length) });
const key = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });
const nullable = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });
const ofPerson = (table: string): TableForeignKey =>
  new TableForeignKey({
    name: `fk_${table}_person`,
    columnNames: ['person_id'],
    referencedTableName: 'person',
    referencedColumnNames: ['id'],
  });

const SESSION = new Table({
  name: 'session',
  columns: [
    key(text('id', 64)),
    text('person_id', 36),
    text('signed_in_by', 24),
    text('created_at', 24),
    text('last_seen_at', 24),
    text('expires_at', 24),
    nullable(text('user_agent', 255)),
  ],
  indices: [
    { name: 'ix_session_person', columnNames: ['person_id'] },
    { name: 'ix_session_expires', columnNames: ['expires_at'] },
  ],
  foreignKeys: [ofPerson('session')],
});

const CREDENTIAL = new Table({
  name: 'credential',
  columns: [key(text('person_id', 36)), text('hash', 255), text('changed_at', 24)],
  foreignKeys: [ofPerson('credential')],
});

const LINK = new Table({
  name: 'sign_in_link',
  columns: [
    key(text('hash', 64)),
    text('person_id', 36),
    text('purpose', 24),
    text('created_at', 24),
    text('expires_at', 24),
    nullable(text('used_at', 24)),
  ],
  indices: [{ name: 'ix_sign_in_link_person', columnNames: ['person_id'] }],
  checks: [{ name: 'ck_sign_in_link_purpose', expression: `"purpose" IN ('set-password')` }],
  foreignKeys: [ofPerson('sign_in_link')],
});

const ATTEMPT = new Table({
  name: 'sign_in_attempt',
  columns: [
    key(text('key', 64)),
    { name: 'failures', type: 'integer' },
    text('last_at', 24),
    nullable(text('paused_until', 24)),
    nullable(text('succeeded_at', 24)),
  ],
  indices: [{ name: 'ix_sign_in_attempt_last', columnNames: ['last_at'] }],
});

/** Sessions, passwords, one-time links and the throttle of signing in. */
export class CreateAccounts1795000000020 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const table of [SESSION, CREDENTIAL, LINK, ATTEMPT]) await q.createTable(table.clone());
  }

  async down(q: QueryRunner): Promise<void> {
    for (const name of ['sign_in_attempt', 'sign_in_link', 'credential', 'session']) await q.dropTable(name);
  }
}
