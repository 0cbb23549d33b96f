import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { missingBuilds } from '../../scripts/complete-lock.mjs';

const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
const lock = JSON.parse(text);

describe('package-lock.json', () => {
  it('names no registry', () => {
    expect(text).not.toMatch(/"resolved"/);
  });

  it('names every platform’s build, or `npm ci` refuses it (npm run lock:complete)', () => {
    expect(missingBuilds(lock.packages)).toEqual([]);
  });

  it('is of the same packages as package.json', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    );
    expect(lock.packages[''].dependencies).toEqual(dependencies);
    expect(lock.packages[''].devDependencies).toEqual(devDependencies);
  });
});
