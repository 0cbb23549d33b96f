import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import type { Board } from '../boards/board.repository.js';
import { MeetingRepository } from '../boards/meeting.repository.js';
import { Journal, type JournalEvent } from '../journal/journal.js';
import { firstFacts } from '../referrals/case-events.js';
import { planCase } from '../referrals/case-plan.js';
import { CaseReminders } from '../referrals/case-reminders.js';
import type { Referral } from '../referrals/referral.js';
import { ReferralRepository } from '../referrals/referral.repository.js';
import { NumberSeries } from '../series/number-series.js';
import { SeriesGaps, missingAfter, type NumberRange } from '../series/series-gaps.js';
import type { ImportedCase } from './import-row.js';
import { importedReferral } from './imported-referral.js';

export interface ImportToStore {
  readonly board: Board;
  readonly cases: readonly ImportedCase[];
  /** Ids of officers by their text in the file. */
  readonly officers: ReadonlyMap<string, string>;
  /** The last number of each year before. */
  readonly lastBefore: ReadonlyMap<number, number>;
  readonly by: { readonly personId: string | null; readonly name: string };
  readonly about: { readonly id: string; readonly hash: string; readonly gapReason: string };
}

export interface StoredImport {
  readonly gaps: ReadonlyMap<number, readonly NumberRange[]>;
}

/** Tells how far it has come; of how many is not known while the file is read. */
export type ImportProgress = (done: number, all: number | null) => void;

const SLICE = 500;
/** Who registered a case that was brought in by no person known here. */
const IMPORT = 'import';

const numbersByYear = (cases: readonly ImportedCase[]): Map<number, Set<number>> => {
  const years = new Map<number, Set<number>>();
  for (const { year, number } of cases) years.set(year, (years.get(year) ?? new Set()).add(number));
  return years;
};

/** Stores the cases of a file with all that goes with them: series, plans, reminders and journal. */
@Injectable()
export class StoreImport {
  constructor(
    private readonly clock: Clock,
    private readonly meetings: MeetingRepository,
    private readonly series: NumberSeries,
    private readonly gaps: SeriesGaps,
    private readonly referrals: ReferralRepository,
    private readonly reminders: CaseReminders,
    private readonly journal: Journal,
  ) {}

  /** First in the lock order. @returns the last number of each year that the file has */
  async lockSeries(tx: EntityManager, board: string, cases: readonly ImportedCase[]): Promise<Map<number, number>> {
    const last = new Map<number, number>();
    for (const year of [...numbersByYear(cases).keys()].sort()) last.set(year, await this.gaps.lastOf(tx, board, year));
    return last;
  }

  async inTransaction(tx: EntityManager, job: ImportToStore, progress: ImportProgress): Promise<StoredImport> {
    const gaps = await this.continueSeries(tx, job);
    const events = await this.storeCases(tx, job, progress);
    const { board, by, about, cases } = job;
    const after = { import: about.id, sha256: about.hash, cases: cases.length, gaps: Object.fromEntries(gaps) };
    const whole: JournalEvent = {
      chain: board.code, by, what: 'register-imported', subjectType: 'board', subjectId: board.code, after,
    }; // prettier-ignore
    for (let from = 0; from < events.length; from += SLICE) {
      await this.journal.record(tx, ...events.slice(from, from + SLICE));
    }
    await this.journal.record(tx, whole);
    return { gaps };
  }

  /** The series go on after the highest number brought in; what the file lacks below it is noted as known gaps. */
  private async continueSeries(tx: EntityManager, { board, cases, lastBefore, about }: ImportToStore) {
    const gaps = new Map<number, readonly NumberRange[]>();
    const at = this.clock.now().toISOString();
    for (const [year, numbers] of numbersByYear(cases)) {
      const last = [...numbers].reduce((most, number) => Math.max(most, number), 0);
      const missing = missingAfter(lastBefore.get(year) ?? 0, last, numbers);
      await this.series.continueAfter(tx, board.code, year, last);
      await this.gaps.note(tx, board.code, year, missing, { reason: about.gapReason, at });
      if (missing.length > 0) gaps.set(year, missing);
    }
    return gaps;
  }

  /** @returns the journal's events, which come last in the lock order */
  private async storeCases(tx: EntityManager, job: ImportToStore, progress: ImportProgress): Promise<JournalEvent[]> {
    const { board, by, about } = job;
    const today = this.clock.today();
    const meetings = await this.meetings.meetingsFrom(tx, board.code, today);
    const events: JournalEvent[] = [];
    for (const found of inNumberOrder(job.cases)) {
      const fresh = this.fresh(found, job);
      const { referral } = planCase({ referral: fresh, board, meetings, choice: { kind: 'recommended' }, today });
      await this.referrals.insert(tx, referral);
      if (found.status === 'open') await this.reminders.plan(tx, referral, board, null);
      const after = { ...firstFacts(referral), import: about.id, line: found.line };
      const subject = { subjectType: 'referral' as const, subjectId: referral.id };
      events.push({ chain: board.code, by, what: 'referral-imported', ...subject, after });
      if (events.length % SLICE === 0) progress(events.length, job.cases.length);
    }
    return events;
  }

  private fresh(found: ImportedCase, { board, officers, by }: ImportToStore): Referral {
    const officerId = found.officer === null ? null : (officers.get(found.officer) ?? null);
    const named =
      found.officer !== null && officerId === null ? `Handläggare enligt det inlästa diariet: ${found.officer}` : null;
    const note = [found.note, named].filter((part) => part !== null).join('\n\n') || null;
    return importedReferral(found, officerId, note, {
      board: board.code,
      by: { personId: by.personId ?? IMPORT, name: by.name },
      today: this.clock.today(),
      at: this.clock.now().toISOString(),
    });
  }
}

/** As they were registered, so that searching, which goes by the order of coming in, shows the newest first. */
const inNumberOrder = (cases: readonly ImportedCase[]): ImportedCase[] =>
  [...cases].sort((a, b) =>
    a.registeredOn < b.registeredOn ? -1 : a.registeredOn > b.registeredOn ? 1 : a.number - b.number,
  );
