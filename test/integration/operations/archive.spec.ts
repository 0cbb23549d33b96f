import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ArchiveReader, sealOf } from '../../../src/features/operations/backup/archive-reader.js';
import { BackupRefused } from '../../../src/features/operations/backup/backup-refused.js';
import { makeBackup } from '../../../src/features/operations/backup/make-backup.js';
import type { Manifest } from '../../../src/features/operations/backup/manifest.js';
import { restoreBackup } from '../../../src/features/operations/backup/restore-backup.js';
import { END, headerOf, paddingOf, readHeader } from '../../../src/features/operations/backup/tar-header.js';
import { MIGRATIONS } from '../../../src/platform/database/data-source.js';
import { freshDatabaseFile, freshFolder } from '../../support/database.js';

const KNOWN = new Set(MIGRATIONS.map(({ name }) => name));
const TAKEN_AT = new Date('2026-03-02T05:30:00.000Z');
const never = new AbortController().signal;
const told = (): void => undefined;

const folder = freshFolder();
const source = join(folder.path, 'source');
const archive = join(folder.path, 'good.tar');
let good: Buffer;
let place: string;
let places = 0;

const backupTo = (target: string, more: { force?: boolean; withSecrets?: boolean; signal?: AbortSignal } = {}) =>
  makeBackup({
    config: { dataDir: source, database: { kind: 'sqlite', path: join(source, 'diarium.db') } },
    target,
    force: false,
    withSecrets: false,
    takenAt: TAKEN_AT,
    path: '',
    signal: never,
    told,
    ...more,
  });

const restore = (file: string, known: ReadonlySet<string> = KNOWN, dataDir = place): Promise<Manifest> => {
  const database = { kind: 'sqlite', path: join(dataDir, 'diarium.db') } as const;
  return restoreBackup({ file, config: { dataDir, database }, known, path: '', signal: never, told });
};

/** Why it is refused; the place must be as empty as it was. */
async function refused(bytes: Buffer, known?: ReadonlySet<string>): Promise<string> {
  const file = join(folder.path, 'bad.tar');
  writeFileSync(file, bytes);
  const error: unknown = await restore(file, known).catch((one: unknown) => one);
  expect(existsSync(place)).toBe(false);
  if (!(error instanceof BackupRefused))
    throw new Error(`restored, or another fault: ${JSON.stringify(error)} ${String(error)}`);
  expect(error.message).toMatch(/^[A-ZÅÄÖ/].*[.)]$/);
  return error.because;
}

interface Part {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The members of an archive, to be put together otherwise. */
function partsOf(tar: Buffer): Part[] {
  const parts: Part[] = [];
  for (let at = 0; ;) {
    const member = readHeader(tar.subarray(at, at + 512));
    if (!member) return parts;
    parts.push({ name: member.name, bytes: tar.subarray(at + 512, at + 512 + member.size) });
    at += 512 + member.size + paddingOf(member.size);
  }
}

function tarOf(parts: readonly Part[]): Buffer {
  const pieces = parts.flatMap(({ name, bytes }) => [
    headerOf({ name, size: bytes.length }, 1),
    bytes,
    Buffer.alloc(paddingOf(bytes.length)),
  ]);
  return Buffer.concat([...pieces, END]);
}

/** The archive with another manifest, its seal made anew. */
function withManifest(change: (manifest: Record<string, unknown>) => unknown, parts = partsOf(good)): Buffer {
  const own = parts.find(({ name }) => name === 'manifest.json');
  const text = JSON.stringify(change(JSON.parse(String(own?.bytes))));
  const others = parts.filter(({ name }) => !name.startsWith('manifest.json'));
  const sealed = [
    { name: 'manifest.json', bytes: Buffer.from(text) },
    { name: 'manifest.json.sha256', bytes: Buffer.from(sealOf(text)) },
  ];
  return tarOf([...others, ...sealed]);
}

beforeAll(async () => {
  mkdirSync(join(source, 'files', 'ab'), { recursive: true });
  await freshDatabaseFile(source);
  for (const text of ['en bilaga', 'en annan', '']) {
    const name = createHash('sha256').update(text).digest('hex');
    writeFileSync(join(source, 'files', 'ab', name), text);
  }
  writeFileSync(join(source, 'files', 'ab', 'half.part'), 'på väg in');
  writeFileSync(join(source, 'session-secret'), 'x'.repeat(48));
  await backupTo(archive);
  good = readFileSync(archive);
});
afterAll(() => folder.remove());
beforeEach(() => {
  places += 1;
  place = join(folder.path, `place-${places}`);
});

describe('an archive', () => {
  it('is a tar that other programs read', () => {
    const { stdout, status } = spawnSync('tar', ['-tf', archive], { encoding: 'utf8' });
    expect(status).toBe(0);
    const names = stdout.trim().split('\n');
    expect(names.filter((name) => !name.startsWith('files/'))).toEqual([
      'database.sqlite', 'manifest.json', 'manifest.json.sha256',
    ]); // prettier-ignore
    expect(names.filter((name) => name.startsWith('files/'))).toHaveLength(3);
  });

  it('has a manifest with a hash of each member, rows of each table and the heads of the journal', async () => {
    const reader = await ArchiveReader.open(archive);
    await reader.close();
    const { manifest } = reader;
    expect(manifest).toMatchObject({ engine: 'sqlite', takenAt: TAKEN_AT.toISOString(), migrations: [...KNOWN] });
    expect(manifest.tables).toMatchObject({ referral: 0, reminder: 0, migrations: KNOWN.size });
    for (const { name, sha256, size } of manifest.members) {
      const [part] = partsOf(good).filter((one) => one.name === name);
      expect(
        createHash('sha256')
          .update(part?.bytes ?? '')
          .digest('hex'),
      ).toBe(sha256);
      expect(part?.bytes.length).toBe(size);
    }
  });

  it('has the secret that signs sessions only when asked for', async () => {
    expect(partsOf(good).map(({ name }) => name)).not.toContain('session-secret');
    const { file } = await backupTo(join(folder.path, 'secret.tar'), { withSecrets: true });
    expect(partsOf(readFileSync(file)).map(({ name }) => name)).toContain('session-secret');
    await restore(file);
    expect(readFileSync(join(place, 'session-secret'), 'utf8')).toBe('x'.repeat(48));
  });

  it('comes back as it was, into a place that was not there', async () => {
    await restore(archive);
    expect(readdirSync(place).sort()).toEqual(['diarium.db', 'files']);
    const names = readdirSync(join(source, 'files', 'ab')).filter((name) => name !== 'half.part');
    expect(readdirSync(join(place, 'files', 'ab')).sort()).toEqual(names.sort());
    for (const name of names) {
      expect(readFileSync(join(place, 'files', 'ab', name))).toEqual(readFileSync(join(source, 'files', 'ab', name)));
    }
  });

  it('is named after its time when it is made in a folder', async () => {
    const into = join(folder.path, 'backups');
    mkdirSync(into);
    expect((await backupTo(into)).file).toBe(join(into, 'diarium-20260302-053000.tar'));
    expect(readdirSync(into)).toEqual(['diarium-20260302-053000.tar']);
    await expect(backupTo(into)).rejects.toMatchObject({ because: 'exists' });
  });

  it('does not take the place of a file, unless it is told to', async () => {
    const taken = join(folder.path, 'taken.tar');
    writeFileSync(taken, 'något annat');
    await expect(backupTo(taken)).rejects.toMatchObject({ because: 'exists' });
    expect(readFileSync(taken, 'utf8')).toBe('något annat');
    await backupTo(taken, { force: true });
    await restore(taken);
  });

  it('that is interrupted leaves nothing', async () => {
    const stop = new AbortController();
    stop.abort(new Error('nu räcker det'));
    const into = join(folder.path, 'interrupted');
    mkdirSync(into);
    await expect(backupTo(into, { signal: stop.signal })).rejects.toThrow('nu räcker det');
    expect(readdirSync(into)).toEqual([]);
  });

  it('is not made of what is not there, or not ours', async () => {
    const config = { dataDir: place, database: { kind: 'sqlite', path: join(place, 'x.db') } } as const;
    const request = { config, target: archive, force: true, withSecrets: false, takenAt: TAKEN_AT, path: '', signal: never, told }; // prettier-ignore
    await expect(makeBackup(request)).rejects.toMatchObject({ because: 'no-database' });
    mkdirSync(place);
    writeFileSync(join(place, 'x.db'), '');
    await expect(makeBackup(request)).rejects.toMatchObject({ because: 'no-database' });
    expect(readFileSync(archive)).toEqual(good);
  });

  it('tells of a stored file that is not what its name says, and has it all the same', async () => {
    const name = createHash('sha256').update('hel').digest('hex');
    writeFileSync(join(source, 'files', name), 'skadad');
    const { changed, file } = await backupTo(join(folder.path, 'changed.tar'));
    expect(changed).toEqual([`files/${name}`]);
    await restore(file);
    expect(readFileSync(join(place, 'files', name), 'utf8')).toBe('skadad');
    spawnSync('rm', [join(source, 'files', name)]);
  });
});

describe('a damaged archive is refused, with nothing changed:', () => {
  it('one byte is another, wherever it is', async () => {
    const anywhere = fc.integer({ min: 0, max: good.length - 1 });
    const byte = fc.integer({ min: 1, max: 255 });
    await fc.assert(
      fc.asyncProperty(anywhere, byte, async (at, by) => {
        const bad = Buffer.from(good);
        bad[at] = (bad[at] ?? 0) ^ by;
        expect(['damaged', 'not-a-backup', 'truncated']).toContain(await refused(bad));
      }),
      { numRuns: 60 },
    );
  });

  it('one byte of a header, of the padding or of the manifest is another', async () => {
    const tail = good.length - 4096;
    const places = [
      ...Array.from({ length: 64 }, (_, i) => i * 8),
      ...Array.from({ length: 100 }, (_, i) => tail + i * 40),
    ];
    for (const at of places) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ 1;
      await refused(bad);
    }
  });

  it('the end is missing, from wherever', async () => {
    const lengths = [1, 100, 511, 512, 513, 1024, 5_000, good.length - 1024, good.length - 512, good.length - 1];
    for (const length of lengths) {
      expect(['truncated', 'not-a-backup', 'damaged']).toContain(await refused(good.subarray(0, length)));
    }
    const file = join(folder.path, 'cut.tar');
    copyFileSync(archive, file);
    truncateSync(file, good.length - 2_000);
    await expect(restore(file)).rejects.toMatchObject({ because: 'truncated' });
  });

  it('there is something after the end', async () => {
    expect(await refused(Buffer.concat([good, Buffer.alloc(512)]))).toBe('damaged');
    expect(await refused(Buffer.concat([good, good]))).toBe('damaged');
  });

  it('a member is missing, is there twice, or is not in the manifest', async () => {
    const parts = partsOf(good);
    const [database] = parts;
    if (!database) throw new Error('no database');
    expect(await refused(tarOf(parts.slice(1)))).toBe('damaged');
    expect(await refused(tarOf([database, ...parts]))).toBe('damaged');
    expect(await refused(tarOf([{ name: 'files/aa/x', bytes: Buffer.from('x') }, ...parts]))).toBe('damaged');
    expect(await refused(tarOf(parts.filter(({ name }) => name !== 'manifest.json')))).toBe('damaged');
    expect(await refused(tarOf(parts.filter(({ name }) => name !== 'manifest.json.sha256')))).toBe('damaged');
  });

  it('the manifest says other than what is there', async () => {
    const tables = (manifest: Record<string, unknown>) => ({
      ...manifest,
      tables: { ...Object(manifest['tables']), referral: 7 },
    });
    expect(await refused(withManifest(tables))).toBe('damaged');
    expect(
      await refused(withManifest((m) => ({ ...m, heads: [{ chain: 'EÅV', count: 1, hash: 'a'.repeat(64) }] }))),
    ).toBe('damaged');
    expect(await refused(withManifest((m) => ({ ...m, members: [] })))).toBe('damaged');
    expect(await refused(withManifest((m) => ({ ...m, migrations: [] })))).toBe('damaged');
    expect(await refused(withManifest((m) => ({ ...m, extra: 1 })))).toBe('damaged');
    const sizes = (m: Record<string, unknown>) => ({
      ...m,
      members: (m['members'] as { size: number }[]).map((one) => ({ ...one, size: one.size + 1 })),
    });
    expect(await refused(withManifest(sizes))).toBe('damaged');
    const own = (m: Record<string, unknown>) => ({
      ...m,
      members: [...(m['members'] as object[]), { name: 'manifest.json', size: 1, sha256: 'a'.repeat(64) }],
    });
    expect(await refused(withManifest(own))).toBe('damaged');
  });

  it('the database in it is none, though its hash is right', async () => {
    const junk = Buffer.from('ingen databas'.repeat(100));
    const parts = partsOf(good).map((part) => (part.name === 'database.sqlite' ? { ...part, bytes: junk } : part));
    const sha256 = createHash('sha256').update(junk).digest('hex');
    const members = (m: Record<string, unknown>) => ({
      ...m,
      members: (m['members'] as { name: string }[]).map((one) =>
        one.name === 'database.sqlite' ? { name: one.name, size: junk.length, sha256 } : one,
      ),
    });
    expect(await refused(withManifest(members, parts))).toBe('damaged');
  });
});

describe('a foreign or newer archive is refused, with nothing changed:', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('Hej! '.repeat(500))],
    ['zeros', Buffer.alloc(10_240)],
    ['a compressed archive', gzipSync(Buffer.alloc(100_000, 'x'))],
  ])('%s', async (_what, bytes) => {
    expect(await refused(bytes)).toBe('not-a-backup');
  });

  it('a folder, or what is not there', async () => {
    await expect(restore(folder.path)).rejects.toMatchObject({ because: 'not-a-backup' });
    await expect(restore(join(folder.path, 'not-there.tar'))).rejects.toMatchObject({ because: 'not-a-backup' });
  });

  it('a tar by another program, of the very same members', async () => {
    const unpacked = join(folder.path, 'unpacked');
    mkdirSync(unpacked);
    spawnSync('tar', ['-xf', archive, '-C', unpacked]);
    const other = join(folder.path, 'other.tar');
    spawnSync('tar', ['-cf', other, '-C', unpacked, '.']);
    expect(await refused(readFileSync(other))).toBe('not-a-backup');
  });

  it.each([
    '../outside', '/etc/passwd', 'files/../../outside', 'files/./x', 'files//x', 'files/.hidden', 'files', 'files/',
    'files\\..\\x', 'diarium.db', 'database.sqlite/x', 'files/a/b/c/d/e/f', 'files/a\u0000b', 'files/å',
  ])('a member called %j', async (name) => {
    const parts = [{ name, bytes: Buffer.from('x') }, ...partsOf(good)];
    expect(['not-a-backup', 'damaged']).toContain(await refused(tarOf(parts)));
    expect(existsSync(join(folder.path, 'outside'))).toBe(false);
  }); // prettier-ignore

  it('a link instead of a file', async () => {
    const linked = join(folder.path, 'linked');
    mkdirSync(linked);
    symlinkSync('/etc/passwd', join(linked, 'session-secret'));
    const file = join(folder.path, 'linked.tar');
    spawnSync('tar', ['-cf', file, '-C', linked, 'session-secret']);
    expect(await refused(readFileSync(file))).toBe('not-a-backup');
  });

  it('members that say they are larger than any disk', async () => {
    for (const size of [2 ** 40, Number.MAX_SAFE_INTEGER - 1024, good.length + 1]) {
      expect(await refused(Buffer.concat([headerOf({ name: 'database.sqlite', size }, 1), good]))).toBe('truncated');
    }
    const header = headerOf({ name: 'database.sqlite', size: 2 ** 40 }, 1);
    header.fill(0xff, 125, 136);
    expect(['damaged', 'not-a-backup']).toContain(await refused(Buffer.concat([header, good])));
  });

  it('a backup by a newer version', async () => {
    expect(await refused(withManifest((m) => ({ ...m, formatVersion: 2, whatever: [] })))).toBe('newer');
    expect(await refused(good, new Set(['AnEarlierOne1']))).toBe('newer');
  });

  it('something else with a manifest, and the other kind of database', async () => {
    expect(await refused(withManifest(() => ({ hello: 'world' })))).toBe('not-a-backup');
    expect(await refused(withManifest((m) => ({ ...m, engine: 'postgres' })))).toBe('wrong-engine');
  });
});

describe('a place that is not empty is left as it is:', () => {
  it.each(['diarium.db', 'diarium.db-wal', 'files', 'anything', '.restore-abc'])('it has %s', async (name) => {
    mkdirSync(place);
    writeFileSync(join(place, name), 'mitt');
    await expect(restore(archive)).rejects.toMatchObject({ because: 'not-empty' });
    expect(readdirSync(place)).toEqual([name]);
    expect(readFileSync(join(place, name), 'utf8')).toBe('mitt');
  });

  it('its database lies elsewhere, and is there', async () => {
    const elsewhere = join(folder.path, 'elsewhere.db');
    writeFileSync(elsewhere, 'min');
    const config = { dataDir: place, database: { kind: 'sqlite', path: elsewhere } } as const;
    const request = { file: archive, config, known: KNOWN, path: '', signal: never, told };
    await expect(restoreBackup(request)).rejects.toMatchObject({ because: 'not-empty' });
    expect(readFileSync(elsewhere, 'utf8')).toBe('min');
    expect(existsSync(place)).toBe(false);
  });

  it('but a secret of its own is kept, and an outbox does not matter', async () => {
    mkdirSync(join(place, 'outbox'), { recursive: true });
    writeFileSync(join(place, 'session-secret'), 'y'.repeat(48));
    await restore(archive);
    expect(readFileSync(join(place, 'session-secret'), 'utf8')).toBe('y'.repeat(48));
  });
});

describe('a tar header', () => {
  it('reads back as it was written, for sizes up to those beyond octal', () => {
    const sizes = fc.oneof(fc.nat(), fc.constantFrom(8 ** 11 - 1, 8 ** 11, 2 ** 45, Number.MAX_SAFE_INTEGER));
    const names = fc.stringMatching(/^[a-z0-9./-]{1,100}$/);
    fc.assert(
      fc.property(names, sizes, fc.nat(), (name, size, seconds) => {
        expect(readHeader(headerOf({ name, size }, seconds))).toEqual({ name, size });
      }),
    );
  });

  it('with a name that is too long is not made', () => {
    expect(() => headerOf({ name: 'x'.repeat(101), size: 0 }, 0)).toThrow(RangeError);
  });
});
