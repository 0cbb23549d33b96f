import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runPlan } from '../../../src/cli/plan.js';
import type { PlanArgs } from '../../../src/cli/plan.js';
import { planReferral } from '../../../src/domain/timetable/plan.js';
import { somePlanInput } from '../../support/arbitraries.js';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function* pieces(list: readonly (string | Buffer)[]): AsyncGenerator<string | Buffer> {
  for (const piece of list) yield await Promise.resolve(piece);
}

async function run(args: Partial<PlanArgs>, stdin: readonly (string | Buffer)[] = []): Promise<Ran> {
  const written = { out: '', err: '' };
  const code = await runPlan(
    { meeting: [], closedDay: [], batch: false, ...args },
    {
      stdin: pieces(stdin),
      out: (text) => void (written.out += text),
      err: (text) => void (written.err += text),
    },
  );
  return { code, ...written };
}

const model = { registered: '2023-09-11', answerDue: '2023-10-27', meetings: ['2023-10-26'] };
const batch = (...stdin: (string | Buffer)[]) => run({ batch: true }, stdin);
const jsonLines = (out: string): Record<string, unknown>[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('plan for one referral', () => {
  it('prints the model document', async () => {
    const { code, out, err } = await run({
      registered: '2023-09-11',
      answerDue: '2023-10-27',
      meeting: ['2023-11-23', '2023-10-26'],
      closedDay: ['2023-10-20'],
    });
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({
      answerDue: '2023-10-27',
      workBy: '2023-10-27',
      recommended: {
        meeting: '2023-10-26',
        adjustment: 'immediate',
        milestones: {
          draft: '2023-10-03',
          managerApproval: '2023-10-05',
          directorApproval: '2023-10-06',
          dispatch: '2023-10-18',
          meeting: '2023-10-26',
          adjustment: '2023-10-26',
          notice: '2023-10-30',
          expedite: '2023-10-27',
          answerDue: '2023-10-27',
          appealEnds: '2023-11-20',
        },
      },
      options: [
        {
          meeting: '2023-10-26',
          adjustment: 'immediate',
          adjustsOn: '2023-10-26',
          leavesOn: '2023-10-27',
          dispatchOn: '2023-10-18',
          reachable: true,
          warnings: [],
        },
        {
          meeting: '2023-11-23',
          adjustment: 'too_late',
          adjustsOn: '2023-12-07',
          leavesOn: '2023-12-08',
          dispatchOn: '2023-11-16',
          reachable: true,
          warnings: [],
        },
      ],
      none: null,
      warnings: [],
    });
    expect(out.endsWith('}\n')).toBe(true);
  });

  it('plans without an answer date', async () => {
    const { code, out } = await run({ registered: '2023-09-11', meeting: ['2023-10-26'] });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ answerDue: null, options: [], warnings: ['no-answer-date'] });
  });

  it.each([
    [{ answerDue: '2023-10-27' }, 'plan: --registered is required\n'],
    [{ registered: '2023-02-30' }, 'plan: --registered is not a calendar day written YYYY-MM-DD: "2023-02-30"\n'],
    [
      { registered: '2023-09-11', answerDue: '27 oktober' },
      'plan: --answer-due is not a calendar day written YYYY-MM-DD: "27 oktober"\n',
    ],
    [
      { registered: '2023-09-11', meeting: ['2023-10-26', 'snart'] },
      'plan: --meeting is not a calendar day written YYYY-MM-DD: "snart"\n',
    ],
    [
      { registered: '2023-09-11', closedDay: ['2023-13-01'] },
      'plan: --closed-day is not a calendar day written YYYY-MM-DD: "2023-13-01"\n',
    ],
    [
      { registered: '2023-09-11', batch: true },
      'plan: --batch reads everything from standard input and takes no other option\n',
    ],
  ])('answers %j with one line and exit code 2', async (args, line) =>
    expect(await run(args)).toEqual({ code: 2, out: '', err: line }),
  );
});

describe('plan --batch', () => {
  it('gives one line for each line, the same as for one referral', async () => {
    const { code, out, err } = await batch(`${JSON.stringify(model)}\n`.repeat(3));
    const one = await run({ registered: model.registered, answerDue: model.answerDue, meeting: model.meetings });
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`${JSON.stringify(JSON.parse(one.out))}\n`.repeat(3));
  });

  it('reads meetings with days of their own, closed days and lead times', async () => {
    const line = {
      ...model,
      meetings: [{ date: '2023-10-26', adjustmentOn: '2023-10-26', dispatchOn: '2023-10-12' }],
      closedDays: ['2023-10-25'],
      leadTimes: { draft: 20 },
    };
    const [plan] = jsonLines((await batch(JSON.stringify(line))).out);
    expect(plan?.['recommended']).toMatchObject({
      adjustment: 'ordinary',
      milestones: { draft: '2023-09-27', dispatch: '2023-10-12', expedite: '2023-10-27' },
    });
  });

  it('takes null and nothing alike', async () => {
    const bare = { registered: '2023-09-11', meetings: [{ date: '2023-10-26' }] };
    const nulls = {
      registered: '2023-09-11',
      answerDue: null,
      meetings: [{ date: '2023-10-26', adjustmentOn: null, dispatchOn: null }],
      closedDays: null,
      leadTimes: null,
    };
    const { code, out } = await batch(`${JSON.stringify(bare)}\n${JSON.stringify(nulls)}`);
    const [one, two] = jsonLines(out);
    expect(code).toBe(0);
    expect(two).toEqual(one);
  });

  it.each([
    ['not JSON', null, 'the line is not JSON'],
    ['["2023-09-11"]', null, 'the line is not a JSON object'],
    ['null', null, 'the line is not a JSON object'],
    [{ ...model, registered: undefined }, 'registered', 'registered is required'],
    [{ ...model, registered: 20230911 }, 'registered', 'registered is not a calendar day written YYYY-MM-DD'],
    [{ ...model, answerDue: '2023-02-29' }, 'answerDue', /not a calendar day.*2023-02-29/],
    [{ ...model, meetings: undefined }, 'meetings', 'meetings is required'],
    [{ ...model, meetings: '2023-10-26' }, 'meetings', 'meetings is not a list'],
    [{ ...model, meetings: ['2023-10-26', 7] }, 'meetings[1]', /neither a day nor an object/],
    [{ ...model, meetings: ['2023-10-26', 'x'] }, 'meetings[1]', /not a calendar day/],
    [{ ...model, meetings: [{}] }, 'meetings[0].date', /required/],
    [{ ...model, meetings: [{ date: '2023-10-26', tid: '18' }] }, 'meetings[0].tid', /not a known field/],
    [{ ...model, meetings: [{ date: '2023-10-26', dispatchOn: 'x' }] }, 'meetings[0].dispatchOn', /not a calendar day/],
    [
      { ...model, meetings: [{ date: '2023-10-26', dispatchOn: '2023-10-27' }] },
      'meetings[0].dispatchOn',
      'dispatchOn 2023-10-27 is after the meeting 2023-10-26',
    ],
    [
      { ...model, meetings: ['2023-09-28', { date: '2023-10-26', adjustmentOn: '2023-10-25' }] },
      'meetings[1].adjustmentOn',
      'adjustmentOn 2023-10-25 is before the meeting 2023-10-26',
    ],
    [{ ...model, closedDays: '2023-10-25' }, 'closedDays', 'closedDays is not a list'],
    [{ ...model, closedDays: ['x'] }, 'closedDays[0]', /not a calendar day/],
    [{ ...model, leadTimes: [16] }, 'leadTimes', 'leadTimes is not an object'],
    [{ ...model, leadTimes: { draft: 2 } }, 'leadTimes.draft', /less than managerApproval/],
    [{ ...model, leadTimes: { utkast: 2 } }, 'leadTimes.utkast', /not a lead time/],
    [{ ...model, answer: '2023-10-27' }, 'answer', 'answer is not a known field'],
  ])('names what is wrong with %j: %s', async (bad, field, reason) => {
    const text = typeof bad === 'string' ? bad : JSON.stringify(bad);
    const good = JSON.stringify(model);
    const { code, out, err } = await batch(`${good}\n${text}\n${good}\n`);
    expect([code, err]).toEqual([1, '']);
    const [first, second, third, ...rest] = jsonLines(out);
    expect(rest).toEqual([]);
    expect(first).toEqual(third);
    expect(Object.keys(second ?? {})).toEqual(['error']);
    expect(second?.['error']).toEqual({
      line: 2,
      field,
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    });
  });

  it('takes a byte order mark, carriage returns, empty lines and a last line without an end', async () => {
    const line = JSON.stringify(model);
    const { code, out } = await batch(`\uFEFF${line}\r\n\r\n  \n${line}\nx\r\n${line}`);
    expect(code).toBe(1);
    expect(jsonLines(out)).toHaveLength(4);
    expect(jsonLines(out)[2]).toEqual({ error: { line: 5, field: null, reason: 'the line is not JSON' } });
  });

  it('gives nothing for nothing', async () => expect(await batch()).toEqual({ code: 0, out: '', err: '' }));

  it('reads the same however the stream is cut, inside a letter too', async () => {
    const text = Buffer.from(`\uFEFF${JSON.stringify(model)}\r\n{"åäö": 1}\n${JSON.stringify(model)}`);
    const whole = await batch(text);
    expect(whole.out).toContain('åäö is not a known field');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 12 }), async (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), text.length];
        const parts = ends.map((end, i) => text.subarray(ends[i - 1] ?? 0, end));
        expect(await batch(...parts)).toEqual(whole);
      }),
    );
    const letters = await batch(...[...text].map((byte) => Buffer.from([byte])));
    expect(letters).toEqual(whole);
  });

  it('writes as it reads, and not all of it at the end', async () => {
    const written: number[] = [];
    let given = 0;
    async function* stdin(): AsyncGenerator<string> {
      for (given = 1; given <= 5; given += 1) yield await Promise.resolve(`${JSON.stringify(model)}\n`);
    }
    await runPlan(
      { meeting: [], closedDay: [], batch: true },
      { stdin: stdin(), out: () => void written.push(given), err: () => undefined },
    );
    expect(written).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives for any input what the rule gives', async () => {
    const inputs = fc.sample(somePlanInput, 200);
    const lines = inputs.map(({ planningDay, answerDue, meetings, leadTimes, closedDays }) =>
      JSON.stringify({ registered: planningDay, answerDue, meetings, leadTimes, closedDays: [...closedDays] }),
    );
    const { code, out } = await batch(lines.join('\n'));
    expect(code).toBe(0);
    expect(jsonLines(out)).toEqual(inputs.map((input) => planReferral(input)));
  });
});
