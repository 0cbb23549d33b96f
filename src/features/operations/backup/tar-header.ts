/** Everything in an archive is a whole number of these. */
export const BLOCK = 512;
/** What an archive ends with. */
export const END = Buffer.alloc(2 * BLOCK);

/** A file in the archive. */
export interface Member {
  readonly name: string;
  readonly size: number;
}

/** The largest size that eleven octal digits hold; a larger one is written in binary, as GNU tar does. */
const MOST_OCTAL = 8 ** 11 - 1;
const LONGEST_NAME = 100;
const SIZE = 124;
const CHECKSUM = 148;

/** Bytes after a member up to the next block. */
export const paddingOf = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

/**
 * A member's header: POSIX ustar, an ordinary file that its owner alone may read and write. The time is that of the
 * backup, so that one content gives one archive.
 *
 * @param seconds when, in seconds since 1970
 * @throws RangeError when the name is longer than a header holds
 */
export function headerOf({ name, size }: Member, seconds: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const bytes = Buffer.from(name, 'utf8');
  if (bytes.length > LONGEST_NAME) throw new RangeError(`the name is too long: ${name}`);
  bytes.copy(header);
  octal(header, 100, 7, 0o600);
  octal(header, 108, 7, 0);
  octal(header, 116, 7, 0);
  if (size <= MOST_OCTAL) octal(header, SIZE, 11, size);
  else {
    header[SIZE] = 0x80;
    header.writeBigUInt64BE(BigInt(size), SIZE + 4);
  }
  octal(header, 136, 11, seconds);
  header.write('0', 156, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  header.fill(' ', CHECKSUM, CHECKSUM + 8, 'latin1');
  octal(header, CHECKSUM, 6, sumOf(header));
  header[CHECKSUM + 7] = 0x20;
  return header;
}

/** Octal digits with a NUL after them. */
function octal(header: Buffer, at: number, digits: number, value: number): void {
  header.write(`${value.toString(8).padStart(digits, '0')}\u0000`, at, 'latin1');
}

const sumOf = (header: Buffer): number => header.reduce((sum, byte) => sum + byte, 0);

/** What a header says, or null when it is not one of ours, byte for byte: not as much as a time may differ. */
export function readHeader(header: Buffer): Member | null {
  const nul = header.indexOf(0);
  const name = header.toString('utf8', 0, Math.min(nul < 0 ? LONGEST_NAME : nul, LONGEST_NAME));
  const size = header[SIZE] === 0x80 ? Number(header.readBigUInt64BE(SIZE + 4)) : octalIn(header, SIZE, 11);
  const seconds = octalIn(header, 136, 11);
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(seconds) || Buffer.byteLength(name) > LONGEST_NAME) {
    return null;
  }
  return headerOf({ name, size }, seconds).equals(header) ? { name, size } : null;
}

function octalIn(header: Buffer, at: number, digits: number): number {
  const text = header.toString('latin1', at, at + digits);
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

/** Whether other tar programs would take this block for a header: its sum is right. */
export function looksLikeTar(header: Buffer): boolean {
  const told = octalIn(header, CHECKSUM, 6);
  const copy = Buffer.from(header).fill(' ', CHECKSUM, CHECKSUM + 8, 'latin1');
  return sumOf(copy) === told;
}
