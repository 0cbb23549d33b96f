import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

function rootFrom(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('package.json of Diarium is missing');
  return rootFrom(above);
}

/** The folder that holds `package.json`, `bin` and `dist`, whether this runs from `src`, `build` or `dist`. */
export const PACKAGE_ROOT = rootFrom(import.meta.dirname);

/** A file that the build has made. A thread cannot run TypeScript, so that under Jest too it is the built one. */
export const builtFile = (name: string): string => join(PACKAGE_ROOT, 'dist', name);
