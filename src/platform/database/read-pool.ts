import { Worker } from 'node:worker_threads';
import { builtFile } from '../package-root.js';
import type { ReadReply, ReadResult, ReadTask } from './read-task.js';

export interface ReadPoolOptions {
  readonly path: string;
  /** How many reads run at once; a thread is started when the first of them comes. */
  readonly threads?: number;
  /** How long a read may wait for a thread, in milliseconds. */
  readonly patienceMs?: number;
  /** How long a read may take before its thread is given up, in milliseconds. */
  readonly longestMs?: number;
}

/** How many reads may wait before others are turned away. */
const MOST_WAITING = 200;

/** The reads are too many, or this one takes too long. Answered as 503. */
export class ReadsBusy extends Error {
  override readonly name = 'ReadsBusy';
  readonly code = 'ETIMEDOUT';
}

const codeOf = (error: object): string => ('code' in error ? String(error.code) : '');

class ReadFailed extends Error {
  override readonly name = 'ReadFailed';

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

interface Pending {
  readonly task: ReadTask;
  readonly longestMs: number;
  readonly resolve: (result: ReadResult<never>) => void;
  readonly reject: (error: Error) => void;
  timer?: NodeJS.Timeout | undefined;
}

/** A thread's reply, its rows of whatever type the task asked for. */
type Answer = Extract<ReadReply, { ok: false }> | { readonly ok: true; readonly result: ReadResult<never> };

interface Thread {
  readonly worker: Worker;
  pending: Pending | null;
}

const FILE = builtFile('read-worker.js');

/**
 * Runs reads of a SQLite file in worker threads. better-sqlite3 holds up the whole thread while it reads, so whatever
 * may take longer than a page of a list goes here.
 */
export class ReadPool {
  private readonly threads: Thread[] = [];
  private readonly waiting: Pending[] = [];
  private readonly ending = new Set<Promise<unknown>>();
  private readonly options: Required<ReadPoolOptions>;
  private closed = false;

  constructor(options: ReadPoolOptions) {
    this.options = { threads: 2, patienceMs: 3_000, longestMs: 4_000, ...options };
  }

  /** How many threads there are at the moment. */
  get size(): number {
    return this.threads.length;
  }

  /** @param longestMs how long this read may take, when it is not the ordinary time */
  run<T>(task: ReadTask, longestMs = this.options.longestMs): Promise<ReadResult<T>> {
    return new Promise<ReadResult<T>>((resolve, reject) => {
      if (this.closed) return reject(new ReadsBusy('the reads have been closed'));
      if (this.waiting.length >= MOST_WAITING) return reject(new ReadsBusy('too many reads are waiting'));
      const pending: Pending = { task, longestMs, resolve, reject };
      const free = this.freeThread();
      if (free) return this.start(free, pending);
      pending.timer = setTimeout(() => this.giveUpWaiting(pending), this.options.patienceMs);
      this.waiting.push(pending);
    });
  }

  /** Ends every thread; reads that have not ended are refused. */
  async close(): Promise<void> {
    this.closed = true;
    for (const pending of this.waiting.splice(0)) this.refuse(pending, 'the reads have been closed');
    for (const thread of [...this.threads]) this.end(thread, 'the reads have been closed');
    await Promise.all(this.ending);
  }

  private freeThread(): Thread | null {
    const idle = this.threads.find(({ pending }) => pending === null);
    if (idle) return idle;
    return this.threads.length < this.options.threads ? this.newThread() : null;
  }

  private newThread(): Thread {
    const worker = new Worker(FILE, { workerData: { path: this.options.path }, env: {} });
    const thread: Thread = { worker, pending: null };
    this.threads.push(thread);
    worker.on('message', (reply) => this.answered(thread, reply));
    worker.on('error', (error) => this.lost(thread, new ReadFailed(error.message, codeOf(error))));
    worker.on('exit', () => this.lost(thread, new ReadsBusy('the thread has ended')));
    worker.unref();
    return thread;
  }

  private start(thread: Thread, pending: Pending): void {
    thread.pending = pending;
    const { task, longestMs } = pending;
    pending.timer = setTimeout(() => this.end(thread, 'the read took too long'), longestMs);
    const { text, params, take } = task;
    thread.worker.postMessage({ text, params, ...(take ? { take } : {}) });
  }

  private answered(thread: Thread, reply: Answer): void {
    const { pending } = thread;
    if (!pending) return;
    thread.pending = null;
    clearTimeout(pending.timer);
    const next = this.waiting.shift();
    if (next) {
      clearTimeout(next.timer);
      this.start(thread, next);
    }
    if (reply.ok) pending.resolve(reply.result);
    else pending.reject(new ReadFailed(reply.message, reply.code));
  }

  private giveUpWaiting(pending: Pending): void {
    const place = this.waiting.indexOf(pending);
    if (place < 0) return;
    this.waiting.splice(place, 1);
    this.refuse(pending, 'no thread was free in time');
  }

  private refuse(pending: Pending, why: string): void {
    clearTimeout(pending.timer);
    pending.reject(new ReadsBusy(why));
  }

  /** The thread is given up: SQLite ends the statement that it is at, and then it is gone. */
  private end(thread: Thread, why: string): void {
    this.remove(thread);
    const ended = thread.worker.terminate().finally(() => this.ending.delete(ended));
    this.ending.add(ended);
    if (thread.pending) this.refuse(thread.pending, why);
    thread.pending = null;
    this.startWaiting();
  }

  private lost(thread: Thread, error: Error): void {
    this.remove(thread);
    const { pending } = thread;
    thread.pending = null;
    if (pending) {
      clearTimeout(pending.timer);
      pending.reject(error);
    }
    if (!this.closed) this.startWaiting();
  }

  private remove(thread: Thread): void {
    const place = this.threads.indexOf(thread);
    if (place >= 0) this.threads.splice(place, 1);
  }

  /** A thread that has gone leaves its place to those who wait. */
  private startWaiting(): void {
    if (this.closed || this.waiting.length === 0) return;
    const free = this.freeThread();
    const next = free ? this.waiting.shift() : undefined;
    if (!free || !next) return;
    clearTimeout(next.timer);
    this.start(free, next);
  }
}
