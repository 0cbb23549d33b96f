import { describe, expect, it } from '@jest/globals';
import type { Role } from '../../../../src/domain/referral/permissions.js';
import { basisIn, basisOf, merged } from '../../../../src/features/pages/medarbetare/roles-form.js';

const there = (roles: readonly Role[], department: string | null = null) => ({ roles, department });

describe('what a form of roles started from', () => {
  it.each([
    [there([]), '/'],
    [there(['reader', 'officer'], 'HR'), 'officer reader/HR'],
    [there(['admin'], 'A/B C'), 'admin/A/B C'],
  ])('is sent along and read again: %j', (basis, text) => {
    expect(basisOf(basis)).toBe(text);
    expect(basisIn(text)).toEqual({ ...basis, roles: expect.arrayContaining([...basis.roles]) });
  });

  it.each([undefined, '', 'officer'])('is not known from %j', (text) => expect(basisIn(text)).toBeNull());
});

describe('a form of roles that came too late', () => {
  it.each([
    ['what was ticked is added to theirs', ['reader'], ['reader', 'officer'], ['reader', 'admin'], ['officer', 'reader', 'admin']],
    ['what was unticked is taken from theirs', ['reader', 'officer'], ['officer'], ['reader', 'officer', 'admin'], ['officer', 'admin']],
    ['what they took away stays away', ['reader', 'officer'], ['reader', 'officer', 'admin'], ['reader'], ['reader', 'admin']],
  ] as [string, Role[], Role[], Role[], Role[]][])('has one’s own changes on top of theirs: %s', (_, basis, sent, now, wanted) => {
    expect(merged(there(sent), there(basis), there(now)).roles).toEqual(wanted);
  }); // prettier-ignore

  it.each([
    ['HR', 'HR', 'IT', 'IT', 'theirs when one’s own is untouched'],
    ['HR', null, 'IT', null, 'one’s own when it was chosen'],
  ] as [string, string | null, string, string | null, string][])(
    'has of departments (%s, chosen %s, now %s) %s: %s',
    (basis, sent, now, wanted) => {
      expect(merged(there([], sent), there([], basis), there([], now)).department).toBe(wanted);
    },
  );

  it('is as it was sent when it does not say what it started from', () => {
    expect(merged(there(['officer'], 'HR'), null, there(['admin'], 'IT'))).toEqual(there(['officer'], 'HR'));
  });
});
