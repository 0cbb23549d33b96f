/**
 * Writes `build` out as `dist`: each file of ours stays a file, and the packages that it imports are gathered into a few
 * files in `dist/packages`. Opening some 1,600 small files is what a cold start mostly consists of. See docs/adr/0010.
 */
import { build } from 'esbuild';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';

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

/** Imports between our own files are kept; so are those at run time, which are there to load something late. */
const gathering = {
  name: 'gather-packages',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^\./ }, ({ path, importer, kind }) =>
      kind === 'entry-point' || isOfPackage(importer) ? undefined : { path, external: true },
    );
    onResolve({ filter: /^[^./]/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (kind === 'entry-point' || pluginData === ASKED) return undefined;
      if (kind === 'dynamic-import' || LEFT_ALONE.has(path)) return { path, external: true };
      const found = await resolve(path, { importer, resolveDir, kind, pluginData: ASKED });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

const PACKAGES = 'packages';
const SOURCE_MAP = /\n\/\/# sourceMappingURL=.*\n?$/;

/** The packages' own source maps would be read at each start, for stacks that hardly anyone reads. */
function contentOf(file, to) {
  const { path } = file;
  if (!relative(to, path).startsWith(PACKAGES + sep)) return Buffer.from(file.contents);
  return path.endsWith('.map') ? null : Buffer.from(file.text.replace(SOURCE_MAP, '\n'));
}

function writeUnlessSame(path, content) {
  if (existsSync(path) && readFileSync(path).equals(content)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/**
 * @param files the compiled files below `from`
 * @returns the paths written below `to`
 */
export async function gatherPackages(files, from, to) {
  const { outputFiles } = await build({
    entryPoints: files,
    outbase: from,
    outdir: to,
    chunkNames: `${PACKAGES}/[name]-[hash]`,
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
  const written = new Set();
  for (const file of outputFiles) {
    const content = contentOf(file, to);
    if (content === null) continue;
    writeUnlessSame(file.path, content);
    written.add(file.path);
  }
  return written;
}
