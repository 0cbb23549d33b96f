/**
 * Writes `build` out as `dist`: one file for each way in, and a few that they share, with the packages in them. Opening
 * some 2,100 small files is what a cold start mostly consists of. See docs/adr/0010.
 */
import { build } from 'esbuild';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';

/** The processes, the command line, and what runs in threads. */
const WAYS_IN = [
  'main.js',
  'worker.js',
  'cli.js',
  join('platform', 'database', 'read-worker.js'),
  join('features', 'register', 'xlsx-worker.js'),
];

/** These stay where they are: native or large and loaded only when needed, or set up what must be there before all else. */
const LEFT_ALONE = new Set([
  'reflect-metadata',
  'better-sqlite3',
  'bull',
  'ioredis',
  'pg',
  '@digdir/designsystemet-css',
  '@digdir/designsystemet-theme',
  '@fontsource-variable/inter',
]);

/** Packages written for CommonJS ask for others, and for what is an option of theirs and not installed, by `require`. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);`;

const ASKED = Symbol('asked');
const isOfPackage = (path) => path.split(sep).includes('node_modules');

/** Stands for the map of a package's file: theirs would be read at each start, for stacks that hardly anyone reads. */
const NO_MAP = `//# sourceMappingURL=data:application/json;base64,${Buffer.from('{"version":3,"sources":[""],"mappings":"A"}').toString('base64')}`;
const LOADERS = { '.js': 'js', '.mjs': 'js', '.cjs': 'js' };

/** Imports of packages at run time are kept: they are there to load something late, or what need not be there. */
const gathering = {
  name: 'gather',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (kind === 'entry-point' || pluginData === ASKED) return undefined;
      if (kind === 'dynamic-import' || LEFT_ALONE.has(path)) return { path, external: true };
      const found = await resolve(path, { importer, resolveDir, kind, pluginData: ASKED });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
    onLoad({ filter: /\.[cm]?js$/ }, async ({ path }) => {
      if (!isOfPackage(path)) return undefined;
      const text = await readFile(path, 'utf8');
      return { contents: `${text}\n${NO_MAP}`, loader: LOADERS[path.slice(path.lastIndexOf('.'))] };
    });
  },
};

function writeUnlessSame(path, content) {
  if (existsSync(path) && readFileSync(path).equals(content)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/**
 * @param from the folder that holds what was compiled
 * @returns the paths written below `to`
 */
export async function gather(from, to) {
  const { outputFiles } = await build({
    entryPoints: WAYS_IN.map((path) => ({ in: join(from, path), out: basename(path, '.js') })),
    outdir: to,
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    banner: { js: REQUIRE },
    plugins: [gathering],
  });
  for (const { path, contents } of outputFiles) writeUnlessSame(path, Buffer.from(contents));
  return new Set(outputFiles.map(({ path }) => path));
}
