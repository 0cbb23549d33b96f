import { randomBytes } from 'node:crypto';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AppConfig } from '../../../platform/config/config.js';
import { ArchiveReader } from './archive-reader.js';
import { BackupRefused, codeOf } from './backup-refused.js';
import { differences, type DatabaseFacts } from './database-facts.js';
import { syncFolder } from './make-backup.js';
import { FILES, POSTGRES_MEMBER, SECRET_MEMBER, SQLITE_MEMBER, type Manifest } from './manifest.js';
import { assertEmpty, restorePostgres } from './postgres-copy.js';
import { withPostgres } from './postgres-tools.js';
import { factsOfFile } from './sqlite-copy.js';

export interface RestoreRequest {
  readonly file: string;
  readonly config: Pick<AppConfig, 'dataDir' | 'database'>;
  /** The migrations that this version knows. */
  readonly known: ReadonlySet<string>;
  readonly path: string;
  readonly signal: AbortSignal;
  readonly told: (text: string) => void;
}

/** What may be in a data folder that is empty otherwise: neither is a part of what is restored. */
const IN_AN_EMPTY_FOLDER = new Set([SECRET_MEMBER, 'lost+found', 'outbox']);

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1).replace('.', ',')} MB`;

/**
 * Puts a backup into an empty place: everything is unpacked aside and compared with the manifest, hashes, rows and heads
 * of the journal, before anything is put where it belongs. On failure the place is as empty as it was.
 *
 * @throws BackupRefused
 */
export async function restoreBackup(request: RestoreRequest): Promise<Manifest> {
  const archive = await ArchiveReader.open(request.file);
  const { dataDir } = request.config;
  const staging = join(dataDir, `.restore-${randomBytes(6).toString('hex')}`);
  const wasThere = await isThere(dataDir);
  try {
    assertReadable(archive.manifest, request);
    await assertPlace(request);
    await mkdir(staging, { recursive: true, mode: 0o700 });
    let written = 0;
    await archive.extract(staging, (bytes) => {
      request.signal.throwIfAborted();
      written += bytes;
      request.told(`Packar upp … ${megabytes(written)}`);
    });
    await put(request, archive.manifest, staging);
    return archive.manifest;
  } finally {
    await archive.close();
    await rm(staging, { recursive: true, force: true });
    if (!wasThere) await removeIfEmpty(dataDir);
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function removeIfEmpty(folder: string): Promise<void> {
  const left = await readdir(folder).catch(() => null);
  if (left?.length === 0) await rm(folder, { recursive: true });
}

function assertReadable(manifest: Manifest, { config, known }: RestoreRequest): void {
  if (manifest.engine !== config.database.kind) {
    const [from, to] = [manifest.engine, config.database.kind].map((kind) =>
      kind === 'sqlite' ? 'SQLite' : 'PostgreSQL',
    );
    const message = `Säkerhetskopian är av en databas i ${from}, men DATABASE_URL pekar på ${to}.`;
    throw new BackupRefused('wrong-engine', message);
  }
  const member = manifest.engine === 'sqlite' ? SQLITE_MEMBER : POSTGRES_MEMBER;
  if (!manifest.members.some(({ name }) => name === member)) {
    throw new BackupRefused('damaged', `Säkerhetskopian är skadad: ${member} saknas.`);
  }
  const unknown = manifest.migrations.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  const message = `Säkerhetskopian är gjord av en nyare version av Diarium (${manifest.appVersion}: ${unknown.join(', ')}). Använd den versionen.`;
  throw new BackupRefused('newer', message);
}

/** Nothing is ever restored over anything. */
async function assertPlace({ config: { dataDir, database } }: RestoreRequest): Promise<void> {
  const found = await readdir(dataDir).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw new BackupRefused('not-empty', `Mappen ${dataDir} går inte att använda.`, { cause: error });
  });
  const inTheWay = found.filter((name) => !IN_AN_EMPTY_FOLDER.has(name));
  if (inTheWay.length > 0) {
    const names = inTheWay.slice(0, 5).join(', ');
    const todo = 'Ange en tom mapp med DATA_DIR, eller flytta undan det som finns.';
    throw new BackupRefused('not-empty', `Mappen ${dataDir} är inte tom (${names}). Den är orörd. ${todo}`);
  }
  if (database.kind === 'postgres') return withPostgres(database.url, assertEmpty);
  for (const path of [database.path, `${database.path}-wal`, `${database.path}-shm`]) {
    if (!(await isThere(path))) continue;
    throw new BackupRefused('not-empty', `Det finns redan en databas på ${database.path}. Den är orörd.`);
  }
}

async function put(request: RestoreRequest, manifest: Manifest, staging: string): Promise<void> {
  const { config, path, signal } = request;
  const { dataDir, database } = config;
  request.told('Jämför med förteckningen …');
  if (database.kind === 'postgres') {
    const file = join(staging, POSTGRES_MEMBER);
    assertWhole(manifest, await restorePostgres({ url: database.url, file, path, signal }));
    await putFiles(dataDir, staging);
    return;
  }
  const file = join(staging, SQLITE_MEMBER);
  assertWhole(manifest, await factsOf(file));
  signal.throwIfAborted();
  await putFiles(dataDir, staging);
  await putDatabase(file, database.path);
}

async function factsOf(file: string): Promise<DatabaseFacts> {
  try {
    return await factsOfFile(file);
  } catch (error) {
    if (error instanceof BackupRefused) throw error;
    throw new BackupRefused('damaged', 'Säkerhetskopian är skadad: databasen i den går inte att läsa.', {
      cause: error,
    });
  }
}

function assertWhole(manifest: Manifest, found: DatabaseFacts): void {
  const faults = differences(manifest, found);
  if (faults.length === 0) return;
  throw new BackupRefused('damaged', `Säkerhetskopian stämmer inte med sin förteckning: ${faults.join('; ')}.`);
}

async function putFiles(dataDir: string, staging: string): Promise<void> {
  if (await isThere(join(staging, FILES))) await rename(join(staging, FILES), join(dataDir, FILES));
  const secret = join(dataDir, SECRET_MEMBER);
  // One that is there already is the one that the place is to have.
  if ((await isThere(join(staging, SECRET_MEMBER))) && !(await isThere(secret))) {
    await rename(join(staging, SECRET_MEMBER), secret);
  }
  await syncFolder(dataDir);
}

/** Last of all: a place with a database is a place that has been restored. */
async function putDatabase(file: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const [from, to] = [await stat(file), await stat(dirname(path))];
  if (from.dev === to.dev) await rename(file, path);
  else await copyOver(file, path);
  await syncFolder(dirname(path));
}

/** To another file system: beside its place first, so that it is there whole or not at all. */
async function copyOver(file: string, path: string): Promise<void> {
  const draft = `${path}.restore-${randomBytes(6).toString('hex')}`;
  const source = await open(file, 'r');
  try {
    const target = await open(draft, 'wx', 0o600);
    try {
      for await (const piece of source.createReadStream({ autoClose: false })) await target.appendFile(piece);
      await target.sync();
    } finally {
      await target.close();
    }
    await rename(draft, path);
  } finally {
    await source.close();
    await rm(draft, { force: true });
  }
}
