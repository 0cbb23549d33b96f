import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** No secret of ours is longer; a file that is, is another one than was meant. */
const LARGEST = 8_192;

/** What is wrong with such files, by the system's own word for it. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not there',
  EACCES: 'may not be read by the user that runs this process',
  EPERM: 'may not be read by the user that runs this process',
};

/** What keeps the file from being used, to be said after "the file". Holds nothing of path or content. */
export class BadSecretFile extends Error {}

/**
 * The secret that a file holds, without the newline that editors put at its end.
 *
 * @throws BadSecretFile
 */
export function secretIn(path: string): string {
  const text = decoded(bytesOf(path)).trim();
  if (text === '') throw new BadSecretFile('is empty');
  if (/\p{Cc}/u.test(text)) throw new BadSecretFile('has to hold one line of text');
  return text;
}

function bytesOf(path: string): Buffer {
  let file: number;
  try {
    // A pipe that nobody writes to would be waited for: it is opened without waiting, and then refused.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new BadSecretFile(wordsFor(error));
  }
  try {
    if (!fstatSync(file).isFile()) throw new BadSecretFile('is no ordinary file');
    const bytes = Buffer.alloc(LARGEST + 1);
    const length = readSync(file, bytes, 0, bytes.length, 0);
    if (length > LARGEST) throw new BadSecretFile(`is larger than ${LARGEST} bytes`);
    return bytes.subarray(0, length);
  } catch (error) {
    throw error instanceof BadSecretFile ? error : new BadSecretFile(wordsFor(error));
  } finally {
    closeSync(file);
  }
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadSecretFile('is no UTF-8 text');
  }
}

function wordsFor(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
  return WORDS[code] ?? `cannot be read (${code})`;
}
