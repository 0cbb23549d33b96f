import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const BIN = join(ROOT, 'bin', 'diarium.js');

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Buffer;
  /** Is given the process as soon as it has started. */
  readonly started?: (child: ChildProcess) => void;
}

/** Runs `diarium` as a person does: a process of its own, on the built product. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  if (!existsSync(join(ROOT, 'dist', 'cli.js'))) throw new Error('dist/cli.js is missing: run npm run build first');
  const { dataDir, env = {}, stdin = '' } = options;
  const place =
    dataDir === undefined ? {} : { DATA_DIR: dataDir, DATABASE_URL: `sqlite:${join(dataDir, 'diarium.db')}` };
  const child = spawn(process.execPath, [BIN, ...args], { env: { PATH: process.env['PATH'], ...place, ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  options.started?.(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
