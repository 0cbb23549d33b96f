import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.js';

/** Far beyond any start, also on a machine that does much else at the same time. */
const STARTS_WITHIN_MS = 150_000;

/** Where the built product lies; `npm test` builds it first. */
export const DIST = join(import.meta.dirname, '..', '..', 'dist');

/** A process of the built product, to be killed and started again on the same port and data. */
export class ServerProcess {
  private child: ChildProcess | null = null;
  /** What it has written, for a test that fails. */
  output = '';

  constructor(
    private readonly env: Readonly<Record<string, string>>,
    private readonly entry = 'main.js',
  ) {
    if (!existsSync(join(DIST, entry))) throw new Error(`dist/${entry} is missing: run npm run build first`);
  }

  get url(): string {
    return `http://127.0.0.1:${this.env['PORT']}`;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts it; with a port, waits until it answers. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [join(DIST, this.entry)], {
      env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    const keep = (part: Buffer): void => {
      this.output = (this.output + part.toString()).slice(-20_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    if (this.env['PORT'] === undefined) return;
    const answers = async (): Promise<boolean> => {
      if (child.exitCode !== null) throw new Error(`it ended: ${this.output}`);
      // Not asked all the time, which would take what the process needs to start.
      await sleep(50);
      return fetch(`${this.url}/health/live`, { signal: AbortSignal.timeout(10_000) }).then(
        ({ ok }) => ok,
        () => false,
      );
    };
    await eventually('the server answers', answers, STARTS_WITHIN_MS).catch((error: unknown) => {
      throw new Error(`it does not answer: ${this.output}`, { cause: error });
    });
  }

  /** Kills it outright, as a power cut would, and waits until it is gone. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** Asks it to finish what it has begun. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}
