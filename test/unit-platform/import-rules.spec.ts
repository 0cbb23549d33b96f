import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diarium-imports-'));
  write('tsconfig.json', '{}');
  write('package.json', '{ "type": "module" }');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A tree of files that import what is said, and nothing else. */
function plant(imports: Record<string, readonly string[]>): void {
  for (const [file, paths] of Object.entries(imports)) {
    write(file, ['export const here = 1;', ...paths.map((path) => `export * from '${path}';`), ''].join('\n'));
  }
}

/** Broken rules as `rule: file`. */
function rulesBroken(): string[] {
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const rules = join(ROOT, '.dependency-cruiser.cjs');
  const ran = spawnSync(process.execPath, [cruiser, 'src', '--config', rules, '--output-type', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  const violations: { rule: { name: string }; from: string }[] = JSON.parse(ran.stdout).summary.violations;
  return [...new Set(violations.map(({ rule, from }) => `${rule.name}: ${from}`))].sort();
}

describe('the import rules', () => {
  it('let a feature use the domain, the platform and the features to its left', () => {
    plant({
      'src/features/meetings/a.ts': ['../referrals/b.js', '../../platform/b.js', '../../domain/b.js'],
      'src/features/referrals/b.ts': [],
      'src/platform/b.ts': ['../domain/b.js', 'node:path'],
      'src/domain/b.ts': ['./c.js'],
      'src/domain/c.ts': [],
      'src/cli/a.ts': ['../features/meetings/a.js'],
    });
    expect(rulesBroken()).toEqual([]);
  });

  it('catch every fault', () => {
    plant({
      'src/domain/technique.ts': ['../platform/b.js'],
      'src/domain/node.ts': ['node:path'],
      'src/platform/feature.ts': ['../features/journal/b.js'],
      'src/platform/package.ts': ['not-a-package-of-ours'],
      'src/platform/cycle-one.ts': ['./cycle-two.js'],
      'src/platform/cycle-two.ts': ['./cycle-one.js'],
      'src/features/boards/right.ts': ['../meetings/b.js'],
      'src/features/boards/entry.ts': ['../../schema.js'],
      'src/features/boards/command.ts': ['../../cli/b.js'],
      'src/app.ts': ['./features/misc/b.js', '../test/b.js'],
      'src/schema.ts': [],
      'src/cli/b.ts': [],
      'src/platform/b.ts': [],
      'src/features/journal/b.ts': [],
      'src/features/meetings/b.ts': [],
      'src/features/misc/b.ts': [],
      'test/b.ts': [],
    });
    expect(rulesBroken()).toEqual([
      'domain-is-pure: src/domain/node.ts',
      'domain-is-pure: src/domain/technique.ts',
      'feature-order-boards: src/features/boards/right.ts',
      'features-know-no-entry: src/features/boards/command.ts',
      'features-know-no-entry: src/features/boards/entry.ts',
      'known-features-only: src/app.ts',
      'no-cycle: src/platform/cycle-one.ts',
      'no-unlisted-package: src/platform/package.ts',
      'platform-knows-no-feature: src/platform/feature.ts',
      'src-knows-no-test: src/app.ts',
    ]);
  });
});
