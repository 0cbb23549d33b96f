import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const rules = readFileSync('docs/rules.md', 'utf8');
const source = readdirSync('src/domain', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(`src/domain/${file}`, 'utf8'))
  .join('\n');
const quoted = [...rules.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

describe('docs/rules.md', () => {
  it('names only files that exist', () => {
    const files = quoted.filter((text) => text.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(20);
    const missing = files.filter(
      (file) => ![file, `src/domain/${file}`, `test/unit/${file}`].some((f) => existsSync(f)),
    );
    expect(missing).toEqual([]);
  });

  it('names only functions that the domain has', () => {
    const names = quoted.flatMap((text) => /^[a-z]+[A-Z]\w*/.exec(text) ?? []);
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(source))).toEqual([]);
  });

  it('names a test in every row of its tables', () => {
    const rows = rules.split('\n').filter((line) => /^\| (?:KL|OSL|lag|förordning) /.test(line));
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) expect(row.split('|').at(-2)).toMatch(/\.spec\.ts/);
  });
});
