import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What is to be noted gathers for a few milliseconds, so that one durable commit serves several; longer where commits
 * take longer, so that they never take more than a fifth of the time.
 */
const LEAST_GATHER_MS = 20;
const MOST_GATHER_MS = 40;
const COMMITS_TO_GATHER = 4;
/** While more than so many are not yet noted, whoever adds one waits. */
const MOST_UNNOTED = 64;
/** Pauses before noting is tried again, when the database refuses. */
const PAUSES_MS = [50, 250, 1_000, 5_000];

/** Has things noted in batches, one batch at a time, in order. */
export class OutcomeBatches<T> {
  private gathered: T[] = [];
  private gatherMs = LEAST_GATHER_MS;
  private noting: Promise<void> | null = null;
  private failure: { readonly error: unknown } | null = null;

  constructor(private readonly note: (batch: readonly T[]) => Promise<void>) {}

  /** Resolves at once as long as noting keeps up. */
  async add(one: T): Promise<void> {
    this.gathered.push(one);
    this.noting ??= this.noteAll();
    while (this.gathered.length > MOST_UNNOTED && this.noting !== null) await this.noting;
  }

  /**
   * Resolves when all is noted.
   *
   * @throws whatever noting threw, when repeating did not help
   */
  async drained(): Promise<void> {
    while (this.noting) await this.noting;
    if (this.failure) throw this.failure.error;
  }

  private async noteAll(): Promise<void> {
    while (this.gathered.length > 0) {
      await sleep(this.gatherMs);
      const batch = this.gathered;
      this.gathered = [];
      await this.noteOne(batch);
    }
    this.noting = null;
  }

  /** A mail that has left but is not noted would leave again: so this is not given up lightly. */
  private async noteOne(batch: readonly T[]): Promise<void> {
    for (const pause of [...PAUSES_MS, null]) {
      try {
        const started = performance.now();
        await this.note(batch);
        const took = COMMITS_TO_GATHER * (performance.now() - started);
        this.gatherMs = Math.min(Math.max(took, LEAST_GATHER_MS), MOST_GATHER_MS);
        return;
      } catch (error) {
        if (pause === null) this.failure ??= { error };
        else await sleep(pause);
      }
    }
  }
}
