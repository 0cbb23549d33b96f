import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const markdownIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(folder, name));

const decisions = markdownIn('docs/adr');
const all = [...markdownIn('.'), ...markdownIn('docs'), ...decisions];

describe('the documents', () => {
  it.each(all)('%s names only files that exist', (file) => {
    const inCode = [...read(file).matchAll(/`((?:src|test|scripts|docs|bin)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    );
    expect(inCode.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it.each(all)('%s links only to files that exist', (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(ROOT, dirname(file), path)))).toEqual([]);
  });

  it('name only scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = all.flatMap((file) => [...read(file).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name));
    expect(named.filter((name) => name === undefined || !(name in scripts))).toEqual([]);
  });
});

it('operations.md sizes by the figures that were measured last', () => {
  const { rows } = JSON.parse(read('bench/results/embedded.json')) as {
    readonly rows: readonly { readonly work: string; readonly size: number; readonly ours: string }[];
  };
  const table = read('docs/operations.md').split('## Sizes')[1]?.split('\nDisk,')[0] ?? '';
  const told = (row: string): string[] => [...(table.split(`| ${row}`)[1]?.split('\n')[0] ?? '').matchAll(/[\d.]+/g)].map(([n]) => n); // prettier-ignore
  const measured = (work: string): string[] =>
    rows.filter((one) => one.work === work).map(({ ours }) => /^[\d.]+/.exec(ours)?.[0] ?? 'none');
  expect(told('registrations a second, 16')).toEqual(measured('register, 16 connections'));
  expect(told('lists of 50 a second, 16')).toEqual(measured('list 50 open, 16 connections'));
  expect(told('search, 19 of 20 within')).toEqual(measured('search, 20 hits, p95'));
  expect(told('reminders sent a second')).toEqual(measured('10,000 due reminders by SMTP'));
  expect(told('memory of the idle process')).toEqual(measured('idle memory (PSS)'));
});

describe('the order of the features', () => {
  const rules = /const features = \[([^\]]+)\]/.exec(read('.dependency-cruiser.cjs'))?.[1] ?? '';
  const order = [...rules.matchAll(/'(\w+)'/g)].map(([, name]) => name);

  it('is the same in ARCHITECTURE.md', () => {
    const list = /^Features in order[^]+?\n\n/m.exec(read('ARCHITECTURE.md'))?.[0] ?? '';
    expect([...list.matchAll(/\*\*(\w+)\*\*/g)].map(([, name]) => name)).toEqual(order);
  });

  it('is the same in its decision', () => {
    expect(read('docs/adr/0001-layers-and-feature-order.md').replace(/\s+/g, ' ')).toContain(` ${order.join(', ')}. `);
  });
});

describe('the decisions', () => {
  it('are numbered from 1 without gaps', () => {
    const expected = decisions.map((_file, index) => String(index + 1).padStart(4, '0'));
    expect(decisions.map((file) => /(\d{4})-/.exec(file)?.[1])).toEqual(expected);
  });

  it.each(decisions)('%s has date, status and all parts on 40 lines at most', (file) => {
    const text = read(file);
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Context', 'Decision', 'Consequence', 'What checks it']);
    expect(text).toMatch(/^\d{4}-\d{2}-\d{2} · (accepted|superseded by \d{4})$/m);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  });
});
