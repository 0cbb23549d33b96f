import { describe, expect, it } from '@jest/globals';
import { skippedLine } from '../../scripts/skipped.mjs';

const redis = (title: string) => ({ program: 'redis-server', kind: 'suites on Redis', title });
const postgres = (title: string, kind = 'suites on PostgreSQL') => ({ program: 'PostgreSQL', kind, title });

describe('the last line of npm test', () => {
  it('is not there when nothing was skipped', () => {
    expect(skippedLine([], 0)).toBeNull();
  });

  it('names each program that is missing and how many suites of which kind need it, each once', () => {
    const file = 'files on PostgreSQL as well';
    const skipped = [postgres('a'), redis('b'), postgres('c'), postgres('c'), postgres('d', file)];
    expect(skippedLine(skipped, 12)).toBe(
      '!!! SKIPPED 12 tests: no PostgreSQL on this machine, so not run: suites on PostgreSQL (2), ' +
        'files on PostgreSQL as well (1); no redis-server on this machine, so not run: suites on Redis (1)',
    );
  });

  it('tells of tests that skip themselves too', () => {
    expect(skippedLine([], 3)).toBe('!!! SKIPPED: 3 tests, by themselves');
  });
});
