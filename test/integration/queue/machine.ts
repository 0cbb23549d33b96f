import { pino } from 'pino';
import { ReadDatabase } from '../../../src/platform/database/read-database.js';
import { rows } from '../../../src/platform/database/sql.js';
import { Log } from '../../../src/platform/log/log.js';
import { BullQueue } from '../../../src/platform/queue/bull-queue.js';
import { JobMachine, type JobMachineOptions } from '../../../src/platform/queue/job-machine.js';
import { freshDatabase } from '../../support/database.js';
import { SettableClock } from '../../support/settable-clock.js';

export interface StoredJob {
  readonly name: string;
  readonly key: string;
  readonly state: string;
  readonly run_at: string;
  readonly attempts: number;
  readonly last_error: string | null;
}

/** A database with as many processes on it as a test likes, each a `JobMachine` of its own. */
export async function jobBench() {
  const database = await freshDatabase();
  const clock = new SettableClock('2026-03-02T08:00:00.000Z');
  const read = new ReadDatabase(database.read);
  const lines: string[] = [];
  const log = new Log(pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }));
  const machines: JobMachine[] = [];
  const { work } = database;

  const machine = (options: Partial<JobMachineOptions> = {}): JobMachine => {
    const made = new JobMachine({
      address: { kind: 'embedded' },
      bull: BullQueue,
      work,
      read,
      clock,
      log,
      sweepEveryMs: 3_600_000,
      collectMs: 1,
      restMs: 0,
      ...options,
    });
    machines.push(made);
    return made;
  };

  return {
    clock,
    work,
    read,
    lines,
    machine,
    add: (made: JobMachine, key: string, runAt?: string, name = 'greet'): Promise<void> =>
      work.run((tx) =>
        made.outbox.add(tx, { name, key, payload: { id: key }, ...(runAt ? { runAt: new Date(runAt) } : {}) }),
      ),
    stored: (): Promise<StoredJob[]> =>
      rows<StoredJob>(database.read.manager, 'SELECT * FROM "job" ORDER BY "key", "created_at"'),
    close: async (): Promise<void> => {
      await Promise.all(machines.map((one) => one.stop(500)));
      await database.close();
    },
  };
}

export type JobBench = Awaited<ReturnType<typeof jobBench>>;
