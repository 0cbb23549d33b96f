import { z } from 'zod';
import { BackupRefused } from './backup-refused.js';

/** The format that this version writes, and the newest that it reads. */
export const FORMAT_VERSION = 1;

export const MANIFEST = 'manifest.json';
export const MANIFEST_SEAL = 'manifest.json.sha256';
export const SQLITE_MEMBER = 'database.sqlite';
export const POSTGRES_MEMBER = 'database.pgdump';
export const SECRET_MEMBER = 'session-secret';
/** In the data folder, and before each file's name in the archive. */
export const FILES = 'files';

/** A manifest that is larger is not read: that of a million files is no larger. */
export const LARGEST_MANIFEST = 256 * 1024 * 1024;

const SEGMENT = '[A-Za-z0-9][A-Za-z0-9._-]*';
const FILE = new RegExp(`^${FILES}/${SEGMENT}(/${SEGMENT}){0,4}$`);
const OTHERS = new Set([MANIFEST, MANIFEST_SEAL, SQLITE_MEMBER, POSTGRES_MEMBER, SECRET_MEMBER]);

/** Whether a member may be in a backup: nothing that could lead out of the folder it is put in. */
export const isMemberName = (name: string): boolean => OTHERS.has(name) || FILE.test(name);

const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const manifest = z.strictObject({
  format: z.literal('diarium-backup'),
  formatVersion: z.literal(FORMAT_VERSION),
  appVersion: z.string(),
  engine: z.enum(['sqlite', 'postgres']),
  /** ISO instant. */
  takenAt: z.iso.datetime(),
  /** The migrations that the database has had. */
  migrations: z.array(z.string()).min(1),
  /** Every member but the manifest and its seal. */
  members: z.array(z.strictObject({ name: z.string(), size: count, sha256 })),
  /** Rows of each table. */
  tables: z.record(z.string(), count),
  /** How each chain of the journal ends. */
  heads: z.array(z.strictObject({ chain: z.string(), count, hash: sha256 })),
});

/** What a backup holds, and how it was. */
export type Manifest = z.infer<typeof manifest>;
export type Head = Manifest['heads'][number];
export type SealedMember = Manifest['members'][number];

const told = z.looseObject({ format: z.literal('diarium-backup'), formatVersion: z.int() });

/** @throws BackupRefused `not-a-backup`, `newer`, `damaged` */
export function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BackupRefused('damaged', 'Säkerhetskopian är skadad: dess förteckning går inte att läsa.');
  }
  const about = told.safeParse(value);
  if (!about.success) throw new BackupRefused('not-a-backup', 'Filen är ingen säkerhetskopia från Diarium.');
  const { formatVersion } = about.data;
  if (formatVersion > FORMAT_VERSION) {
    const message = `Säkerhetskopian är gjord av en nyare version av Diarium (format ${formatVersion}). Använd den versionen.`;
    throw new BackupRefused('newer', message);
  }
  const read = manifest.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue ? ` (${issue.path.join('.')})` : '';
  throw new BackupRefused('damaged', `Säkerhetskopian är skadad: dess förteckning stämmer inte${where}.`);
}
