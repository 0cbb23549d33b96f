import { describe, expect, it } from '@jest/globals';
import { RULE_CODES, RuleError } from '../../src/domain/errors.js';

describe('RuleError', () => {
  it('carries a code, an English message and facts', () => {
    const error = new RuleError('date-invalid', 'answerDue is not a day', { field: 'answerDue' });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'RuleError', code: 'date-invalid', facts: { field: 'answerDue' } });
    expect(error.message).toBe('answerDue is not a day');
    expect(new RuleError('not-found', 'no such case').facts).toEqual({});
  });

  it('has each code once, in words that can stand in an address', () => {
    expect(new Set(RULE_CODES).size).toBe(RULE_CODES.length);
    for (const code of RULE_CODES) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});
