import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';

const SUPPORT = join(import.meta.dirname, '../test/support');

/** Loads what the tests use, which is TypeScript, such as `fast-smtp-sink`. It may import packages alone. */
export async function fromTestSupport(name) {
  const source = readFileSync(join(SUPPORT, `${name}.ts`), 'utf8');
  const { code } = transformSync(source, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
  const folder = join(import.meta.dirname, '../node_modules/.cache/bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-${process.pid}.mjs`);
  writeFileSync(file, code);
  return import(pathToFileURL(file).href);
}
