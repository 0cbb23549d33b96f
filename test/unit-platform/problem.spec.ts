import { HttpException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import type { ZodType } from 'zod';
import { localDate } from '../../src/domain/calendar/local-date.js';
import { RULE_CODES, RuleError } from '../../src/domain/errors.js';
import { adjustmentBody, extensionBody, meetingBody } from '../../src/features/referrals/referral.dto.js';
import { InvalidRequest } from '../../src/platform/problem/invalid-request.js';
import { languageOf } from '../../src/platform/problem/language.js';
import { describeProblem, type Asked } from '../../src/platform/problem/problem.js';
import { detailWith } from '../../src/platform/problem/texts.js';

const asked = (more: Partial<Asked> = {}): Asked => ({
  language: 'sv',
  requestId: 'r-1',
  allow: [],
  withCredentials: false,
  isForm: false,
  ...more,
});
const described = (error: unknown, more: Partial<Asked> = {}) => describeProblem(error, asked(more), 1000);

describe('a broken rule', () => {
  it.each(RULE_CODES)('%s has a status, a title and a detail in both languages', (code) => {
    const error = new RuleError(code, 'What the rule says');
    for (const language of ['sv', 'en'] as const) {
      const { problem, ours } = described(error, { language });
      expect(problem).toMatchObject({ type: `/problems/${code}`, title: expect.stringMatching(/\S/), instance: 'r-1' });
      expect(problem.detail).toMatch(/\S/);
      expect(problem.detail).not.toMatch(/[[\]]|\{(?!code|year|number)/);
      expect(problem.status).toBeGreaterThanOrEqual(400);
      expect(ours).toBe(false);
    }
  });

  it('says of a day in another year which years are taken', () => {
    const refusal = (text: string): string => {
      try {
        return localDate(text, 'answerDue');
      } catch (error) {
        return described(error).problem.detail;
      }
    };
    expect(refusal('9999-12-31')).toBe(
      'Fältet answerDue ska vara en dag som finns i åren 1900–2199, skriven ÅÅÅÅ-MM-DD, inte ”9999-12-31”.',
    );
    expect(refusal('2023-02-30')).not.toContain('åren');
  });

  it('tells its facts, and names the field', () => {
    const error = new RuleError('date-invalid', 'receivedOn is no day', { field: 'receivedOn', value: '2023-02-30' });
    expect(described(error).problem).toEqual({
      type: '/problems/date-invalid',
      title: 'Datumet är ogiltigt',
      status: 400,
      detail: 'Fältet receivedOn ska vara en dag som finns, skriven ÅÅÅÅ-MM-DD, inte ”2023-02-30”.',
      instance: 'r-1',
      errors: [{ field: 'receivedOn', reason: expect.stringContaining('ÅÅÅÅ-MM-DD') }],
      field: 'receivedOn',
      value: '2023-02-30',
    });
    expect(described(error, { language: 'en' }).problem.detail).toBe('receivedOn is no day');
  });

  it('does not let a fact take the place of the status', () => {
    const error = new RuleError('act-not-allowed', 'no', {
      act: 'close',
      status: 'assigned',
      reason: 'wrong-status',
      possible: ['start', 'cancel'],
    });
    const { problem } = described(error);
    expect(problem).toMatchObject({ status: 409, caseStatus: 'assigned', possible: ['start', 'cancel'] });
    expect(problem.detail).toBe(
      'Det går inte att avsluta när ärendet är fördelat: läget tillåter det inte. Möjligt nu: påbörja beredningen, makulera.',
    );
  });

  it('names the case that is there already', () => {
    const existing = { id: 'r-9', diarienummer: 'EÅV 2023/1' };
    const { problem } = described(
      new RuleError('duplicate-referral', 'already', { field: 'senderReference', existing }),
    );
    expect(problem.detail).toContain('finns redan i EÅV 2023/1.');
    expect(problem['existing']).toEqual(existing);
  });

  it('with a list of faults tells them all', () => {
    const errors = [{ field: 'boards[0].code', reason: 'saknas' }];
    expect(described(new RuleError('organisation-invalid', 'bad', { errors })).problem.errors).toEqual(errors);
  });
});

describe('a refusal', () => {
  it.each([
    ['register', 'registrera'],
    ['open', 'öppna ärendet'],
    ['change-meetings', 'ändra sammanträden'],
    ['send-again', 'skicka påminnelsen igen'],
  ])('says %s in Swedish', (act, inSwedish) => {
    const { problem } = described(new RuleError('forbidden', 'another role', { act }));
    expect(problem.detail).toBe(`Din roll tillåter inte detta: ${inSwedish}.`);
  });

  it('says what the person may do instead', () => {
    const possible = ['start', 'draft-done'];
    const { problem } = described(new RuleError('forbidden', 'another role', { act: 'send-answer', possible }));
    expect(problem.detail).toBe(
      'Din roll tillåter inte detta: anteckna svaret som skickat. Möjligt nu: påbörja beredningen, anteckna utkastet som klart.',
    );
  });
});

describe('a body that has none of its shapes', () => {
  const faultsOf = (schema: ZodType, body: unknown, language: 'sv' | 'en' = 'sv') =>
    described(new InvalidRequest(schema, body, 'body', null), { language }).problem.errors;
  const missing = (field: string) => ({ field, reason: 'måste anges' });
  const unknown = (field: string) => ({ field, reason: 'är ett okänt fält' });

  it.each([
    [{}, [missing('meeting')]],
    [{ meeting: '9999-12-31' }, [{ field: 'meeting', reason: 'ska vara en dag i åren 1900–2199' }]],
    [{ meeting: '0001-01-01' }, [{ field: 'meeting', reason: 'ska vara en dag i åren 1900–2199' }]],
    [{ meeting: '2023-02-30' }, [{ field: 'meeting', reason: 'ska vara en dag som finns, skriven ÅÅÅÅ-MM-DD' }]],
    [{ meeting: '2023-10-26', foo: 1 }, [unknown('foo')]],
    [{ meeting: '2023-10-26', route: 'chair' }, [unknown('route')]],
    [{ route: 'declined' }, [missing('reason')]],
    [{ route: 'declined', foo: 1 }, [missing('reason'), unknown('foo')]],
    [{ route: 'chair', reason: ' ' }, [{ field: 'reason', reason: 'får inte vara tom' }]],
    [{ route: 'x', reason: 'y' }, [{ field: 'route', reason: 'ska vara något av: chair, delegation, declined' }]],
    [[], [{ field: 'body', reason: 'ska vara ett objekt' }]],
  ])('%j is told what it lacks of the nearest', (body, faults) => {
    expect(faultsOf(meetingBody, body)).toEqual(faults);
  });

  it('is told the words that tell its shapes apart', () => {
    expect(faultsOf(extensionBody, { until: '2023-11-30' })).toEqual([
      { field: 'act', reason: 'ska vara något av: ask, granted, refused' },
    ]);
    expect(faultsOf(extensionBody, { act: 'given' }, 'en')).toEqual([
      { field: 'act', reason: 'must be one of: ask, granted, refused' },
    ]);
  });

  it('is told how an instant is written', () => {
    expect(faultsOf(adjustmentBody, { act: 'sign', signedAt: 'igår' })).toEqual([
      { field: 'signedAt', reason: expect.stringContaining('tidszon') },
    ]);
  });
});

describe('an error of ours', () => {
  it('is told without what only we may know', () => {
    const error = new QueryFailedError('SELECT "secret"', ['x'], new Error('no such table: person'));
    const { problem, ours } = described(error);
    expect(ours).toBe(true);
    expect(problem).toMatchObject({ type: '/problems/internal-error', status: 500 });
    expect(JSON.stringify(problem)).not.toMatch(/SELECT|person|secret/);
  });

  it.each([
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    [new AggregateError([Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })])],
    [Object.assign(new Error('connect'), { code: 'EHOSTUNREACH' })],
    [Object.assign(new Error('cannot execute INSERT in a read-only transaction'), { code: '25006' })],
    [Object.assign(new Error('password authentication failed'), { code: '28P01' })],
    [Object.assign(new Error('database "diarium" does not exist'), { code: '3D000' })],
    [new QueryRunnerAlreadyReleasedError()],
    [new Error('timeout exceeded when trying to connect')],
    [new QueryFailedError('SELECT 1', [], Object.assign(new Error('shutting down'), { code: '57P01' }))],
    [new QueryFailedError('UPDATE', [], Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' }))],
  ])('that will pass is told as such: %s', (error) => {
    const { problem, headers } = described(error);
    expect(problem).toMatchObject({ type: '/problems/unavailable', status: 503 });
    expect(headers).toEqual({ 'Retry-After': '5' });
  });

  it.each([
    [418, 400],
    [429, 429],
  ])('of the framework with %i keeps a status of its own: %i', (status, expected) => {
    expect(described(new HttpException('x', status)).problem.status).toBe(expected);
  });
});

describe('a detail', () => {
  it.each([
    ['Fältet [{field} ]saknas.', {}, 'Fältet saknas.'],
    ['Fältet [{field} ]saknas.', { field: 'title' }, 'Fältet title saknas.'],
    ['Inte[: ”{value}”].', { value: null }, 'Inte.'],
    ['[Möjligt: {possible}.]', { possible: ['a', 'b'] }, 'Möjligt: a, b.'],
    ['[Möjligt: {possible}.]', { possible: [] }, ''],
    ['[{value}]', { value: 'x'.repeat(500) }, `${'x'.repeat(119)}…`],
    ['{code}/{number}', {}, '{code}/{number}'],
  ])('%j with %j reads %j', (template, facts, expected) => expect(detailWith(template, facts)).toBe(expected));
});

describe('the language', () => {
  it.each([
    [undefined, 'sv'],
    ['', 'sv'],
    ['en', 'en'],
    ['en-US,en;q=0.8', 'en'],
    ['sv-SE,sv;q=0.9,en;q=0.8', 'sv'],
    ['fi,en;q=0.5', 'en'],
    ['en;q=0', 'sv'],
    ['en;q=hej', 'sv'],
    [','.repeat(1000), 'sv'],
  ])('asked for with %p is %s', (header, expected) => expect(languageOf(header)).toBe(expected));
});
