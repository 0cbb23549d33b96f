import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { BOARD, CODE, ID, LINE, named, nullable } from '../../platform/database/columns.js';

/** A department (avdelning) of a board's administration. */
@Entity('department')
@ForeignKey('board', ['board'], ['code'], { name: 'fk_department_board' })
@ForeignKey('person', ['managerId'], ['id'], { name: 'fk_department_manager' })
export class DepartmentRow {
  @PrimaryColumn(BOARD) board!: string;
  @PrimaryColumn(CODE) code!: string;
  @Column(LINE) name!: string;
  @Column(named('manager_id', nullable(ID))) managerId!: string | null;
}
