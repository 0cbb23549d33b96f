/**
 * Compiles `src` to `build` (quickly when little has changed), gathers that with the packages in `dist`, removes
 * what no longer has a source, and copies the web assets. Run by itself it exits with 1 on a fault; `start` and `test`
 * import it.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const ROOT = dirname(import.meta.dirname);
const SRC = join(ROOT, 'src');
const BUILD = join(ROOT, 'build');
const DIST = join(ROOT, 'dist');
const DIST_ASSETS = join(DIST, 'assets');

/** What the build cannot do for a reason that its own output has told already. */
export class BuildFailed extends Error {}

function findCompiler() {
  try {
    return createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
  } catch {
    throw new BuildFailed('The packages are not installed. Run: npm ci');
  }
}

async function compile() {
  const tsc = findCompiler();
  const child = spawn(
    process.execPath,
    [tsc, '-p', join(ROOT, 'tsconfig.json'), '--pretty', String(Boolean(process.stdout.isTTY))],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const stop = (signal) => child.kill(signal);
  process.once('SIGTERM', stop).once('SIGINT', stop);
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (...end) => resolve(end));
  });
  process.off('SIGTERM', stop).off('SIGINT', stop);
  if (signal) throw new BuildFailed(`The build was stopped by ${signal}.`);
  if (code !== 0) throw new BuildFailed('The build failed: see the errors above. dist/ is as it was.');
}

const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    : [];

const pathsIn = (folder) => filesIn(folder).map(({ parentPath, name }) => join(parentPath, name));

const SCRIPT = /\.js(\.map)?$/;

/** What an earlier build left and no source stands behind, so that nothing can import it by mistake. */
function removeOrphans(folder, isWanted) {
  for (const path of pathsIn(folder)) if (SCRIPT.test(path) && !isWanted(path)) rmSync(path);
}

function hasSource(path) {
  const source = join(SRC, path.slice(BUILD.length).replace(SCRIPT, ''));
  return existsSync(`${source}.ts`) || existsSync(`${source}.tsx`);
}

function copyAssets() {
  rmSync(DIST_ASSETS, { recursive: true, force: true });
  cpSync(join(SRC, 'platform', 'web', 'assets'), DIST_ASSETS, { recursive: true });
}

/** @throws BuildFailed with a message for people */
export async function build() {
  await compile();
  removeOrphans(BUILD, hasSource);
  const { gather } = await import('./gather.mjs');
  const written = await gather(BUILD, DIST);
  removeOrphans(DIST, (path) => written.has(path) || path.startsWith(DIST_ASSETS));
  copyAssets();
}

/** Builds, or says why not and ends the process with 1. */
export async function buildOrExit() {
  try {
    await build();
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    console.error(`\n${error.message}`);
    process.exit(1);
  }
}

if (process.argv[1] === import.meta.filename) await buildOrExit();
