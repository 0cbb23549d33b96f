import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { OFFICERS_ROLES } from '../../domain/referral/permissions.js';
import type { ReminderTarget } from '../../domain/timetable/reminder-plan.js';
import { rows } from '../../platform/database/sql.js';

/** Whose case it is: what decides which people a reminder's target means. */
export interface CasePeople {
  readonly board: string;
  readonly officerId: string | null;
  readonly department: string | null;
}

interface Holder {
  readonly id: string;
  /** A role on the board, `department-manager` for the one a department names, or `officer` for the case's own. */
  readonly role: string;
  /** The department managed or belonged to, when it is one of the board's. */
  readonly department: string | null;
}

const OFFICERS = OFFICERS_ROLES.map((role) => `'${role}'`).join(', ');

/** An officer or a named manager whose role at the board is gone is as one who has left. */
const HOLDERS = `
  SELECT p."id" AS "id", pr."role" AS "role",
         CASE WHEN p."department_board" = pr."board" THEN p."department_code" END AS "department"
    FROM "person_role" pr JOIN "person" p ON p."id" = pr."person_id"
   WHERE pr."board" = ? AND pr."role" IN ('registrar', 'manager', 'director', 'secretary')
     AND (p."ended_on" IS NULL OR p."ended_on" > ?)
  UNION ALL
  SELECT p."id", 'department-manager', d."code"
    FROM "department" d JOIN "person" p ON p."id" = d."manager_id"
    JOIN "person_role" pr ON pr."person_id" = p."id" AND pr."board" = d."board" AND pr."role" = 'manager'
   WHERE d."board" = ? AND (p."ended_on" IS NULL OR p."ended_on" > ?)
  UNION ALL
  SELECT p."id", 'officer', CASE WHEN p."department_board" = ? THEN p."department_code" END
    FROM "person" p WHERE p."id" = ? AND (p."ended_on" IS NULL OR p."ended_on" > ?)
     AND EXISTS (SELECT 1 FROM "person_role" pr
                  WHERE pr."person_id" = p."id" AND pr."board" = ? AND pr."role" IN (${OFFICERS}))`;

/** Turns targets such as "the secretaries" into people. Nobody who has left, or has no role at the board, is among them. */
export class TargetPeople {
  private constructor(
    private readonly people: CasePeople,
    private readonly holders: readonly Holder[],
  ) {}

  /** Reads, in one query, everyone whom a reminder of the case could mean. */
  static async of(em: EntityManager, people: CasePeople, today: LocalDate): Promise<TargetPeople> {
    const { board, officerId } = people;
    const params = [board, today, board, today, board, officerId ?? '', today, board];
    return new TargetPeople(people, await rows<Holder>(em, HOLDERS, params));
  }

  /** The people, each once. */
  resolve(to: ReminderTarget): string[] {
    switch (to) {
      // An officer who has left, or has lost the role, is stood in for by the registrars, so that the case is not forgotten.
      case 'officer':
      case 'officer-or-registrars':
        return this.orRegistrars(this.withRole('officer'));
      // Nobody but the department's own manager can approve; registrars give a case its department.
      case 'department-manager':
        return this.orRegistrars(this.managersOfDepartment());
      case 'managers':
        return this.managers();
      case 'directors':
        return this.withRole('director');
      case 'secretaries':
        return this.withRole('secretary');
      case 'registrars':
        return this.withRole('registrar');
    }
  }

  /** Those of the department, else all managers of the board. */
  private managers(): string[] {
    const own = this.managersOfDepartment();
    return own.length > 0 ? own : this.withRole('manager');
  }

  /** The department's manager, else those with the role in that department; nobody for a case without department. */
  private managersOfDepartment(): string[] {
    const officersOwn = this.holders.find((holder) => holder.role === 'officer')?.department ?? null;
    const department = this.people.department ?? officersOwn;
    if (department === null) return [];
    const inIt = (role: string): string[] =>
      this.holders.filter((holder) => holder.role === role && holder.department === department).map(({ id }) => id);
    const named = inIt('department-manager');
    return named.length > 0 ? named : inIt('manager');
  }

  private withRole(role: string): string[] {
    return this.holders.filter((holder) => holder.role === role).map(({ id }) => id);
  }

  private orRegistrars(found: string[]): string[] {
    return found.length > 0 ? found : this.withRole('registrar');
  }
}
