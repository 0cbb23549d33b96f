import { readFileSync } from 'node:fs';

function versionIn(text: string): string {
  const value: unknown = JSON.parse(text);
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : null;
  return typeof version === 'string' ? version : '0.0.0';
}

/** The version of Diarium, from package.json: at the same distance from `src` and from `dist`. */
export const VERSION = versionIn(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
