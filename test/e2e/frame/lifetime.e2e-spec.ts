import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freshFolder } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import { DIST } from '../../support/server-process.js';

let folder: ReturnType<typeof freshFolder>;
beforeEach(() => {
  folder = freshFolder();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  folder.remove();
});
const children: ReturnType<typeof spawn>[] = [];

interface Started {
  readonly child: ReturnType<typeof spawn>;
  readonly port: number;
  readonly out: () => string;
  readonly err: () => string;
  /** How it ended. */
  readonly end: Promise<number | null>;
}

async function run(env: Readonly<Record<string, string>> = {}, entry = 'main.js'): Promise<Started> {
  const port = Number(env['PORT'] ?? (await freePort()));
  const child = spawn(process.execPath, [join(DIST, entry)], {
    cwd: folder.path,
    env: { PATH: process.env['PATH'], PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const heard = { out: '', err: '' };
  child.stdout?.on('data', (part: Buffer) => (heard.out += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (heard.err += part.toString()));
  const end = once(child, 'exit').then(([code]) => code as number | null);
  return { child, port, out: () => heard.out, err: () => heard.err, end };
}

async function serving(env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const started = await run(env);
  await eventually('it greets', () => started.err().includes('Diarium är igång'), 30_000);
  return started;
}

/** A request whose body is still on its way. */
async function halfARequest(port: number) {
  const socket = connect(port, '127.0.0.1');
  const answer = text(socket);
  const head =
    'POST /api/v1/referrals HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{';
  await new Promise<void>((resolve) => socket.write(head, () => resolve()));
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { answer, finish: () => socket.write('}'), drop: () => socket.destroy() };
}

describe('a process', () => {
  it('with bad settings names them all, says no secret, and ends with 1', async () => {
    const { end, err } = await run({
      PORT: '70000',
      QUEUE: 'bull',
      SMTP_URL: 'http://user:hemligt@mail',
      LOG_LEVEL: 'x',
    });
    expect(await end).toBe(1);
    expect(err()).toMatch(/^Bad settings:\n- PORT .*\n- REDIS_URL .*\n- SMTP_URL .*\n- LOG_LEVEL .*\n$/);
    expect(err()).not.toContain('hemligt');
  });

  it('whose port is taken says so and ends with 1', async () => {
    const other = createServer().listen(0, '::');
    await once(other, 'listening');
    const { end, err } = await run({ PORT: String((other.address() as AddressInfo).port) });
    expect(await end).toBe(1);
    expect(err()).toMatch(/Porten är upptagen/);
    other.close();
  });

  it('says where it is and what to do next', async () => {
    const { child, err, end, port } = await serving();
    expect(err()).toContain(`http://localhost:${port}`);
    expect(err()).toContain('npx diarium demo');
    expect(err()).toContain('data/outbox');
    child.kill('SIGTERM');
    expect(await end).toBe(0);
  });

  it('asked to stop finishes the request that it has begun, takes no more, and ends with 0', async () => {
    const { child, port, end, out } = await serving();
    const request = await halfARequest(port);
    child.kill('SIGTERM');
    await eventually('it takes no more', () =>
      fetch(`http://127.0.0.1:${port}/health/live`).then(
        ({ status }) => status === 503,
        () => true,
      ),
    );
    expect(child.exitCode).toBeNull();
    request.finish();
    expect(await request.answer).toMatch(/^HTTP\/1.1 401 Unauthorized\r\n[^]*"\/problems\/unauthenticated"/);
    expect(await end).toBe(0);
    expect(out()).toMatch(/"msg":"stopped"/);
  });

  it.each([
    ['nothing', ''],
    ['half a head', 'GET /health/live HTTP/1.1\r\nHo'],
  ])('asked to stop waits for no client that has sent %s', async (_what, sent) => {
    const { child, port, end, out } = await serving();
    const socket = connect(port, '127.0.0.1');
    const closed = once(socket, 'close');
    socket.resume().on('error', () => undefined);
    await once(socket, 'connect');
    if (sent !== '') await new Promise<void>((resolve) => socket.write(sent, () => resolve()));
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill('SIGTERM');
    await eventually('it has stopped', () => out().includes('"msg":"stopped"'), 20_000);
    expect(await end).toBe(0);
    await closed;
  });

  it('asked twice stops at once', async () => {
    const { child, port, end } = await serving();
    const request = await halfARequest(port);
    child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    expect(await end).toBe(1);
    request.drop();
  });

  it('that is a worker works without a server until it is asked to stop', async () => {
    const { child, end, out } = await run({}, 'worker.js');
    await eventually('it works', () => out().includes('"msg":"worker started"'), 30_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    expect(await end).toBe(0);
  });

  it('writes one line of JSON for each request, without its query', async () => {
    const { child, port, end, out } = await serving();
    await fetch(`http://127.0.0.1:${port}/health/live?q=hemlig-titel`);
    child.kill('SIGTERM');
    await end;
    const lines = out()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.find(({ msg }) => msg === 'request')).toMatchObject({
      method: 'GET',
      route: '/health/live',
      status: 200,
      ms: expect.any(Number),
      requestId: expect.any(String),
    });
    expect(out()).not.toContain('hemlig');
  });
});
