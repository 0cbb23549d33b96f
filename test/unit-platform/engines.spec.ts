import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ON_SQLITE_ONLY, filesToRunAnew, specFiles, standingOf } from '../../scripts/engines.mjs';

const files = specFiles();
const standing = (wanted: string): string[] => files.filter((file) => standingOf(file) === wanted);

describe('the suites on both engines', () => {
  it('are all sorted: a new one with a database of its own making is told where it belongs', () => {
    expect(standing('unsorted')).toEqual([]);
  });

  it.each(Object.entries(ON_SQLITE_ONLY))('leave %s on SQLite, which is there, and: %s', (file, reason) => {
    expect({ file, there: existsSync(file), standing: standingOf(file) }).toEqual({ file, there: true, standing: 'sqlite' });
    expect(reason).not.toBe('');
  }); // prettier-ignore

  it.each([
    ['both', 'test/e2e/people/roles.e2e-spec.ts', 'it asks for ENGINES'],
    ['both', 'test/integration/postgres/lost.spec.ts', 'it is about PostgreSQL'],
    ['anew', 'test/e2e/people/absences.e2e-spec.ts', 'it starts an app'],
    ['anew', 'test/e2e/sign-in/setup.e2e-spec.ts', 'a helper beside it starts an app'],
    ['anew', 'test/e2e/referrals/impossible-days.e2e-spec.ts', 'a story starts an app'],
    ['anew', 'test/e2e/pages/lista/case-list.e2e-spec.ts', 'the stage that it imports starts an app'],
    ['anew', 'test/integration/people/people.spec.ts', 'it opens a database'],
    ['anew', 'test/integration/reminders/sweep.spec.ts', 'the stage that it imports opens a database'],
    ['none', 'test/integration/mail/smtp-address.spec.ts', 'it is about texts'],
  ])('are known by what they import: %s for %s, since %s', (wanted, file) => {
    expect(standingOf(file)).toBe(wanted);
  });

  it('run anew without the others', () => {
    expect(filesToRunAnew()).toEqual(standing('anew'));
    expect(files).toHaveLength(['both', 'anew', 'sqlite', 'none'].flatMap(standing).length);
  });
});
