import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';
import jest from '../../jest.config.js';

// Lets a child process run the TypeScript sources as the tests do, without a build.
const [, options] = jest.transform['^.+\\.tsx?$'];
const CACHE = 'node_modules/.cache/diarium-ts';
mkdirSync(CACHE, { recursive: true });

export async function resolve(specifier, context, next) {
  if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.startsWith('file:')) {
    const path = join(dirname(fileURLToPath(context.parentURL)), specifier.slice(0, -3));
    for (const ending of ['.ts', '.tsx']) {
      if (existsSync(path + ending)) return { url: pathToFileURL(path + ending).href, shortCircuit: true };
    }
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!/\.tsx?$/.test(url)) return next(url, context);
  const path = fileURLToPath(url);
  const text = readFileSync(path, 'utf8');
  const cached = join(CACHE, `${createHash('sha256').update(path).update(text).digest('hex')}.mjs`);
  if (!existsSync(cached)) {
    const { code } = transformSync(text, { ...options, sourceMaps: false, filename: path });
    writeFileSync(`${cached}.${process.pid}`, code);
    renameSync(`${cached}.${process.pid}`, cached);
  }
  return { format: 'module', source: readFileSync(cached, 'utf8'), shortCircuit: true };
}
