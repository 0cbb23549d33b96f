import { Check, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { BOARD, CODE, ID, named } from '../../platform/database/columns.js';
import type { Role } from '../../domain/referral/permissions.js';

/** What a person may do for one board. */
@Entity('person_role')
@Index('ix_person_role_board', ['board', 'role'])
@ForeignKey('person', ['personId'], ['id'], { name: 'fk_person_role_person' })
@ForeignKey('board', ['board'], ['code'], { name: 'fk_person_role_board' })
@Check(
  'ck_person_role_role',
  `"role" IN ('registrar', 'officer', 'manager', 'director', 'secretary', 'reader', 'admin')`,
)
export class PersonRoleRow {
  @PrimaryColumn(named('person_id', ID)) personId!: string;
  @PrimaryColumn(BOARD) board!: string;
  @PrimaryColumn(CODE) role!: Role;
}
