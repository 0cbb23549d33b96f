import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../../domain/errors.js';
import { mayAssignTo } from '../../../domain/referral/permissions.js';
import { managedAt, rolesOn, type Actor } from '../../people/actor.js';
import type { Person } from '../../people/people.repository.js';
import { ActOnReferral, type Acted, type ActRequest } from '../act-on-referral.js';
import { OfficerLookup } from '../officer-lookup.js';

export interface Assignment {
  /** E-mail address. */
  readonly officer: string;
  /** Code of a department; the officer's own when left out, else the one that the case has. */
  readonly department?: string | undefined;
}

/** Gives a case to an officer (fördelar ärendet). The officer is told at once. */
@Injectable()
export class AssignReferral {
  constructor(
    private readonly acts: ActOnReferral,
    private readonly officers: OfficerLookup,
  ) {}

  /**
   * @throws RuleError as every act, and `person-unknown`, `person-lacks-role`, `department-unknown`, `forbidden` for a
   *   manager who gives a case to someone, or to a department, outside the departments managed
   */
  inTransaction(tx: EntityManager, actor: Actor, request: ActRequest, assignment: Assignment): Promise<Acted> {
    return this.acts.perform(tx, actor, request, 'assign', async ({ referral, today }) => {
      const officer = await this.officers.officer(tx, referral.board, assignment.officer);
      const department = await this.officers.department(tx, referral.board, assignment.department, officer);
      assertWithin(actor, referral.board, officer, department ?? referral.department);
      const officerSince = referral.officerId === officer.id ? referral.officerSince : today;
      return {
        change: { officerId: officer.id, officerSince, department: department ?? referral.department },
        what: 'officer-assigned',
        says: { officerName: officer.name },
      };
    });
  }
}

function assertWithin(actor: Actor, board: string, officer: Person, department: string | null): void {
  const officers = officer.departmentBoard === board ? officer.departmentCode : null;
  const managed = managedAt(actor, board);
  if (mayAssignTo(rolesOn(actor, board), managed, { officers, cases: department })) return;
  const isOfficer = officers === null || !managed.has(officers);
  throw new RuleError('forbidden', 'a manager assigns within the departments managed', {
    act: 'assign',
    field: isOfficer ? 'officer' : 'department',
    value: isOfficer ? officer.email : department,
    needs: 'own-departments',
    departments: [...managed].sort(),
  });
}
