import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { untilItFits } from './until-it-fits.js';

type AfterCommit = () => void;

interface Inside {
  readonly afterCommit: AfterCommit[];
}

interface Committed<T> {
  readonly value: T;
  readonly afterCommit: readonly AfterCommit[];
}

/** Ends a transaction that was only to show what it would give. */
class OnlyTried extends Error {}

/**
 * Runs one use case in one transaction. The only way to write.
 *
 * On PostgreSQL, where several write at once, `work` is run anew when it and another were in each other's way: it does
 * nothing outside of the transaction, and what it wanted done after commit is forgotten with it.
 *
 * TypeORM shares one SQLite connection between all callers, so what one writes while another's transaction is open is
 * rolled back with it. On SQLite calls therefore queue, first come first served. Another process may have the file
 * open too: the first statement of a SQLite transaction is a write that changes nothing, so that it waits its turn
 * there instead of failing half-way with SQLITE_BUSY_SNAPSHOT.
 */
@Injectable()
export class UnitOfWork {
  private readonly inside = new AsyncLocalStorage<Inside>();
  private readonly running = new Set<Promise<unknown>>();
  private lastTurn: Promise<unknown> = Promise.resolve();

  constructor(private readonly dataSource: DataSource) {}

  private get onSqlite(): boolean {
    return this.dataSource.options.type === 'better-sqlite3';
  }

  /** @throws Error when called inside another `run`, which on SQLite would wait for itself */
  async run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    if (this.inside.getStore()) throw new Error('UnitOfWork.run called inside itself');
    const turn = (): Promise<Committed<T>> => this.committed(work);
    const { value, afterCommit } = await this.noted(this.onSqlite ? this.inLine(turn) : untilItFits(turn));
    for (const act of afterCommit) this.inside.exit(act);
    return value;
  }

  /** Finds out what `work` would give, and leaves nothing of it. @throws as `work` itself */
  async tryOut<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const tried: { result?: { readonly value: T } } = {};
    const only = new OnlyTried();
    try {
      await this.run(async (tx) => {
        tried.result = { value: await work(tx) };
        throw only;
      });
    } catch (error) {
      if (error !== only || tried.result === undefined) throw error;
    }
    if (tried.result === undefined) throw new Error('nothing was tried');
    return tried.result.value;
  }

  /** Has `act` called once the transaction that is running has been committed; never when it is rolled back. */
  afterCommit(act: AfterCommit): void {
    const state = this.inside.getStore();
    if (!state) throw new Error('UnitOfWork.afterCommit called outside run');
    state.afterCommit.push(act);
  }

  /** Resolves when every transaction that was asked for before this call has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.running);
  }

  /** The same, among those that are running until it has ended. */
  private noted<T>(asked: Promise<T>): Promise<T> {
    const ended: Promise<unknown> = asked.catch(() => undefined).then(() => this.running.delete(ended));
    this.running.add(ended);
    return asked;
  }

  private async committed<T>(work: (tx: EntityManager) => Promise<T>): Promise<Committed<T>> {
    const state: Inside = { afterCommit: [] };
    const value = await this.inside.run(state, () => this.transaction(work));
    return { value, afterCommit: state.afterCommit };
  }

  private inLine<T>(turn: () => Promise<T>): Promise<T> {
    const result = this.lastTurn.then(turn);
    this.lastTurn = result.catch(() => undefined);
    return result;
  }

  private transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (tx) => {
      if (this.onSqlite) await tx.query('UPDATE "series" SET "last" = "last" WHERE 0');
      return work(tx);
    });
  }
}
