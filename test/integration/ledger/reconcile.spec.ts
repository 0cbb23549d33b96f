import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import {
  reconcile, type Changes, type Reopening, type StoredRow, type WantedRow,
} from '../../../src/features/ledger/reconcile.js'; // prettier-ignore

const NOW = '2026-03-10T10:00:00.000Z';
const BEFORE = '2026-03-10T06:30:00.000Z';
const AFTER = '2026-03-11T06:30:00.000Z';
const LATER = '2026-03-12T06:30:00.000Z';

const KEY = { about: 'draft', date: localDate('2026-03-12'), offset: -1, personId: 'hanna' } as const;
const stored = (state: StoredRow['state'], dueAt: string): StoredRow => ({
  ...KEY,
  id: 'row',
  state,
  dueAt,
  changedAt: BEFORE,
});
const wanted = (dueAt: string | null): WantedRow => ({ ...KEY, dueAt });
const nothing: Changes = { add: [], supersede: [], revive: [], move: [] };

describe('reconcile', () => {
  it.each<[string, StoredRow[], WantedRow[], Partial<Changes>]>([
    ['a wanted row to come is added', [], [wanted(AFTER)], { add: [{ ...KEY, dueAt: AFTER }] }],
    ['one that has passed is not', [], [wanted(BEFORE)], {}],
    ['one due at this instant is', [], [wanted(NOW)], { add: [{ ...KEY, dueAt: NOW }] }],
    ['one at once is due now', [], [wanted(null)], { add: [{ ...KEY, dueAt: NOW }] }],
    ['the same wanted twice is one row', [], [wanted(AFTER), wanted(AFTER)], { add: [{ ...KEY, dueAt: AFTER }] }],
    ['a pending row still wanted stays', [stored('pending', AFTER)], [wanted(AFTER)], {}],
    ['also when it is due and the sweep has not come yet', [stored('pending', BEFORE)], [wanted(BEFORE)], {}],
    ['also when it was due at once', [stored('pending', BEFORE)], [wanted(null)], {}],
    [
      'a pending row follows its moved time',
      [stored('pending', AFTER)],
      [wanted(LATER)],
      { move: [{ id: 'row', dueAt: LATER }] },
    ],
    ['a pending row no longer wanted is superseded', [stored('pending', AFTER)], [], { supersede: ['row'] }],
    [
      'a superseded row wanted again is pending',
      [stored('superseded', AFTER)],
      [wanted(AFTER)],
      { revive: [{ id: 'row', dueAt: AFTER }] },
    ],
    ['but not when its time has passed', [stored('superseded', BEFORE)], [wanted(BEFORE)], {}],
    [
      'a superseded row at once is pending again',
      [stored('superseded', BEFORE)],
      [wanted(null)],
      { revive: [{ id: 'row', dueAt: NOW }] },
    ],
    [
      'a pending row that is due is not moved to when it should have been',
      [stored('pending', NOW)],
      [wanted(BEFORE)],
      {},
    ],
    ['what was sent is not repeated', [stored('sent', BEFORE)], [wanted(null)], {}],
    ['what was sent stays, wanted or not', [stored('sent', BEFORE)], [], {}],
    ['what is being sent stays', [stored('claimed', BEFORE)], [], {}],
    ['what has failed stays', [stored('failed', BEFORE)], [], {}],
  ])('%s', (_why, rows, wants, changes) => {
    expect(reconcile(rows, wants, NOW)).toEqual({ ...nothing, ...changes });
  });
});

describe('reconcile, when a step that was held to be done is not', () => {
  const EARLIER = '2026-03-04T06:30:00.000Z';
  const RECORDED = '2026-03-05T12:00:00.000Z';
  const at = (offset: number): string => new Date(Date.parse(BEFORE) + (offset + 1) * 86_400_000).toISOString();
  const want = (offset: number, personId = 'hanna'): WantedRow => ({ ...KEY, offset, personId, dueAt: at(offset) });
  const row = (offset: number, state: StoredRow['state'], changedAt = RECORDED): StoredRow => ({
    ...want(offset),
    dueAt: at(offset),
    id: `row ${offset}`,
    state,
    changedAt,
  });
  const undone = (...steps: Reopening['steps']): Reopening => ({ steps, since: RECORDED });
  const draft = { about: KEY.about, date: KEY.date };
  const plan = [want(-5), want(-2), want(-1), want(0)];
  const held = [row(-5, 'superseded'), row(-2, 'superseded'), row(-1, 'superseded'), row(0, 'superseded')];
  const toCome = { id: 'row 0', dueAt: at(0) };

  it.each<[string, StoredRow[], WantedRow[], Reopening, Partial<Changes>]>([
    [
      'the latest that has passed is due at once, and what is to come as planned',
      held,
      plan,
      undone(draft),
      { revive: [{ id: 'row -1', dueAt: NOW }, toCome] },
    ],
    ['nothing of another step', held, plan, undone({ ...draft, about: 'dispatch' }), { revive: [toCome] }],
    [
      'nothing of the same step on another day',
      held,
      plan,
      undone({ ...draft, date: localDate('2026-03-20') }),
      { revive: [toCome] },
    ],
    ['nothing when the latest was sent', [row(-1, 'sent'), row(-2, 'superseded')], plan.slice(0, 3), undone(draft), {}],
    ['nor when it waits to be tried again', [row(-1, 'failed')], plan.slice(0, 3), undone(draft), {}],
    [
      'nothing that had passed before, for other reasons',
      [row(-1, 'superseded', EARLIER)],
      [{ ...want(-1), dueAt: EARLIER }],
      undone(draft),
      {},
    ],
    [
      'what was due and superseded before the sweep came',
      [row(-1, 'superseded')],
      [{ ...want(-1), dueAt: EARLIER }],
      undone(draft),
      { revive: [{ id: 'row -1', dueAt: NOW }] },
    ],
    [
      'who has come to the case meanwhile is reminded, too',
      [],
      [want(-2, 'cesar'), want(-1, 'cesar')],
      undone(draft),
      { add: [{ ...want(-1, 'cesar'), dueAt: NOW }] },
    ],
    [
      'each person once',
      [row(-2, 'superseded'), row(-1, 'superseded')],
      [want(-2), want(-1), want(-2, 'cesar')],
      undone(draft),
      { add: [{ ...want(-2, 'cesar'), dueAt: NOW }], revive: [{ id: 'row -1', dueAt: NOW }] },
    ],
  ])('%s', (_why, rows, wants, reopening, changes) => {
    expect(reconcile(rows, wants, NOW, reopening)).toEqual({ ...nothing, ...changes });
  });
});

/** The instants of a small world: hours of some days, so that plans meet and pass each other. */
const instant = fc.integer({ min: 0, max: 20 }).map((n) => new Date(Date.UTC(2026, 2, 1 + n, 6, 30)).toISOString());
const aWanted: fc.Arbitrary<WantedRow> = fc
  .record({
    about: fc.constantFrom(...(['draft', 'answerDue', 'dispatch', 'assignment'] as const)),
    date: fc.constantFrom('2026-03-12', '2026-03-20').map((d) => localDate(d)),
    offset: fc.integer({ min: -2, max: 1 }),
    personId: fc.constantFrom('hanna', 'cesar'),
    dueAt: instant,
  })
  .map((row) => (row.about === 'assignment' ? { ...row, dueAt: null } : row));
/** As the rules have it: what a reminder is about, its day and its offset say when it leaves. */
const aTimedWanted = aWanted.map((row) =>
  row.dueAt === null
    ? row
    : { ...row, dueAt: new Date(Date.parse(row.date) + (8 * row.offset - 3) * 86_400_000).toISOString() },
);
const plan = fc.array(aWanted, { maxLength: 12 });
const timedPlan = fc.array(aTimedWanted, { maxLength: 12 });

const keyOf = (r: Pick<StoredRow, 'about' | 'date' | 'offset' | 'personId'>): string =>
  `${r.about} ${r.date} ${r.offset} ${r.personId}`;

/** What the repository does with the changes. */
function apply(rows: readonly StoredRow[], { add, supersede, revive, move }: Changes, now: string): StoredRow[] {
  const due = new Map([...revive, ...move].map(({ id, dueAt }) => [id, dueAt]));
  const changed = rows.map((row): StoredRow => {
    if (supersede.includes(row.id)) return { ...row, state: 'superseded', changedAt: now };
    const dueAt = due.get(row.id);
    return dueAt === undefined ? row : { ...row, state: 'pending', dueAt, changedAt: now };
  });
  return [...changed, ...add.map((row): StoredRow => ({ ...row, id: keyOf(row), state: 'pending', changedAt: now }))];
}

type Step = { readonly wants: readonly WantedRow[] } | { readonly sweepAt: string } | { readonly fail: number };
const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: plan.map((wants) => ({ wants })) },
  { weight: 2, arbitrary: instant.map((sweepAt) => ({ sweepAt })) },
  { weight: 1, arbitrary: fc.nat(10).map((fail) => ({ fail })) },
);

const send = (rows: readonly StoredRow[], at: string): StoredRow[] =>
  rows.map((row): StoredRow => (row.state === 'pending' && row.dueAt <= at ? { ...row, state: 'sent' } : row));

describe('any sequence of plans and sweeps', () => {
  const at = (n: number): string => new Date(Date.UTC(2026, 2, 2 + n, 9)).toISOString();

  it('keeps one row a key, never touches what has left, and holds what is wanted and to come', () => {
    fc.assert(
      fc.property(fc.array(aStep, { maxLength: 25 }), (steps) => {
        let rows: StoredRow[] = [];
        steps.forEach((step, n) => {
          const now = at(Math.floor(n / 2));
          const left = rows.filter(({ state }) => state !== 'pending' && state !== 'superseded');
          if ('sweepAt' in step) rows = send(rows, now);
          else if ('fail' in step)
            rows = rows.map((r, i) => (i === step.fail && r.state === 'sent' ? { ...r, state: 'failed' } : r));
          else {
            const due = rows.filter((r) => r.state === 'pending' && r.dueAt <= now).map(keyOf);
            rows = apply(rows, reconcile(rows, step.wants, now), now);
            const states = new Map(rows.map((r) => [keyOf(r), r.state]));
            const wants = new Set(step.wants.map(keyOf));
            for (const r of left) expect(rows).toContainEqual(r);
            for (const key of due) if (wants.has(key)) expect(states.get(key)).toBe('pending');
            for (const want of new Map([...step.wants].reverse().map((w) => [keyOf(w), w])).values()) {
              if (want.dueAt === null || want.dueAt >= now) expect(states.get(keyOf(want))).not.toBe('superseded');
              if (want.dueAt === null || want.dueAt >= now) expect(states.has(keyOf(want))).toBe(true);
            }
            for (const r of rows) if (!wants.has(keyOf(r))) expect(r.state).not.toBe('pending');
          }
          expect(new Set(rows.map(keyOf)).size).toBe(rows.length);
        });
      }),
    );
  });

  it('restores the reminders to come when a plan is left and taken up again', () => {
    fc.assert(
      fc.property(timedPlan, timedPlan, (here, there) => {
        const now = at(0);
        const first = apply([], reconcile([], here, now), now);
        const away = apply(first, reconcile(first, there, now), now);
        const back = apply(away, reconcile(away, here, now), now);
        const pending = (rows: readonly StoredRow[]): string[] =>
          rows
            .filter(({ state }) => state === 'pending')
            .map((r) => `${keyOf(r)} ${r.dueAt}`)
            .sort();
        expect(pending(back)).toEqual(pending(first));
        expect(reconcile(back, here, now)).toEqual(nothing);
      }),
    );
  });

  it('catches up with one reminder a step and person when what held them back is undone, and never repeats', () => {
    fc.assert(
      fc.property(timedPlan, fc.nat(8), fc.nat(8), fc.boolean(), (here, until, held, sweeps) => {
        const planned = apply([], reconcile([], here, at(-8)), at(-8));
        const recordedAt = at(until - 8);
        const before = send(planned, recordedAt);
        const done = apply(before, reconcile(before, [], recordedAt), recordedAt);
        const now = at(until + held - 8);
        const steps = here.map(({ about, date }) => ({ about, date }));
        const changes = reconcile(done, here, now, { steps, since: recordedAt });
        const back = apply(done, changes, now);
        for (const row of done.filter(({ state }) => state === 'sent')) expect(back).toContainEqual(row);
        expect(new Set(back.map(keyOf)).size).toBe(back.length);
        const passed = here.filter(({ dueAt }) => dueAt !== null && dueAt < now);
        const ofPerson = (r: Pick<StoredRow, 'about' | 'date' | 'personId'>): string =>
          `${r.about} ${r.date} ${r.personId}`;
        for (const one of new Set(passed.map(ofPerson))) {
          const own = passed.filter((want) => ofPerson(want) === one);
          const latest = own.map(({ dueAt }) => dueAt ?? '').sort().at(-1) ?? ''; // prettier-ignore
          const due = back.filter((r) => ofPerson(r) === one && r.state === 'pending' && r.dueAt <= now);
          // What passed while it was held back goes, once; what had passed before has gone, or was never planned.
          expect(due).toHaveLength(latest > recordedAt ? 1 : 0);
          for (const row of due) expect(own.find((want) => keyOf(want) === keyOf(row))?.dueAt).toBe(latest);
        }
        const after = sweeps ? send(back, now) : back;
        expect(reconcile(after, here, now)).toEqual(nothing);
      }),
    );
  });
});
