import type { EntityManager } from 'typeorm';
import { VerifyJournal } from '../features/journal/verify-journal.js';
import { ReadDatabase } from '../platform/database/read-database.js';
import { inSnapshot } from '../platform/database/snapshot.js';
import { EXIT } from './failure.js';
import type { Terminal } from './terminal.js';
import { verifyCases } from './verify-cases.js';
import { verifyDatabase } from './verify-database.js';
import { verifyNumbers } from './verify-numbers.js';
import { withDiarium } from './with-diarium.js';

/** More faults of one kind are counted and not told. */
const MOST = 500;

/** What one part of the check found. */
export interface Verdict {
  /** What was looked at, in words that follow on the part's name: `12 händelser i 2 kedjor`. */
  readonly seen: string;
  /** Each with its place, in Swedish. */
  readonly faults: readonly string[];
}

/** Tells how far a part has come, and throws when the person has pressed Ctrl+C. */
export type Told = (text: string) => void;

async function tell(terminal: Terminal, name: string, { seen, faults }: Verdict): Promise<boolean> {
  terminal.progressDone();
  const state = faults.length === 0 ? 'inga fel' : `${faults.length} fel`;
  const lines = faults.slice(0, MOST).map((fault) => `  FEL ${fault}\n`);
  const rest = faults.length > MOST ? `  … och ${faults.length - MOST} fel till\n` : '';
  await terminal.out(`${name}: ${seen}, ${state}\n${lines.join('')}${rest}`);
  return faults.length === 0;
}

/** `diarium verify` */
export function verify(terminal: Terminal): Promise<number> {
  return withDiarium(terminal, async ({ app, goOn }) => {
    const told: Told = (text) => {
      goOn();
      terminal.progress(text);
    };
    return inSnapshot(app.get(ReadDatabase).dataSource, async (em) => {
      const parts: readonly (readonly [string, () => Promise<Verdict>])[] = [
        ['Databasen', () => verifyDatabase(em, told)],
        ['Journalen', () => verifyChains(app.get(VerifyJournal), em, told)],
        ['Ärendena', () => verifyCases(em, told)],
        ['Nummerserierna', () => verifyNumbers(em, told)],
      ];
      let whole = true;
      for (const [name, look] of parts) whole = (await tell(terminal, name, await asFarAsReadable(look))) && whole;
      return whole ? EXIT.ok : EXIT.failed;
    });
  });
}

/** A damaged file may stop being readable anywhere; the other parts are looked at all the same. */
async function asFarAsReadable(look: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await look();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(code)) throw error;
    return { seen: 'går inte att läsa', faults: [`filen är skadad (${code})`] };
  }
}

async function verifyChains(journal: VerifyJournal, em: EntityManager, told: Told): Promise<Verdict> {
  const verdict = await journal.execute(em, (events) => told(`Journalen: ${events} händelser …`));
  const chains = verdict.chains.length === 1 ? 'en kedja' : `${verdict.chains.length} kedjor`;
  const faults = verdict.faults.map(
    ({ chain, seq, reason }) => `${chain}${seq === null ? '' : `, händelse ${seq}`}: ${reason}`,
  );
  return { seen: `${verdict.events} händelser i ${chains}`, faults };
}
