import { describe, expect, it } from '@jest/globals';
import { EmbeddedQueue } from '../../src/platform/queue/embedded-queue.js';
import { eventually, gate } from '../support/eventually.js';
import { aJob, jobQueueContract, type QueueUnderTest } from './job-queue.contract.js';

async function open(): Promise<QueueUnderTest> {
  const failures: QueueUnderTest['failures'] = [];
  return { queue: new EmbeddedQueue((job, error) => failures.push({ job, error })), failures };
}

jobQueueContract('EmbeddedQueue', open);

describe('EmbeddedQueue', () => {
  it('does one job of a name at a time, and other names beside it', async () => {
    const { queue, failures } = await open();
    const { opened, open: end } = gate();
    const done: string[] = [];
    let atOnce = 0;
    queue.handle('slow', async ({ key }) => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      await opened;
      atOnce -= 1;
      done.push(key);
    });
    queue.handle('quick', async ({ key }) => void done.push(key));
    queue.start();
    await queue.enqueue(aJob('s1', 'slow'));
    await queue.enqueue(aJob('s2', 'slow'));
    await queue.enqueue(aJob('q', 'quick'));
    await eventually('the quick one is done', () => done.includes('q'));
    end();
    await eventually('the slow ones are done', () => done.length === 3);
    expect(failures).toEqual([]);
    await queue.stop();
  });
});
