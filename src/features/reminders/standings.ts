import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ROLES, type Actor, type Role } from '../../domain/referral/permissions.js';
import { marks, rows } from '../../platform/database/sql.js';
import type { CasePosition } from './case-position.js';

/** What a person may do in cases, the way `mayAct` asks: mails ask nobody for what is not theirs to do. */
export interface Standings {
  of(personId: string, position: CasePosition): Actor;
}

const AT_ONCE = 500;

const asRole = (text: string): Role | undefined => ROLES.find((role) => role === text);

/** Reads the roles and departments of those who are written to. Those they stand in for are read as themselves. */
@Injectable()
export class ReadStandings {
  async of(em: EntityManager, personIds: readonly string[]): Promise<Standings> {
    const roles = new Map<string, Set<Role>>();
    const managed = new Set<string>();
    const ids = [...new Set(personIds)];
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const part = ids.slice(from, from + AT_ONCE);
      for (const { personId, board, role } of await this.rolesOf(em, part)) {
        const known = asRole(role);
        const key = `${personId} ${board}`;
        if (known) roles.set(key, (roles.get(key) ?? new Set<Role>()).add(known));
      }
      for (const { personId, board, code } of await this.managedBy(em, part))
        managed.add(`${personId} ${board}/${code}`);
    }
    return {
      of: (personId, { board, officerId, department }) => ({
        roles: roles.get(`${personId} ${board}`) ?? new Set<Role>(),
        isOfficerOfCase: officerId === personId,
        isManagerOfDepartment: department !== null && managed.has(`${personId} ${board}/${department}`),
        isWithDirector: false,
      }),
    };
  }

  private rolesOf(em: EntityManager, ids: readonly string[]) {
    const text = `SELECT "person_id" AS "personId", "board", "role" FROM "person_role"
      WHERE "person_id" IN (${marks(ids.length)})`;
    return rows<{ personId: string; board: string; role: string }>(em, text, ids);
  }

  private managedBy(em: EntityManager, ids: readonly string[]) {
    const text = `SELECT "manager_id" AS "personId", "board", "code" FROM "department"
      WHERE "manager_id" IN (${marks(ids.length)})`;
    return rows<{ personId: string; board: string; code: string }>(em, text, ids);
  }
}
