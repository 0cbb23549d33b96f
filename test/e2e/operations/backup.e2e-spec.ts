import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshFolder } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import { freshPostgresUrl, describeWithPostgres } from '../../support/postgres-server.js';
import { ServerProcess } from '../../support/server-process.js';
import { runCli } from '../cli/run-cli.js';

const ORGANISATION = {
  boards: [{ code: 'EÅV', name: 'Enskede-Årsta-Vantörs stadsdelsnämnd', meetings: [] }],
  people: [{ email: 'rut.registrator@example.se', name: 'Rut Registrator', roles: { EÅV: ['registrar'] } }],
};

const folder = freshFolder();
afterAll(() => folder.remove());

const megabytes = (path: string, count: number): Promise<unknown> => {
  const stream = createWriteStream(path);
  for (let i = 0; i < count; i += 1) stream.write(Buffer.alloc(1_000_000, i));
  return once(stream.end(), 'finish');
};

/** Registers over and over, several at a time, until it is told to stop. */
class Registering {
  /** Numbers of those that were acknowledged, in order. */
  readonly acknowledged: string[] = [];
  private stopped = false;
  private readonly loops: Promise<void>[];

  constructor(
    private readonly url: string,
    private readonly token: string,
    connections = 4,
  ) {
    this.loops = Array.from({ length: connections }, () => this.loop());
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.loops);
  }

  private async loop(): Promise<void> {
    const headers = { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' };
    const body = JSON.stringify({
      board: 'EÅV',
      title: 'En remiss',
      sender: 'Kommunstyrelsen',
      receivedOn: '2023-09-11',
    });
    while (!this.stopped) {
      const answer = await fetch(`${this.url}/api/v1/referrals`, { method: 'POST', headers, body });
      const { diarienummer } = (await answer.json()) as { diarienummer: string };
      if (answer.status === 201) this.acknowledged.push(diarienummer);
    }
  }
}

interface Site {
  readonly env: Readonly<Record<string, string>>;
  readonly server: ServerProcess;
  readonly token: string;
}

/** A server on a place of its own, with a board and a registrar. */
async function site(dataDir: string, databaseUrl: string): Promise<Site> {
  mkdirSync(dataDir, { recursive: true });
  const file = join(folder.path, 'organisation.json');
  writeFileSync(file, JSON.stringify(ORGANISATION));
  const env = { DATA_DIR: dataDir, DATABASE_URL: databaseUrl };
  expect(await runCli(['setup', file], { env })).toMatchObject({ code: 0 });
  const { out } = await runCli(['token', 'create', 'rut.registrator@example.se'], { env });
  const server = new ServerProcess({ ...env, PORT: String(await freePort()) });
  await server.start();
  return { env, server, token: out.trim() };
}

const ready = async ({ server }: Site): Promise<Record<string, Record<string, unknown>>> =>
  ((await (await fetch(`${server.url}/health/ready`)).json()) as { parts: Record<string, Record<string, unknown>> })
    .parts;

describe('a backup of SQLite', () => {
  const dataDir = join(folder.path, 'live');
  const archive = join(folder.path, 'live.tar');
  let live: Site;
  let registering: Registering;

  beforeAll(async () => {
    live = await site(dataDir, `sqlite:${join(dataDir, 'diarium.db')}`);
    registering = new Registering(live.server.url, live.token);
    await eventually('some are registered', () => registering.acknowledged.length >= 50, 60_000);
  }, 120_000);
  afterAll(async () => {
    await registering.stop();
    await live.server.stop();
  });

  it('taken while registrars register holds every case acknowledged before it began, and verifies', async () => {
    const before = [...registering.acknowledged];
    expect(await runCli(['backup', archive], { env: live.env })).toMatchObject({ code: 0, out: `${archive}\n` });
    const during = registering.acknowledged.length - before.length;
    expect(during).toBeGreaterThan(0);
    const place = join(folder.path, 'restored');
    const restored = await runCli(['restore', archive], { dataDir: place });
    expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('Journalen: ') });
    const db = new Database(join(place, 'diarium.db'), { readonly: true });
    const numbers = db.prepare('SELECT "diarienummer" FROM "referral" ORDER BY "number"').pluck().all();
    db.close();
    expect(numbers).toEqual(expect.arrayContaining(before));
    expect(numbers.slice(0, 3)).toEqual(
      numbers.slice(0, 3).map((_, i) => String(before[0]).replace(/\d+$/, String(i + 1))),
    );
    expect(statSync(archive).mode & 0o077).toBe(0);
  }, 120_000);

  it('taken again and again meanwhile comes to an end each time', async () => {
    for (let i = 0; i < 3; i += 1) {
      expect(await runCli(['backup', archive, '--force'], { env: live.env })).toMatchObject({ code: 0 });
    }
    await registering.stop();
  }, 120_000);

  it('is not written over another file, nor restored over anything', async () => {
    const bytes = readFileSync(archive);
    const again = await runCli(['backup', archive], { env: live.env });
    expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('finns redan') });
    expect(readFileSync(archive).equals(bytes)).toBe(true);
    const over = await runCli(['restore', archive], { env: live.env });
    expect(over).toMatchObject({ code: 1, out: '', err: expect.stringContaining('är inte tom') });
    expect((await fetch(`${live.server.url}/health/ready`)).status).toBe(200);
  });

  it('that is killed half-way leaves nothing under its name, whenever that is', async () => {
    mkdirSync(join(dataDir, 'files'), { recursive: true });
    await megabytes(join(dataDir, 'files', 'stor'), 200);
    const into = join(folder.path, 'killed');
    mkdirSync(into);
    const target = join(into, 'backup.tar');
    const size = (): number => {
      const [staging] = readdirSync(into).filter((name) => name.endsWith('.part'));
      const draft = join(into, staging ?? '', 'archive');
      return staging !== undefined && existsSync(draft) ? statSync(draft).size : 0;
    };
    for (const bytes of [1, 20_000_000, 120_000_000]) {
      const killed = await runCli(['backup', target], {
        env: live.env,
        started: (child: ChildProcess) => {
          void eventually('it writes', () => child.exitCode !== null || size() > bytes, 30_000).then(() =>
            child.kill('SIGKILL'),
          );
        },
      });
      expect(killed.code).toBeNull();
      expect(existsSync(target)).toBe(false);
      for (const name of readdirSync(into)) rmSync(join(into, name), { recursive: true });
    }
    expect(await runCli(['backup', target], { env: live.env })).toMatchObject({ code: 0 });
    expect(readdirSync(into)).toEqual(['backup.tar']);
  }, 180_000);

  it('that is ended with Ctrl+C takes away what it has written', async () => {
    const into = join(folder.path, 'ended');
    mkdirSync(into);
    const ended = await runCli(['backup', join(into, 'backup.tar')], {
      env: live.env,
      started: (child) => {
        void eventually('it has begun', () => readdirSync(into).length > 0, 30_000).then(() => child.kill('SIGINT'));
      },
    });
    expect(ended.code).toBe(130);
    expect(readdirSync(into)).toEqual([]);
    rmSync(join(dataDir, 'files'), { recursive: true });
  }, 60_000);

  it('is tried out by a drill, which leaves nothing but its record in readiness', async () => {
    expect((await ready(live))['backup-drill']).toMatchObject({ state: 'degraded', reason: 'never-done' });
    const scratch = join(folder.path, 'scratch');
    mkdirSync(scratch);
    const backups = join(folder.path, 'backups');
    mkdirSync(backups);
    await runCli(['backup', join(backups, 'old.tar')], { env: live.env });
    await sleep(20);
    await runCli(['backup', join(backups, 'new.tar')], { env: live.env });
    mkdirSync(join(backups, 'x.tar'));
    const drilled = await runCli(['drill', '--dir', backups, '--scratch', scratch], { env: live.env });
    expect(drilled).toMatchObject({ code: 0, out: expect.stringContaining(join(backups, 'new.tar')) });
    expect(readdirSync(scratch)).toEqual([]);
    expect((await ready(live))['backup-drill']).toMatchObject({
      state: 'ok',
      outcome: 'ok',
      takenAt: expect.any(String),
    });
  }, 60_000);

  it('that is damaged fails the drill, which is recorded, and no older one is taken instead', async () => {
    const backups = join(folder.path, 'backups');
    const newest = join(backups, 'newest.tar');
    const bytes = readFileSync(join(backups, 'new.tar'));
    bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
    await sleep(20);
    writeFileSync(newest, bytes);
    const drilled = await runCli(['drill', '--dir', backups], { env: live.env });
    expect(drilled).toMatchObject({ code: 1, err: expect.stringContaining('är skadad') });
    expect((await ready(live))['backup-drill']).toMatchObject({
      state: 'degraded',
      reason: 'failed',
      outcome: 'failed',
    });
    expect((await fetch(`${live.server.url}/health/ready`)).status).toBe(200);
    const verified = await runCli(['verify'], { env: live.env });
    expect(verified.code).toBe(0);
  }, 60_000);

  it.each([
    [['drill'], 2, 'Ange en säkerhetskopia'],
    [['drill', 'x.tar', '--dir', '/tmp'], 2, 'Ange en säkerhetskopia'],
    [['drill', '/finns/inte/x.tar'], 2, 'finns inte'],
    [['drill', '/'], 2, 'ingen fil'],
    [['drill', '--dir', '/finns/inte'], 1, 'går inte att läsa'],
    [['backup', '/finns/inte/x.tar'], 1, 'finns inte'],
    [['restore', '/finns/inte/x.tar'], 1, 'går inte att läsa'],
    [['remind', '--reconcile', '--dry-run'], 2, 'används ensam'],
  ])('%j is told what is wrong', async (args, code, words) => {
    const place = join(folder.path, `told-${args.join('-').replaceAll('/', '_')}`);
    expect(await runCli(args, { dataDir: place })).toMatchObject({
      code,
      out: '',
      err: expect.stringContaining(words),
    });
    expect(existsSync(place)).toBe(false);
  });
});

describeWithPostgres('a backup of PostgreSQL', () => {
  it('taken while registrars register holds every case acknowledged before it began, and verifies', async () => {
    const database = await freshPostgresUrl();
    const dataDir = join(folder.path, 'live-postgres');
    const live = await site(dataDir, database.url);
    const registering = new Registering(live.server.url, live.token);
    try {
      await eventually('some are registered', () => registering.acknowledged.length >= 20, 60_000);
      const archive = join(folder.path, 'postgres.tar');
      const before = [...registering.acknowledged];
      expect(await runCli(['backup', archive], { env: live.env })).toMatchObject({ code: 0, out: `${archive}\n` });
      expect(registering.acknowledged.length).toBeGreaterThan(before.length);
      await registering.stop();

      const empty = await freshPostgresUrl({ migrated: false });
      const env = { DATA_DIR: join(folder.path, 'restored-postgres'), DATABASE_URL: empty.url };
      const restored = await runCli(['restore', archive], { env });
      expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('Nummerserierna: en serie med ') });
      const client = new pg.Client({ connectionString: empty.url });
      await client.connect();
      const { rows } = await client.query<{ diarienummer: string }>('SELECT "diarienummer" FROM "referral"');
      await client.end();
      expect(rows.map(({ diarienummer }) => diarienummer)).toEqual(expect.arrayContaining(before));

      const over = await runCli(['restore', archive], { env: { ...env, DATA_DIR: join(folder.path, 'other') } });
      expect(over).toMatchObject({ code: 1, err: expect.stringContaining('Databasen är inte tom') });
      const address = join(folder.path, 'database-url');
      writeFileSync(address, database.url);
      const fromFile = { ...live.env, DATABASE_URL: '', DATABASE_URL_FILE: address };
      const drilled = await runCli(['drill', archive], { env: fromFile });
      expect(drilled).toMatchObject({ code: 0 });
      expect((await ready(live))['backup-drill']).toMatchObject({ state: 'ok', outcome: 'ok' });
      await empty.drop();
    } finally {
      await registering.stop();
      await live.server.stop();
      await database.drop();
    }
  }, 240_000);

  it('that is damaged is refused, and the database stays empty', async () => {
    const database = await freshPostgresUrl({ migrated: false });
    const file = join(folder.path, 'damaged-postgres.tar');
    const bytes = readFileSync(join(folder.path, 'postgres.tar'));
    bytes[20_000] = (bytes[20_000] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const env = { DATA_DIR: join(folder.path, 'damaged-place'), DATABASE_URL: database.url };
    expect(await runCli(['restore', file], { env })).toMatchObject({ code: 1, err: expect.stringContaining('skadad') });
    const other = await runCli(['restore', join(folder.path, 'live.tar')], { env });
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('SQLite') });
    expect(existsSync(join(folder.path, 'damaged-place'))).toBe(false);
    const whole = await runCli(['restore', join(folder.path, 'postgres.tar')], { env });
    expect(whole.code).toBe(0);
    await database.drop();
  }, 120_000);
});
