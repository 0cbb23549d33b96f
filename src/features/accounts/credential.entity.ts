import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ID, INSTANT, LINE255, named } from '../../platform/database/columns.js';

/** A password, as argon2id hash with its parameters. */
@Entity('credential')
@ForeignKey('person', ['personId'], ['id'], { name: 'fk_credential_person' })
export class CredentialRow {
  @PrimaryColumn(named('person_id', ID)) personId!: string;
  @Column(LINE255) hash!: string;
  @Column(named('changed_at', INSTANT)) changedAt!: string;
}
