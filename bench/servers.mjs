import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { freePort } from './processes.mjs';

const DEBIAN = '/usr/lib/postgresql';
const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
const bin = versions.map((v) => join(DEBIAN, v, 'bin')).find((folder) => existsSync(join(folder, 'initdb')));

/** What is not on this machine, or null. */
export function lackOfServers() {
  if (bin === undefined && spawnSync('initdb', ['--version']).status !== 0) return 'no PostgreSQL on this machine';
  return spawnSync('redis-server', ['--version']).status === 0 ? null : 'no redis-server on this machine';
}

/** PostgreSQL refuses to run as root. */
function account() {
  if (process.getuid() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':')); // prettier-ignore
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

async function untilItAnswers(ask) {
  for (let left = 600; left > 0; left -= 1) {
    const answered = await ask().then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('A server does not answer');
}

/** Runs statements one by one; gives the rows of the last. */
export async function sql(url, ...statements) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let last;
    for (const statement of statements) last = await client.query(statement);
    return last.rows;
  } finally {
    await client.end();
  }
}

/**
 * A PostgreSQL with its own settings, so that a commit is on disk when it is answered. With BENCH_POSTGRES, such as
 * `postgres://diarium@127.0.0.1:5433`, that server, which keeps its seeds for the next run.
 */
export async function startPostgres() {
  const kept = process.env.BENCH_POSTGRES;
  if (kept) return { url: (database) => `${kept}/${database}`, stop: () => Promise.resolve() };
  const folder = mkdtempSync(join(tmpdir(), 'diarium-bench-postgres-'));
  const owner = account();
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const name = (binary) => (bin === undefined ? binary : join(bin, binary));
  const options = ['-D', data, '-U', 'diarium', '-A', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8', '--no-sync'];
  const made = spawnSync(name('initdb'), options, { ...owner, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  const port = await freePort();
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const child = spawn(name('postgres'), args, { ...owner, cwd: folder, stdio: 'ignore' });
  const url = (database) => `postgres://diarium@127.0.0.1:${port}/${database}`;
  await untilItAnswers(() => sql(url('postgres'), 'SELECT 1'));
  return {
    url,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGQUIT');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function startRedis() {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', args, { stdio: 'ignore' });
  const client = new Redis(port, '127.0.0.1', { retryStrategy: () => 50 });
  client.on('error', () => undefined);
  await untilItAnswers(() => client.ping());
  client.disconnect();
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
