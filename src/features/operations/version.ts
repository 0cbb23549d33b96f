import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../platform/package-root.js';

function versionIn(text: string): string {
  const value: unknown = JSON.parse(text);
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : null;
  return typeof version === 'string' ? version : '0.0.0';
}

/** The version of Diarium, from package.json. */
export const VERSION = versionIn(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'));
