import { Column, Entity, PrimaryColumn } from 'typeorm';
import { CODE40, JSON_TEXT } from '../database/columns.js';

/** A setting that people change while the system runs, as JSON. */
@Entity('setting')
export class SettingRow {
  @PrimaryColumn(CODE40) name!: string;
  @Column(JSON_TEXT) value!: string;
}
