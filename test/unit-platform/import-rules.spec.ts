import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OTHER_FILE = 'export const b = 1;\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diarium-imports-'));
  writeFileSync(join(folder, 'tsconfig.json'), '{}');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string): void => {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

/** Names of the rules that the files break. */
function rulesBroken(files: Record<string, string>): string[] {
  for (const [file, text] of Object.entries(files)) write(file, text);
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const rules = join(ROOT, '.dependency-cruiser.cjs');
  const ran = spawnSync(process.execPath, [cruiser, 'src', '--config', rules, '--output-type', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  const { summary } = JSON.parse(ran.stdout);
  return [...new Set<string>(summary.violations.map((one: { rule: { name: string } }) => one.rule.name))].sort();
}

const importing = (path: string): string => `import { b } from '${path}';\nexport const a = b;\n`;

describe('the import rules', () => {
  it('let a feature use the domain, the platform and the features to its left', () => {
    const broken = rulesBroken({
      'src/features/meetings/a.ts': `${importing('../referrals/b.js')}export * from '../../platform/b.js';\nexport * from '../../domain/b.js';\n`,
      'src/features/referrals/b.ts': OTHER_FILE,
      'src/platform/b.ts': OTHER_FILE,
      'src/domain/b.ts': OTHER_FILE,
    });
    expect(broken).toEqual([]);
  });

  it.each([
    ['domain-is-pure', 'src/domain/a.ts', 'src/platform/b.ts', '../platform/b.js'],
    ['platform-knows-no-feature', 'src/platform/a.ts', 'src/features/journal/b.ts', '../features/journal/b.js'],
    ['feature-order-boards', 'src/features/boards/a.ts', 'src/features/meetings/b.ts', '../meetings/b.js'],
    ['features-know-no-entry', 'src/features/boards/a.ts', 'src/schema.ts', '../../schema.js'],
    ['known-features-only', 'src/app.ts', 'src/features/misc/b.ts', './features/misc/b.js'],
    ['src-knows-no-test', 'src/app.ts', 'test/b.ts', '../test/b.js'],
  ])('catch a fault against %s', (rule, from, to, path) => {
    expect(rulesBroken({ [from]: importing(path), [to]: OTHER_FILE })).toContain(rule);
  });

  it('catch Node in the domain, and a package that package.json does not name', () => {
    const broken = rulesBroken({
      'src/domain/a.ts': `import { join } from 'node:path';\nexport const a = join;\n`,
      'src/platform/a.ts': `import left from 'not-a-package-of-ours';\nexport const a = left;\n`,
    });
    expect(broken).toEqual(['domain-is-pure', 'no-unlisted-package']);
  });

  it('catch a cycle', () => {
    const back = `import { a } from './a.js';\nexport const b = () => a;\n`;
    expect(rulesBroken({ 'src/platform/a.ts': importing('./b.js'), 'src/platform/b.ts': back })).toEqual(['no-cycle']);
  });
});
