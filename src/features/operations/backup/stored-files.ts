import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './backup-refused.js';
import { FILES, isMemberName } from './manifest.js';

/** A stored file: its name in the archive, and where it is. */
export interface StoredFile {
  readonly name: string;
  readonly path: string;
}

/** Files on their way into the folder. */
const DRAFT = /\.(part|tmp|draft)$/;
const HASH = /^[0-9a-f]{64}$/;

/** The stored files of a data folder, in a steady order; none when it has none. */
export async function* storedFiles(dataDir: string, name = FILES): AsyncGenerator<StoredFile> {
  const folder = join(dataDir, name);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const own = `${name}/${entry.name}`;
    if (entry.name.startsWith('.') || DRAFT.test(entry.name)) continue;
    if (entry.isDirectory()) yield* storedFiles(dataDir, own);
    else if (entry.isFile() && isMemberName(own)) yield { name: own, path: join(folder, entry.name) };
  }
}

/** Whether a file that is named by its hash has another content. */
export function isChanged(name: string, sha256: string): boolean {
  const told = name.split('/').at(-1) ?? '';
  return HASH.test(told) && told !== sha256;
}
