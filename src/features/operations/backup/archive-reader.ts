import { createHash } from 'node:crypto';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BackupRefused, codeOf } from './backup-refused.js';
import {
  isMemberName, LARGEST_MANIFEST, MANIFEST, MANIFEST_SEAL, parseManifest, type Manifest, type SealedMember,
} from './manifest.js'; // prettier-ignore
import { BLOCK, END, looksLikeTar, paddingOf, readHeader, type Member } from './tar-header.js';

const PIECE = 1024 * 1024;
const MOST_MEMBERS = 5_000_000;

interface Placed extends Member {
  /** Where its content begins. */
  readonly at: number;
}

const damaged = (what: string): BackupRefused => new BackupRefused('damaged', `Säkerhetskopian är skadad: ${what}.`);
const TRUNCATED = 'Säkerhetskopian är avkortad: slutet saknas.';
const FOREIGN = 'Filen är ingen säkerhetskopia från Diarium.';

/**
 * A backup, looked through before anything of it is used: only what Diarium itself writes is accepted, so no member can
 * lead out of the folder it is put in, and none is larger than the archive that holds it.
 */
export class ArchiveReader {
  private constructor(
    private readonly file: FileHandle,
    private readonly members: ReadonlyMap<string, Placed>,
    readonly manifest: Manifest,
  ) {}

  /** Reads the headers and the manifest, not the contents. @throws BackupRefused */
  static async open(path: string): Promise<ArchiveReader> {
    const file = await openFile(path);
    try {
      const members = await membersOf(file);
      const manifest = await manifestOf(file, members);
      assertSame(manifest, members);
      return new ArchiveReader(file, members, manifest);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * Puts every member under `folder`, which must be empty, and checks each hash on the way.
   *
   * @param goOn is called with the number of bytes written since
   * @throws BackupRefused `damaged`; the folder is then to be thrown away
   */
  async extract(folder: string, goOn: (bytes: number) => void): Promise<void> {
    for (const member of this.manifest.members) {
      const path = join(folder, member.name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await this.extractOne(member, path, goOn);
    }
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async extractOne(member: SealedMember, path: string, goOn: (bytes: number) => void): Promise<void> {
    const placed = this.members.get(member.name);
    if (!placed) throw damaged(`${member.name} saknas`);
    const target = await open(path, 'wx', 0o600);
    try {
      const hash = createHash('sha256');
      for await (const piece of contentOf(this.file, placed)) {
        hash.update(piece);
        await target.appendFile(piece);
        goOn(piece.length);
      }
      if (hash.digest('hex') !== member.sha256) throw damaged(`${member.name} har ändrats`);
      await target.sync();
    } finally {
      await target.close();
    }
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'r');
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch (error) {
    throw new BackupRefused('not-a-backup', `${path} går inte att läsa (${codeOf(error)}).`, { cause: error });
  }
  throw new BackupRefused('not-a-backup', `${path} är ingen fil.`);
}

/** Every member by name, and nothing between, before or after them. */
async function membersOf(file: FileHandle): Promise<Map<string, Placed>> {
  const { size: whole } = await file.stat();
  const members = new Map<string, Placed>();
  const header = Buffer.alloc(BLOCK);
  for (let at = 0; ;) {
    if (at + BLOCK > whole) throw truncated(members);
    await readFully(file, header, at);
    if (header.equals(END.subarray(0, BLOCK))) {
      await assertEnd(file, at, whole, members);
      return members;
    }
    const member = memberIn(header, members);
    const next = at + BLOCK + member.size + paddingOf(member.size);
    if (next + END.length > whole) throw new BackupRefused('truncated', TRUNCATED);
    await assertPadding(file, member, next);
    members.set(member.name, { ...member, at: at + BLOCK });
    if (members.size > MOST_MEMBERS) throw damaged('den har orimligt många delar');
    at = next;
  }
}

function memberIn(header: Buffer, members: ReadonlyMap<string, Placed>): Member {
  const member = readHeader(header);
  if (!member) {
    const isTar = looksLikeTar(header);
    if (members.size === 0 && !isTar) throw new BackupRefused('not-a-backup', FOREIGN);
    if (isTar) throw new BackupRefused('not-a-backup', 'Filen innehåller något annat än en säkerhetskopias delar.');
    throw damaged('en av delarnas rubriker stämmer inte');
  }
  if (!isMemberName(member.name)) {
    const name = JSON.stringify(member.name.slice(0, 100));
    throw new BackupRefused('not-a-backup', `Filen innehåller ${name}, som inte hör hemma i en säkerhetskopia.`);
  }
  if (members.has(member.name)) throw damaged(`${member.name} finns två gånger`);
  return member;
}

const truncated = (members: ReadonlyMap<string, Placed>): BackupRefused =>
  members.size === 0 ? new BackupRefused('not-a-backup', FOREIGN) : new BackupRefused('truncated', TRUNCATED);

async function assertEnd(file: FileHandle, at: number, whole: number, members: Map<string, Placed>): Promise<void> {
  if (members.size === 0) throw new BackupRefused('not-a-backup', FOREIGN);
  if (whole < at + END.length) throw truncated(members);
  const end = Buffer.alloc(END.length);
  await readFully(file, end, at);
  if (whole !== at + END.length || !end.equals(END)) throw damaged('det finns något efter slutet');
}

async function assertPadding(file: FileHandle, { name, size }: Member, next: number): Promise<void> {
  const padding = Buffer.alloc(paddingOf(size));
  if (padding.length === 0) return;
  await readFully(file, padding, next - padding.length);
  if (padding.some((byte) => byte !== 0)) throw damaged(`det finns något efter ${name}`);
}

async function readFully(file: FileHandle, into: Buffer, at: number): Promise<void> {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await file.read(into, done, into.length - done, at + done);
    if (bytesRead === 0) throw new BackupRefused('truncated', TRUNCATED);
    done += bytesRead;
  }
}

async function* contentOf(file: FileHandle, { at, size }: Placed): AsyncGenerator<Buffer> {
  for (let done = 0; done < size;) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, size - done));
    await readFully(file, piece, at + done);
    yield piece;
    done += piece.length;
  }
}

async function textOf(file: FileHandle, members: ReadonlyMap<string, Placed>, name: string): Promise<string> {
  const placed = members.get(name);
  if (!placed) throw damaged(`${name} saknas`);
  if (placed.size > LARGEST_MANIFEST) throw damaged(`${name} är orimligt stor`);
  const pieces: Buffer[] = [];
  for await (const piece of contentOf(file, placed)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

export const sealOf = (manifest: string): string =>
  `${createHash('sha256').update(manifest).digest('hex')}  ${MANIFEST}\n`;

async function manifestOf(file: FileHandle, members: ReadonlyMap<string, Placed>): Promise<Manifest> {
  const text = await textOf(file, members, MANIFEST);
  if ((await textOf(file, members, MANIFEST_SEAL)) !== sealOf(text)) throw damaged('dess förteckning har ändrats');
  return parseManifest(text);
}

/** The manifest names each member that is there, with its size, and no other. */
function assertSame(manifest: Manifest, members: ReadonlyMap<string, Placed>): void {
  const named = new Set([MANIFEST, MANIFEST_SEAL]);
  for (const { name, size } of manifest.members) {
    const placed = members.get(name);
    if (named.has(name) || !placed) throw damaged(`${name} saknas`);
    if (placed.size !== size) throw damaged(`${name} har fel storlek`);
    named.add(name);
  }
  for (const name of members.keys()) if (!named.has(name)) throw damaged(`${name} finns inte i förteckningen`);
}
