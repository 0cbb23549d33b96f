import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';

/** The tests' fast mail server, as a process of its own: it prints its port, and its count when asked on its input. */
const source = readFileSync(join(import.meta.dirname, '../test/support/fast-smtp-sink.ts'), 'utf8');
const { code } = transformSync(source, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
const folder = join(import.meta.dirname, '../node_modules/.cache/bench');
mkdirSync(folder, { recursive: true });
const file = join(folder, `fast-smtp-sink-${process.pid}.mjs`);
writeFileSync(file, code);
const { startFastSmtpSink } = await import(pathToFileURL(file).href);
const sink = await startFastSmtpSink();
process.stdout.write(`${sink.port}\n`);
process.stdin.on('data', () => {
  const doubled = [...sink.counts.values()].filter((times) => times > 1).length;
  process.stdout.write(`${JSON.stringify({ total: sink.total, doubled })}\n`);
  sink.clear();
});
