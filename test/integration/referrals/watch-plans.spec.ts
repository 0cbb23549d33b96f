import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import type { Role } from '../../../src/domain/referral/permissions.js';
import {
  casesInNeed, casesToCome, countInNeed, type Statement, type WatchQuestion,
} from '../../../src/features/pages/bevakning/watch-statements.js'; // prettier-ignore
import type { Actor } from '../../../src/features/people/actor.js';
import { checkedOnly, foundFirst, rows } from '../../../src/platform/database/sql.js';
import { freshSqlite, type FreshSqlite } from '../../support/database.js';

const SLICE = { from: 0, length: 50 };

describe('how SQLite, which has counted nothing, finds what Bevakning tells', () => {
  let db: FreshSqlite;
  beforeAll(async () => {
    db = await freshSqlite();
  });
  afterAll(() => db.close());

  const someone = (role: Role, boards: readonly string[]): Actor => ({
    personId: 'a', name: 'Rut Registrator', email: 'rut@example.se',
    roles: new Map(boards.map((board) => [board, new Set([role])])),
    standsInFor: new Map(),
    manages: new Set(role === 'manager' ? boards.map((board) => `${board}/HR`) : []),
  }); // prettier-ignore

  const asked = (role: Role, count: number, scope: WatchQuestion['scope']): WatchQuestion => {
    const boards = Array.from({ length: count }, (_, n) => `N${n}`);
    const em = db.read.manager;
    const day = localDate('2026-03-02');
    return {
      scope, boards, departments: boards.map((board) => `${board}/HR`), actor: someone(role, boards), today: day,
      checkedBoard: checkedOnly(em, 'r."board"'), foundFirst: foundFirst(em),
      horizons: [{ boards, until: day, dueBefore: day, overdueBefore: day }],
    }; // prettier-ignore
  };

  const planOf = async ({ text, params }: Statement): Promise<string[]> =>
    (await rows<{ detail: string }>(db.read.manager, `EXPLAIN QUERY PLAN ${text}`, params)).map(({ detail }) => detail);

  const ROLES: readonly Role[] = ['registrar', 'manager', 'secretary', 'officer', 'director'];
  const every = ROLES.flatMap((role) => [1, 2, 3, 10].map((count) => [role, count] as const));

  it.each(every)('as %s of %i boards, counts in its own indexes, which have all that it asks', async (role, count) => {
    for (const scope of ['mine', 'department', 'board'] as const) {
      const plan = await planOf(countInNeed(asked(role, count, scope), 400));
      const own = plan.filter((step) => /ix_referral_(attention|officer_open|step|proposed)\b/.test(step));
      expect(own.length).toBeGreaterThan(0);
      expect({ scope, read: own.filter((step) => !step.includes('USING COVERING INDEX')) }).toEqual({
        scope,
        read: [],
      });
    }
  });

  it.each(every)('as %s of %i boards, never by reading all cases or all that are open at a board', async (role, count) => {
    for (const scope of ['mine', 'department', 'board'] as const) {
      const question = asked(role, count, scope);
      const statements = [casesInNeed(question, SLICE, 400), casesToCome(question, SLICE, 400), countInNeed(question, 400)];
      for (const statement of statements) {
        const plan = await planOf(statement);
        expect(plan.length).toBeGreaterThan(0);
        expect({ scope, plan: plan.filter((step) => /^SCAN (r|late|referral)\b/.test(step)) }).toEqual({ scope, plan: [] });
        const whole = /ix_referral_board_(status|officer)|ix_referral_attention \(board=\?\)/;
        expect({ scope, plan: plan.filter((step) => whole.test(step)) }).toEqual({ scope, plan: [] });
      }
    }
  }); // prettier-ignore
});
