import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import type { Actor } from '../../people/actor.js';
import type { ReferralView } from '../../referrals/referral.dto.js';
import { ReadCase } from './read-case.js';
import type { TypedProps } from './views/act-view.js';
import type { Compared, Conflict, FactBeside } from './views/conflict-view.js';
import { ADJUSTMENT_WORDS, STATUS_WORDS } from './words/case-words.js';
import { inFull } from './words/days.js';
import { FIELD_WORDS, valueWords } from './words/field-words.js';
import type { CaseEvent } from './words/journal-words.js';
import { typedWords } from './words/typed-words.js';

/** Told in the case's journal, but no new version of it. */
const NO_VERSION = /^reminder-/;

/** The events after a version: every other event of a case is one version of it. */
export function eventsSince(events: readonly CaseEvent[], version: number): CaseEvent[] {
  return events.filter(({ what }) => !NO_VERSION.test(what)).slice(version);
}

/** Finds out what others did to a case while a form on it lay open. */
@Injectable()
export class CaseConflicts {
  constructor(
    private readonly cases: ReadCase,
    private readonly clock: Clock,
  ) {}

  /**
   * @param version  the one that the form was about
   * @param compared set side by side already, for the correction of many fields
   */
  async since(actor: Actor, view: ReferralView, version: number, compared: readonly Compared[]): Promise<Conflict> {
    const { events, names } = await this.cases.story(actor, view.id);
    const since = eventsSince(events, version);
    return { events: since, names, compared, today: this.clock.today(), self: actor.name };
  }

  /** What the act rests on, before and now, and what was typed in its form. */
  async ofAct(actor: Actor, view: ReferralView, version: number, typed: TypedProps): Promise<Conflict> {
    const conflict = await this.since(actor, view, version, []);
    const compared = typed.fields
      .filter(({ name }) => (typed.values[name] ?? '') !== '')
      .map((field) => ({
        label: field.label,
        now: field.now ?? 'inget',
        typed: typedWords(field, typed.values, typed.called),
      }));
    return { ...conflict, compared, facts: factsOf(view, conflict) };
  }
}

/** What an act of a case rests on, by its name in the journal, and how it stands now. */
const RESTS_ON: readonly (readonly [field: string, now: (view: ReferralView) => string])[] = [
  ['answerDue', ({ answerDue }) => (answerDue === null ? 'inget' : inFull(answerDue))],
  ['meetingId', ({ meeting }) => (meeting === null ? 'inget' : inFull(meeting.date))],
  ['adjustment', ({ adjustment }) => (adjustment === null ? 'inget' : ADJUSTMENT_WORDS[adjustment.status])],
  ['officerId', ({ officer }) => officer?.name ?? 'ingen'],
  ['status', ({ status }) => (status === null ? 'inget' : STATUS_WORDS[status])],
];

/** Before and now: where no event since has changed a fact, it stands as it stood. */
function factsOf(view: ReferralView, { events, names }: Pick<Conflict, 'events' | 'names'>): FactBeside[] {
  return RESTS_ON.map(([field, nowOf]) => {
    const now = nowOf(view);
    const first = events.find(({ before }) => before !== null && Object.hasOwn(before, field));
    const before = first === undefined ? now : valueWords(field, first.before?.[field], names);
    return { label: FIELD_WORDS.get(field) ?? field, before, now };
  });
}
