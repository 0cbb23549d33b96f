import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import type { StoredRow, WantedRow } from '../../../src/features/ledger/reconcile.js';
import { findingsOf, type CaseLedger } from '../../../src/features/reminders/reconcile-ledger-case.js';

const NOW = '2023-10-05T04:45:00.000Z';
const PLANNED = '2023-09-20T08:00:00.000Z';
const PASSED = '2023-10-04T05:30:00.000Z';
const COMING = '2023-10-06T05:30:00.000Z';

const want = (dueAt: string | null, personId = 'hanna', offset = 0): WantedRow => ({
  about: 'draft',
  date: localDate('2023-10-04'),
  offset,
  personId,
  dueAt,
});

const row = (state: StoredRow['state'], dueAt: string, more: Partial<StoredRow> = {}): StoredRow => ({
  id: `row-${state}`,
  about: 'draft',
  date: localDate('2023-10-04'),
  offset: 0,
  personId: 'hanna',
  dueAt,
  state,
  changedAt: PLANNED,
  ...more,
});

const findings = (given: Partial<CaseLedger>) =>
  findingsOf({
    stored: [],
    wanted: [],
    since: PLANNED,
    sinceOf: () => '2020-01-01T00:00:00.000Z',
    leavers: new Set(),
    now: NOW,
    ...given,
  });

describe('a reminder that should have gone', () => {
  it('and is not in the ledger is missing, and is planned to go late', () => {
    const { missing, changes, unplanned, stray } = findings({ wanted: [want(PASSED)] });
    expect(missing).toEqual([want(PASSED)]);
    expect(changes).toMatchObject({ add: [want(PASSED)], revive: [], supersede: [] });
    expect({ unplanned, stray }).toEqual({ unplanned: 0, stray: 0 });
  });

  it.each(['pending', 'claimed', 'sent', 'failed'] as const)('and is %s in the ledger is not missing', (state) => {
    expect(findings({ wanted: [want(PASSED)], stored: [row(state, PASSED)] }).missing).toEqual([]);
  });

  it('and was superseded although the case was not planned since is missing, and revived', () => {
    const { missing, changes } = findings({ wanted: [want(PASSED)], stored: [row('superseded', PASSED)] });
    expect(missing).toHaveLength(1);
    expect(changes).toMatchObject({ add: [], revive: [{ id: 'row-superseded', dueAt: PASSED }] });
  });

  it('but had passed when the case was planned is excused', () => {
    expect(findings({ wanted: [want('2023-09-20T05:30:00.000Z')] }).missing).toEqual([]);
  });

  it('at the very moment of the planning is not excused: it was still to come', () => {
    expect(findings({ wanted: [want(PLANNED)] }).missing).toHaveLength(1);
  });

  it('to someone who was not one of those meant then is excused', () => {
    const sinceOf = ({ personId }: WantedRow): string => (personId === 'ny' ? '2023-10-04T09:00:00.000Z' : '');
    const { missing } = findings({ wanted: [want(PASSED), want(PASSED, 'ny')], sinceOf });
    expect(missing.map(({ personId }) => personId)).toEqual(['hanna']);
  });

  it('at once is missing when the planning did not store it', () => {
    const { missing, changes, unplanned } = findings({ wanted: [want(null)] });
    expect(missing).toEqual([{ ...want(null), dueAt: PLANNED }]);
    expect(changes.add).toEqual([{ ...want(null), dueAt: NOW }]);
    expect(unplanned).toBe(0);
  });

  it('at once, to someone who came later, is not missing, but planned', () => {
    const { missing, unplanned } = findings({ wanted: [want(null)], sinceOf: () => '2023-10-01T00:00:00.000Z' });
    expect({ missing, unplanned }).toEqual({ missing: [], unplanned: 1 });
  });

  it('that two targets mean is missing once', () => {
    expect(findings({ wanted: [want(PASSED), want(PASSED)] }).missing).toHaveLength(1);
  });
});

describe('a reminder to come', () => {
  it('that is not in the ledger is unplanned, and planned', () => {
    const { missing, unplanned, changes } = findings({ wanted: [want(COMING)] });
    expect({ missing, unplanned, add: changes.add }).toEqual({ missing: [], unplanned: 1, add: [want(COMING)] });
  });

  it('that is in the ledger for another time is moved', () => {
    const { unplanned, changes } = findings({
      wanted: [want(COMING)],
      stored: [row('pending', '2023-10-09T05:30:00.000Z')],
    });
    expect({ unplanned, move: changes.move }).toEqual({ unplanned: 1, move: [{ id: 'row-pending', dueAt: COMING }] });
  });

  it('that nobody wants is stray, and superseded', () => {
    const { stray, changes } = findings({ stored: [row('pending', COMING)] });
    expect({ stray, supersede: changes.supersede }).toEqual({ stray: 1, supersede: ['row-pending'] });
  });

  it('of someone who has left is not stray: it is handed over when it falls due', () => {
    expect(findings({ stored: [row('pending', COMING)], leavers: new Set(['hanna']) }).stray).toBe(0);
  });

  it('that follows in a chain on one that waits need not be there yet', () => {
    const link = (offset: number, dueAt: string): WantedRow => ({ ...want(dueAt), about: 'answerDue', offset });
    const chain = [link(1, PASSED), link(6, PASSED), link(11, COMING)];
    const first = row('pending', PASSED, { about: 'answerDue', offset: 1 });
    expect(findings({ wanted: chain, stored: [first] })).toMatchObject({ missing: [], unplanned: 0, stray: 0 });
    const sent: StoredRow = { ...first, state: 'sent' };
    expect(findings({ wanted: chain, stored: [sent] })).toMatchObject({ missing: [{ offset: 6 }], unplanned: 1 });
  });

  it('that is due already is left to the sweep, whoever wants it', () => {
    const { stray, changes } = findings({ stored: [row('pending', PASSED)] });
    expect({ stray, supersede: changes.supersede }).toEqual({ stray: 0, supersede: [] });
  });
});
