import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Job, JobQueue } from '../../src/platform/queue/job-queue.port.js';
import { eventually, gate } from '../support/eventually.js';

/** A queue under test, with what it complained of. */
export interface QueueUnderTest {
  readonly queue: JobQueue;
  readonly failures: { readonly job: Job | null; readonly error: unknown }[];
}

export const aJob = (key: string, name = 'greet'): Job => ({ name, key, payload: { id: key } });

/** What every adapter of `JobQueue` does. */
export function jobQueueContract(name: string, open: () => Promise<QueueUnderTest>): void {
  describe(`${name} as a JobQueue`, () => {
    let queue: JobQueue;
    let failures: QueueUnderTest['failures'];
    let seen: Job[];

    beforeEach(async () => {
      ({ queue, failures } = await open());
      seen = [];
    });
    afterEach(() => queue.stop(1_000));

    const remember = async (job: Job): Promise<void> => {
      seen.push(job);
    };
    const keys = (): string[] => seen.map(({ key }) => key);

    it('hands a job to the handler of its name, with its key and payload', async () => {
      queue.handle('greet', remember);
      queue.handle('leave', async () => undefined);
      queue.start();
      await queue.enqueue(aJob('åsa/1'));
      await eventually('the job is handed over', () => seen.length === 1);
      expect(seen[0]).toMatchObject({ name: 'greet', key: 'åsa/1', payload: { id: 'åsa/1' } });
    });

    it('keeps jobs until it is started', async () => {
      queue.handle('greet', remember);
      await queue.enqueue(aJob('early'));
      await new Promise((resolve) => setImmediate(resolve));
      expect(seen).toEqual([]);
      queue.start();
      await eventually('the job is handed over', () => seen.length === 1);
    });

    it('does nothing for a key that waits or runs', async () => {
      const { opened, open: end } = gate();
      queue.handle('greet', async (job) => {
        seen.push(job);
        await opened;
      });
      queue.start();
      await queue.enqueue(aJob('one'));
      await eventually('the job runs', () => seen.length === 1);
      await queue.enqueue(aJob('one'));
      await queue.enqueue(aJob('two'));
      await queue.enqueue(aJob('two'));
      end();
      await eventually('both keys are done', () => keys().includes('two'));
      await queue.enqueue(aJob('last'));
      await eventually('the last is done', () => keys().includes('last'));
      expect(keys()).toEqual(['one', 'two', 'last']);
    });

    it('takes a key again when its job has ended', async () => {
      queue.handle('greet', remember);
      queue.start();
      for (let times = 1; times <= 3; times += 1) {
        await eventually('the key is free and runs again', async () => {
          await queue.enqueue(aJob('again'));
          return seen.length >= times;
        });
      }
    });

    it('takes a key again when its job has failed, tells of it and does not repeat it', async () => {
      queue.handle('greet', async (job) => {
        seen.push(job);
        throw new Error('not today');
      });
      queue.handle('leave', remember);
      queue.start();
      await queue.enqueue(aJob('bad'));
      await eventually('the failure is told', () => failures.length === 1);
      expect(failures[0]).toMatchObject({ job: { key: 'bad' }, error: { message: 'not today' } });
      await queue.enqueue(aJob('after', 'leave'));
      await eventually('a job after it is done', () => keys().includes('after'));
      expect(keys().filter((key) => key === 'bad')).toHaveLength(1);
      await eventually('the key is free', async () => {
        await queue.enqueue(aJob('bad'));
        return keys().filter((key) => key === 'bad').length > 1;
      });
    });

    it('goes on after a job that nobody handles', async () => {
      queue.handle('greet', remember);
      queue.start();
      await queue.enqueue(aJob('orphan', 'unknown'));
      await queue.enqueue(aJob('known'));
      await eventually('the next is done', () => keys().includes('known'));
      await eventually('the orphan is told of', () => failures.some(({ job }) => job?.key === 'orphan'));
    });

    it('does not mix keys up with its own names', async () => {
      queue.handle('greet', remember);
      queue.start();
      for (const key of ['wait', 'active', 'id', 'a:b', '42', 'x'.repeat(500)]) await queue.enqueue(aJob(key));
      await eventually('all are done', () => seen.length === 6);
    });

    it('refuses a second handler of a name', () => {
      queue.handle('greet', remember);
      expect(() => queue.handle('greet', remember)).toThrow('handler');
    });

    it('lets what runs end when it stops, and takes no more', async () => {
      const { opened, open: end } = gate();
      queue.handle('greet', async (job, signal) => {
        signal.addEventListener('abort', end);
        await opened;
        seen.push(job);
      });
      queue.start();
      let begun = false;
      queue.handle('leave', async () => {
        begun = true;
      });
      await queue.enqueue(aJob('mark', 'leave'));
      await queue.enqueue(aJob('long'));
      await eventually('it has begun', () => begun);
      await queue.enqueue(aJob('waiting'));
      await queue.stop(5_000);
      const atStop = keys();
      expect(atStop.length).toBeLessThanOrEqual(2);
      await queue.enqueue(aJob('late'));
      await expect(queue.check()).rejects.toThrow('stopped');
      expect(keys()).toEqual(atStop);
    });

    it('stops in bounded time though a handler never ends', async () => {
      let begun = false;
      queue.handle('greet', () => {
        begun = true;
        return new Promise(() => undefined);
      });
      queue.start();
      await queue.enqueue(aJob('endless'));
      await eventually('it has begun', () => begun);
      const from = performance.now();
      await queue.stop(100);
      expect(performance.now() - from).toBeLessThan(3_000);
    });

    it('says that it takes jobs', async () => {
      await expect(queue.check()).resolves.toBeUndefined();
    });
  });
}
