import { localDateAt, localTimeAt } from '../domain/calendar/stockholm-time.js';
import { ReadDatabase } from '../platform/database/read-database.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Heartbeat } from '../platform/queue/heartbeat.js';
import { JobTable, type DeadJob } from '../platform/queue/job-table.js';
import { CommandFailed, EXIT } from './failure.js';
import type { Terminal } from './terminal.js';
import { withDiarium } from './with-diarium.js';

/** Dead jobs that are looked at in one go. */
const AT_ONCE = 100;

function lineOf({ id, name, key, attempts, createdAt, lastError }: DeadJob): string {
  const at = new Date(createdAt);
  const created = `${localDateAt(at)} ${localTimeAt(at)}`;
  return `${[id, name, key, `${attempts} försök`, created, lastError ?? ''].join('\t')}\n`;
}

/** `diarium jobs` */
export function listJobs(terminal: Terminal): Promise<number> {
  return withDiarium(terminal, async ({ app }) => {
    const em = app.get(ReadDatabase).manager;
    const table = app.get(JobTable);
    const { waiting, running, dead } = await table.counts(em);
    const workers = await app.get(Heartbeat).workers(em);
    const found = await table.dead(em, AT_ONCE);
    await terminal.out(found.map(lineOf).join(''));
    terminal.err(`Jobb: ${waiting} väntar, ${running} pågår, ${dead} har getts upp.\n`);
    if (dead > found.length) terminal.err(`Här visas de ${found.length} äldsta.\n`);
    if (dead > 0) terminal.err('Försök igen med: diarium jobs retry ID, eller diarium jobs retry --all\n');
    terminal.err(workers.length === 0 ? 'Inga arbetare vid sidan av.\n' : `Arbetare: ${workers.join(', ')}\n`);
    return EXIT.ok;
  });
}

/** `diarium jobs retry ID` and `diarium jobs retry --all` */
export function retryJobs(id: string | undefined, all: boolean, terminal: Terminal): Promise<number> {
  if ((id === undefined) === !all) {
    terminal.err('Ange ett jobbs id, enligt diarium jobs, eller --all.\n');
    return Promise.resolve(EXIT.usage);
  }
  return withDiarium(terminal, async ({ app, goOn }) => {
    const work = app.get(UnitOfWork);
    const table = app.get(JobTable);
    if (id !== undefined) {
      const revived = await work.run((tx) => table.revive(tx, id));
      if (!revived) throw new CommandFailed(`Det finns inget jobb ${id} som har getts upp.`);
      terminal.err(`Jobbet ${id} görs om.\n`);
      return EXIT.ok;
    }
    let count = 0;
    for (;;) {
      goOn();
      const dead = await table.dead(app.get(ReadDatabase).manager, AT_ONCE);
      if (dead.length === 0) break;
      await work.run(async (tx) => {
        for (const job of dead) await table.revive(tx, job.id);
      });
      count += dead.length;
    }
    terminal.err(count === 0 ? 'Inga jobb har getts upp.\n' : `${count} jobb görs om.\n`);
    return EXIT.ok;
  });
}
