import type { LocalDate } from '../calendar/local-date.js';
import type { Milestone, MilestoneName } from './milestones.js';

/** Steps that are prepared for a decision; what they are to be done before is the first of the others still to come. */
const PREPARED: readonly MilestoneName[] = ['draft', 'managerApproval', 'directorApproval', 'preparation', 'dispatch'];
const DONE_BEFORE: readonly MilestoneName[] = ['dispatch', 'decision', 'meeting'];

/** By when a step has to be done, though its own day had passed when the case was registered. */
export interface ShortOfTime {
  /** The day by the lead times. */
  readonly day: LocalDate;
  /** What it has to come before now. */
  readonly before: Pick<Milestone, 'milestone' | 'date'>;
}

/**
 * Whether there was too little time for a step from the start: by the lead times its day lay before the registration, so
 * that nobody could have kept it. It is then not late as long as what it leads up to is still to come.
 *
 * @param step         a step that is not yet done
 * @param registeredOn the day on which the case was registered
 * @returns null for a step whose day could be kept, and for one that can no longer come before anything
 */
export function shortOfTime(
  milestones: readonly Pick<Milestone, 'milestone' | 'date'>[],
  step: string,
  registeredOn: LocalDate,
  today: LocalDate,
): ShortOfTime | null {
  const own = milestones.find(({ milestone }) => milestone === step);
  if (own === undefined || !PREPARED.includes(own.milestone) || own.date >= registeredOn) return null;
  const still = milestones.filter(({ milestone, date }) => milestone !== step && date >= today && date >= registeredOn);
  const before = DONE_BEFORE.flatMap((name) => still.find(({ milestone }) => milestone === name) ?? [])[0];
  return before === undefined ? null : { day: own.date, before };
}
