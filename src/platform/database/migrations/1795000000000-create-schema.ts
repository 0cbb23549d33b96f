import { Table, TableForeignKey, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: String(length) });
const longText = (name: string): TableColumnOptions => ({ name, type: 'text' });
const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
const key = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });
const nullable = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });
const foreignKey = (
  name: string,
  columnNames: string[],
  referencedTableName: string,
  referencedColumnNames: string[],
): TableForeignKey => new TableForeignKey({ name, columnNames, referencedTableName, referencedColumnNames });

const TABLES = [
  'setting', 'idempotency', 'lease', 'job', 'journal_head', 'journal', 'reminder', 'mail', 'extension', 'referral',
  'series', 'meeting', 'api_token', 'absence', 'person_role', 'department', 'person', 'board',
]; // prettier-ignore

/** Every table of the main job. Plain column types only, so it runs on SQLite and PostgreSQL. */
export class CreateSchema1795000000000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.createTable(
      new Table({
        name: 'board',
        columns: [
          key(text('code', 12)),
          text('name', 500),
          nullable(text('administration', 500)),
          text('number_pattern', 500),
          longText('lead_times'),
          longText('closed_days'),
          text('created_at', 24),
        ],
      }),
    );
    await q.createTable(
      new Table({
        name: 'person',
        columns: [
          key(text('id', 36)),
          text('email', 320),
          text('name', 500),
          nullable(text('phone', 40)),
          nullable(text('title', 500)),
          nullable(text('department_board', 12)),
          nullable(text('department_code', 24)),
          nullable(text('ended_on', 10)),
          text('created_at', 24),
        ],
        indices: [{ name: 'uq_person_email', columnNames: ['email'], isUnique: true }],
      }),
    );
    await q.createTable(
      new Table({
        name: 'department',
        columns: [key(text('board', 12)), key(text('code', 24)), text('name', 500), nullable(text('manager_id', 36))],
        foreignKeys: [
          foreignKey('fk_department_manager', ['manager_id'], 'person', ['id']),
          foreignKey('fk_department_board', ['board'], 'board', ['code']),
        ],
      }),
    );
    await q.createTable(
      new Table({
        name: 'person_role',
        columns: [key(text('person_id', 36)), key(text('board', 12)), key(text('role', 24))],
        indices: [{ name: 'ix_person_role_board', columnNames: ['board', 'role'] }],
        checks: [
          {
            name: 'ck_person_role_role',
            expression: `"role" IN ('registrar', 'officer', 'manager', 'director', 'secretary', 'reader', 'admin')`,
          },
        ],
        foreignKeys: [
          foreignKey('fk_person_role_board', ['board'], 'board', ['code']),
          foreignKey('fk_person_role_person', ['person_id'], 'person', ['id']),
        ],
      }),
    );
    await q.createTable(
      new Table({
        name: 'absence',
        columns: [
          key(text('id', 36)),
          text('person_id', 36),
          text('substitute_id', 36),
          text('from_day', 10),
          text('to_day', 10),
          text('created_at', 24),
          nullable(text('revoked_at', 24)),
        ],
        indices: [
          { name: 'ix_absence_substitute', columnNames: ['substitute_id', 'to_day'] },
          { name: 'ix_absence_person', columnNames: ['person_id', 'to_day'] },
        ],
        checks: [
          { name: 'ck_absence_other', expression: `"person_id" <> "substitute_id"` },
          { name: 'ck_absence_days', expression: `"from_day" <= "to_day"` },
        ],
        foreignKeys: [
          foreignKey('fk_absence_substitute', ['substitute_id'], 'person', ['id']),
          foreignKey('fk_absence_person', ['person_id'], 'person', ['id']),
        ],
      }),
    );
    await q.createTable(
      new Table({
        name: 'api_token',
        columns: [
          key(text('id', 36)),
          text('person_id', 36),
          text('hash', 64),
          nullable(text('label', 500)),
          text('created_at', 24),
          nullable(text('revoked_at', 24)),
        ],
        indices: [{ name: 'uq_api_token_hash', columnNames: ['hash'], isUnique: true }],
        foreignKeys: [foreignKey('fk_api_token_person', ['person_id'], 'person', ['id'])],
      }),
    );
    await q.createTable(
      new Table({
        name: 'meeting',
        columns: [
          key(text('id', 36)),
          text('board', 12),
          text('date', 10),
          nullable(text('time', 5)),
          nullable(text('place', 500)),
          nullable(text('adjustment_on', 10)),
          nullable(text('dispatch_on', 10)),
          text('state', 24),
          text('created_at', 24),
        ],
        indices: [
          { name: 'uq_meeting_day', columnNames: ['board', 'date'], isUnique: true, where: `"state" = 'planned'` },
        ],
        checks: [{ name: 'ck_meeting_state', expression: `"state" IN ('planned', 'cancelled')` }],
        foreignKeys: [foreignKey('fk_meeting_board', ['board'], 'board', ['code'])],
      }),
    );
    await q.createTable(
      new Table({
        name: 'series',
        columns: [key(text('board', 12)), key(integer('year')), integer('last')],
        checks: [{ name: 'ck_series_last', expression: `"last" >= 0` }],
        foreignKeys: [foreignKey('fk_series_board', ['board'], 'board', ['code'])],
      }),
    );
    await q.createTable(
      new Table({
        name: 'referral',
        columns: [
          key(text('id', 36)),
          integer('version'),
          text('board', 12),
          integer('year'),
          integer('number'),
          text('diarienummer', 40),
          text('number_key', 500),
          text('title', 1000),
          nullable(text('internal_title', 1000)),
          text('sender', 500),
          text('sender_key', 500),
          nullable(text('sender_reference', 500)),
          nullable(text('sender_reference_key', 500)),
          text('received_on', 10),
          text('registered_at', 24),
          text('registered_on', 10),
          text('registered_by', 36),
          nullable(text('document_date', 10)),
          nullable(text('answer_due', 10)),
          nullable(text('answer_due_time', 5)),
          nullable(text('answer_to', 500)),
          text('due_key', 10),
          nullable(text('work_by', 10)),
          nullable(text('officer_id', 36)),
          nullable(text('officer_since', 10)),
          nullable(text('department', 24)),
          nullable(text('meeting_id', 36)),
          text('route', 24),
          integer('route_chosen'),
          text('status', 24),
          nullable(text('status_before', 24)),
          nullable(text('dormant_since', 10)),
          text('adjustment', 24),
          nullable(text('adjustment_reason', 1000)),
          nullable(text('adjustment_signed_at', 24)),
          longText('timetable'),
          longText('steps'),
          text('planned_on', 10),
          nullable(text('no_meeting_since', 10)),
          nullable(text('next_step', 24)),
          nullable(text('next_step_on', 10)),
          nullable(longText('decision')),
          nullable(longText('secrecy')),
          nullable(text('answer_sent_on', 10)),
          nullable(text('answer_sent_how', 500)),
          nullable(longText('cancellation')),
          nullable(text('duplicate_reason', 1000)),
          nullable(longText('note')),
        ],
        indices: [
          { name: 'ix_referral_board_status', columnNames: ['board', 'status', 'due_key', 'id'] },
          { name: 'ix_referral_officer', columnNames: ['officer_id', 'due_key', 'id'] },
          { name: 'ix_referral_meeting', columnNames: ['meeting_id'], where: `"meeting_id" IS NOT NULL` },
          {
            name: 'ix_referral_department_open',
            columnNames: ['board', 'department', 'due_key', 'id'],
            where: `"status" NOT IN ('closed', 'cancelled')`,
          },
          { name: 'ix_referral_board_registered', columnNames: ['board', 'registered_at', 'id'] },
          { name: 'ix_referral_board_due', columnNames: ['board', 'due_key', 'id'] },
          {
            name: 'ix_referral_attention',
            columnNames: ['board', 'next_step_on', 'id'],
            where: `"status" NOT IN ('closed', 'cancelled')`,
          },
          {
            name: 'ix_referral_board_open',
            columnNames: ['board', 'due_key', 'id'],
            where: `"status" NOT IN ('closed', 'cancelled')`,
          },
          {
            name: 'ix_referral_officer_open',
            columnNames: ['officer_id', 'due_key', 'id'],
            where: `"status" NOT IN ('closed', 'cancelled')`,
          },
          { name: 'ix_referral_number_key', columnNames: ['number_key'] },
          {
            name: 'ix_referral_sender_reference',
            columnNames: ['sender_reference_key'],
            where: `"sender_reference_key" IS NOT NULL`,
          },
          {
            name: 'ix_referral_sender',
            columnNames: ['board', 'sender_key', 'sender_reference_key'],
            where: `"sender_reference_key" IS NOT NULL`,
          },
          { name: 'uq_referral_number_key', columnNames: ['board', 'number_key'], isUnique: true },
          { name: 'uq_referral_number', columnNames: ['board', 'year', 'number'], isUnique: true },
        ],
        checks: [
          { name: 'ck_referral_officer', expression: `"status" <> 'registered' OR "officer_id" IS NULL` },
          { name: 'ck_referral_cancelled', expression: `("status" = 'cancelled') = ("cancellation" IS NOT NULL)` },
          { name: 'ck_referral_number', expression: `"number" >= 1` },
          {
            name: 'ck_referral_adjustment',
            expression: `"adjustment" IN ('not-needed', 'proposed', 'confirmed', 'declined', 'decided', 'signed')`,
          },
          { name: 'ck_referral_route', expression: `"route" IN ('meeting', 'chair', 'delegation', 'declined')` },
          {
            name: 'ck_referral_status',
            expression: `"status" IN ('registered', 'assigned', 'in-preparation', 'approved', 'on-agenda', 'decided', 'adjusted', 'expedited', 'closed', 'cancelled')`,
          },
        ],
        foreignKeys: [
          foreignKey('fk_referral_department', ['board', 'department'], 'department', ['board', 'code']),
          foreignKey('fk_referral_meeting', ['meeting_id'], 'meeting', ['id']),
          foreignKey('fk_referral_officer', ['officer_id'], 'person', ['id']),
          foreignKey('fk_referral_board', ['board'], 'board', ['code']),
        ],
      }),
    );
    await q.createTable(
      new Table({
        name: 'extension',
        columns: [
          key(text('id', 36)),
          text('referral_id', 36),
          text('state', 24),
          text('asked_on', 10),
          text('asked_by', 36),
          nullable(text('asked_until', 10)),
          nullable(text('old_due', 10)),
          nullable(text('new_due', 10)),
          nullable(text('answered_on', 10)),
          nullable(text('answered_by', 36)),
          nullable(text('note', 1000)),
        ],
        indices: [{ name: 'ix_extension_referral', columnNames: ['referral_id', 'asked_on'] }],
        checks: [{ name: 'ck_extension_state', expression: `"state" IN ('asked', 'granted', 'refused')` }],
        foreignKeys: [foreignKey('fk_extension_referral', ['referral_id'], 'referral', ['id'])],
      }),
    );
    await q.createTable(
      new Table({
        name: 'mail',
        columns: [
          key(text('id', 36)),
          text('message_id', 500),
          text('kind', 24),
          text('person_id', 36),
          text('to_email', 320),
          text('to_name', 500),
          text('subject', 1000),
          longText('text'),
          longText('html'),
          text('state', 24),
          integer('attempts'),
          text('next_attempt_at', 24),
          nullable(text('last_error', 1000)),
          text('created_at', 24),
          nullable(text('sent_at', 24)),
          nullable(text('asked_by', 36)),
        ],
        indices: [
          { name: 'ix_mail_open', columnNames: ['next_attempt_at'], where: `"state" IN ('claimed', 'failed')` },
          { name: 'uq_mail_message_id', columnNames: ['message_id'], isUnique: true },
        ],
        checks: [{ name: 'ck_mail_state', expression: `"state" IN ('claimed', 'sent', 'failed', 'dead')` }],
        foreignKeys: [foreignKey('fk_mail_person', ['person_id'], 'person', ['id'])],
      }),
    );
    await q.createTable(
      new Table({
        name: 'reminder',
        columns: [
          key(text('id', 36)),
          text('referral_id', 36),
          text('about', 24),
          text('date', 10),
          integer('offset'),
          text('person_id', 36),
          text('due_at', 24),
          text('state', 24),
          nullable(text('mail_id', 36)),
          text('created_at', 24),
          text('changed_at', 24),
        ],
        indices: [
          { name: 'ix_reminder_mail', columnNames: ['mail_id'], where: `"mail_id" IS NOT NULL` },
          { name: 'ix_reminder_due', columnNames: ['due_at', 'person_id'], where: `"state" = 'pending'` },
          { name: 'uq_reminder', columnNames: ['referral_id', 'about', 'date', 'offset', 'person_id'], isUnique: true },
        ],
        checks: [
          {
            name: 'ck_reminder_mail',
            expression: `("state" IN ('claimed', 'sent', 'failed')) = ("mail_id" IS NOT NULL)`,
          },
          {
            name: 'ck_reminder_state',
            expression: `"state" IN ('pending', 'claimed', 'sent', 'superseded', 'failed')`,
          },
        ],
        foreignKeys: [
          foreignKey('fk_reminder_mail', ['mail_id'], 'mail', ['id']),
          foreignKey('fk_reminder_person', ['person_id'], 'person', ['id']),
          foreignKey('fk_reminder_referral', ['referral_id'], 'referral', ['id']),
        ],
      }),
    );
    await q.createTable(
      new Table({
        name: 'journal',
        columns: [
          key(text('chain', 24)),
          key(integer('seq')),
          text('id', 36),
          text('at', 24),
          nullable(text('actor_id', 36)),
          text('actor_name', 500),
          text('what', 40),
          text('subject_type', 24),
          text('subject_id', 36),
          nullable(longText('before')),
          nullable(longText('after')),
          text('prev_hash', 64),
          text('hash', 64),
        ],
        indices: [
          { name: 'ix_journal_subject', columnNames: ['subject_id', 'seq'] },
          { name: 'uq_journal_id', columnNames: ['id'], isUnique: true },
        ],
      }),
    );
    await q.createTable(
      new Table({
        name: 'journal_head',
        columns: [key(text('chain', 24)), integer('count'), text('hash', 64)],
      }),
    );
    await q.createTable(
      new Table({
        name: 'job',
        columns: [
          key(text('id', 36)),
          text('name', 40),
          text('key', 500),
          longText('payload'),
          text('state', 24),
          text('run_at', 24),
          integer('attempts'),
          nullable(text('last_error', 1000)),
          text('created_at', 24),
        ],
        indices: [
          { name: 'ix_job_due', columnNames: ['run_at'], where: `"state" <> 'dead'` },
          { name: 'uq_job_key', columnNames: ['key'], isUnique: true, where: `"state" = 'waiting'` },
        ],
        checks: [{ name: 'ck_job_state', expression: `"state" IN ('waiting', 'running', 'dead')` }],
      }),
    );
    await q.createTable(
      new Table({
        name: 'lease',
        columns: [key(text('name', 40)), text('holder', 36), text('until', 24), nullable(text('last_done_at', 24))],
      }),
    );
    await q.createTable(
      new Table({
        name: 'idempotency',
        columns: [
          key(text('person_id', 36)),
          key(text('method', 8)),
          key(text('path', 500)),
          key(text('key', 255)),
          text('body_hash', 64),
          integer('status'),
          longText('headers'),
          longText('body'),
          text('created_at', 24),
        ],
        indices: [{ name: 'ix_idempotency_created', columnNames: ['created_at'] }],
      }),
    );
    await q.createTable(
      new Table({
        name: 'setting',
        columns: [key(text('name', 40)), longText('value')],
      }),
    );
    // A person's department and a department's manager point at each other, so one of the two comes last.
    await q.createForeignKey(
      'person',
      foreignKey('fk_person_department', ['department_board', 'department_code'], 'department', ['board', 'code']),
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.dropForeignKey('person', 'fk_person_department');
    for (const table of TABLES) await q.dropTable(table);
  }
}
