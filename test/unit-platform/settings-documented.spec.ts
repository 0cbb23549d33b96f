import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/platform/config/config.js';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

/** Every name that the settings reader asks the environment for, with each kind of database and queue. */
function namesAsked(): string[] {
  const asked = new Set<string>();
  const watched = (env: Record<string, string>) =>
    new Proxy(env, {
      get: (target, name) => {
        if (typeof name === 'string') asked.add(name);
        return Reflect.get(target, name);
      },
    });
  readConfig(watched({}));
  readConfig(watched({ DATABASE_URL: 'postgres://localhost/diarium', QUEUE: 'bull', REDIS_URL: 'redis://localhost' }));
  return [...asked].sort();
}

const named = (text: string, line: RegExp): string[] => [...text.matchAll(line)].map(([, name = '']) => name).sort();

describe('settings', () => {
  it('are all in .env.example, each with a comment above it, and nothing else is', () => {
    const example = read('.env.example');
    expect(named(example, /^([A-Z_]+)=/gm)).toEqual(namesAsked());
    expect(named(example, /^# .+\n([A-Z_]+)=/gm)).toEqual(namesAsked());
  });

  it('are all in the README, and nothing else is', () => {
    const table = read('README.md').split('## Settings')[1]?.split('\n## ')[0] ?? '';
    expect(named(table, /^\| `([A-Z_]+)`/gm)).toEqual(namesAsked());
  });

  it('are accepted as .env.example gives them', () => {
    const lines = [...read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)];
    const example = Object.fromEntries(lines.map(([, name, value]) => [name, value]));
    expect(readConfig(example)).toEqual(readConfig({}));
  });
});
