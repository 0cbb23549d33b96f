import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { AppConfig } from '../../../platform/config/config.js';
import { VERSION } from '../version.js';
import { sealOf } from './archive-reader.js';
import { ArchiveWriter } from './archive-writer.js';
import { BackupRefused, codeOf } from './backup-refused.js';
import type { DatabaseFacts } from './database-facts.js';
import {
  FORMAT_VERSION, MANIFEST, MANIFEST_SEAL, POSTGRES_MEMBER, SECRET_MEMBER, SQLITE_MEMBER, type Manifest,
  type SealedMember,
} from './manifest.js'; // prettier-ignore
import { dumpPostgres } from './postgres-copy.js';
import { copySqlite } from './sqlite-copy.js';
import { isChanged, storedFiles } from './stored-files.js';

export interface BackupRequest {
  readonly config: Pick<AppConfig, 'dataDir' | 'database'>;
  /** A file to be made, or a folder in which to make one. */
  readonly target: string;
  /** Whether a file that is there already may be replaced. */
  readonly force: boolean;
  /** Whether the secret that signs sessions is in it. */
  readonly withSecrets: boolean;
  readonly takenAt: Date;
  /** Where PostgreSQL's programs are looked for. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** Is told how far it has come. */
  readonly told: (text: string) => void;
}

export interface BackupMade {
  readonly file: string;
  readonly size: number;
  readonly manifest: Manifest;
  /** Stored files that are not what their name says; they are in it as they are. */
  readonly changed: readonly string[];
}

/** What an interrupted backup has left is thrown away after so long. */
const STALE_MS = 24 * 3_600_000;
const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1).replace('.', ',')} MB`;

/**
 * Makes one archive of all that is kept: the database as it stands at one moment, then the stored files. Files are never
 * changed or taken away, and are there before the database tells of them: so none that it tells of is missing.
 *
 * Nothing is seen under the target's name until the archive is whole and on the disk.
 *
 * @throws BackupRefused
 */
export async function makeBackup(request: BackupRequest): Promise<BackupMade> {
  const file = await targetOf(request);
  await clearStale(file);
  const staging = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.part`);
  await mkdir(staging, { mode: 0o700 });
  try {
    const draft = join(staging, 'archive');
    const made = await write(request, staging, draft);
    request.signal.throwIfAborted();
    await place(draft, file, request.force);
    return { file, size: (await stat(file)).size, ...made };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

const nameOf = (takenAt: Date): string =>
  `diarium-${takenAt.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}.tar`;

async function targetOf({ target, takenAt, force }: BackupRequest): Promise<string> {
  const path = resolve(target);
  const found = await lstat(path).catch(() => null);
  if (found?.isDirectory()) return targetOfFile(join(path, nameOf(takenAt)), force);
  return targetOfFile(path, force);
}

async function targetOfFile(file: string, force: boolean): Promise<string> {
  const found = await lstat(file).catch(() => null);
  if (found !== null && (!force || !found.isFile())) throw exists(file);
  const folder = await stat(dirname(file)).catch(() => null);
  if (folder?.isDirectory() !== true) throw new BackupRefused('exists', `Mappen ${dirname(file)} finns inte.`);
  return file;
}

const exists = (file: string): BackupRefused =>
  new BackupRefused('exists', `${file} finns redan och skrivs inte över. Ange ett annat namn, eller --force.`);

async function clearStale(file: string): Promise<void> {
  const folder = dirname(file);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`.${basename(file)}.`) || !name.endsWith('.part')) continue;
    const path = join(folder, name);
    const { mtimeMs } = await lstat(path).catch(() => ({ mtimeMs: Infinity }));
    // Its own clock: the file system's is that of the machine, and so is that of the one who runs this.
    if (performance.timeOrigin + performance.now() - mtimeMs > STALE_MS)
      await rm(path, { recursive: true, force: true });
  }
}

async function write(
  request: BackupRequest,
  staging: string,
  draft: string,
): Promise<Pick<BackupMade, 'manifest' | 'changed'>> {
  const { config, takenAt } = request;
  const engine = config.database.kind;
  const database = join(staging, 'database');
  const facts = await copyDatabase(request, database);
  const writer = await ArchiveWriter.create(draft, takenAt);
  try {
    const members: SealedMember[] = [];
    const add = addTo(writer, members, request);
    await add(engine === 'sqlite' ? SQLITE_MEMBER : POSTGRES_MEMBER, database);
    await rm(database);
    const changed = await addFiles(request, add);
    if (request.withSecrets) await addSecret(request, add);
    const head = { format: 'diarium-backup', formatVersion: FORMAT_VERSION, appVersion: VERSION } as const;
    const manifest: Manifest = { ...head, engine, takenAt: takenAt.toISOString(), ...facts, members };
    const text = `${JSON.stringify(manifest, null, 1)}\n`;
    await writer.addText(MANIFEST, text);
    await writer.addText(MANIFEST_SEAL, sealOf(text));
    await writer.finish();
    return { manifest, changed };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

type Add = (name: string, path: string) => Promise<SealedMember>;

function addTo(writer: ArchiveWriter, members: SealedMember[], { signal, told }: BackupRequest): Add {
  let written = 0;
  return async (name, path) => {
    const member = await writer.addFile(name, path, (bytes) => {
      signal.throwIfAborted();
      written += bytes;
      told(`Skriver arkivet … ${megabytes(written)}`);
    });
    members.push(member);
    return member;
  };
}

async function addFiles({ config }: BackupRequest, add: Add): Promise<string[]> {
  const changed: string[] = [];
  for await (const { name, path } of storedFiles(config.dataDir)) {
    const { sha256 } = await add(name, path);
    if (isChanged(name, sha256)) changed.push(name);
  }
  return changed;
}

async function addSecret({ config }: BackupRequest, add: Add): Promise<void> {
  const path = join(config.dataDir, SECRET_MEMBER);
  if ((await stat(path).catch(() => null))?.isFile() === true) await add(SECRET_MEMBER, path);
}

function copyDatabase({ config, path, signal, told }: BackupRequest, file: string): Promise<DatabaseFacts> {
  const { database } = config;
  told('Kopierar databasen …');
  if (database.kind === 'postgres') return dumpPostgres({ url: database.url, file, path, signal });
  return copySqlite(database.path, file, (share) => {
    signal.throwIfAborted();
    told(`Kopierar databasen … ${Math.round(share * 100)} %`);
  });
}

/** Under its name in one step. Without `force` the name must be free at that very moment. */
async function place(draft: string, file: string, force: boolean): Promise<void> {
  if (force) await rename(draft, file);
  else await linkOrRename(draft, file);
  await syncFolder(dirname(file));
}

async function linkOrRename(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw exists(file);
    // A file system without links: the moment between looking and renaming has to be borne.
    if ((await lstat(file).catch(() => null)) !== null) throw exists(file);
    return rename(draft, file);
  }
  await unlink(draft);
}

/** So that the name, too, is there after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
