import { setImmediate as breathe } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { rows } from '../platform/database/sql.js';
import type { Told, Verdict } from './verify.js';

interface Counted {
  readonly id: string;
  readonly diarienummer: string;
  readonly version: number;
  readonly events: number | string;
}

const SLICE = 1_000;

/** Each change of a case makes one version and one event; what reminders tell makes none. Uses ix_journal_subject. */
const SQL =
  'SELECT r."id", r."diarienummer", r."version",' +
  ' (SELECT count(*) FROM "journal" j WHERE j."subject_id" = r."id"' +
  ` AND j."subject_type" = 'referral' AND j."what" NOT LIKE 'reminder%') AS "events"` +
  ' FROM "referral" r WHERE r."id" > ? ORDER BY r."id" LIMIT ?';

/**
 * Whether the journal tells of every change that the cases have had. This shows an end of a chain that was cut off
 * together with its head, which the chain itself cannot.
 */
export async function verifyCases(em: EntityManager, told: Told): Promise<Verdict> {
  const faults: string[] = [];
  let seen = 0;
  for (let last = ''; ;) {
    const slice = await rows<Counted>(em, SQL, [last, SLICE]);
    for (const { diarienummer, version, events } of slice) {
      const missing = version - Number(events);
      if (missing > 0) faults.push(`${diarienummer}: journalen saknar ${missing} av ${version} ändringar`);
    }
    seen += slice.length;
    last = slice.at(-1)?.id ?? last;
    told(`Ärendena: ${seen} …`);
    if (slice.length < SLICE) return { seen: `${seen} ärenden jämförda med journalen`, faults };
    await breathe();
  }
}
