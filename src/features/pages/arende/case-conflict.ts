import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import type { FormValues } from '../../../platform/web/form-errors.js';
import type { Actor } from '../../people/actor.js';
import type { ReferralView } from '../../referrals/referral.dto.js';
import type { FormField } from './acts/act-form.js';
import { ReadCase } from './read-case.js';
import type { Compared, Conflict } from './views/conflict-view.js';
import { STATUS_WORDS } from './words/case-words.js';
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

  /** What was typed in an act's form, beside what the others did. */
  async ofAct(
    actor: Actor,
    view: ReferralView,
    version: number,
    typed: { readonly title: string; readonly fields: readonly FormField[]; readonly values: FormValues },
  ): Promise<Conflict> {
    const conflict = await this.since(actor, view, version, []);
    const status = view.status === null ? '' : STATUS_WORDS[view.status];
    const compared = typed.fields
      .filter(({ name }) => (typed.values[name] ?? '') !== '')
      .map((field) => ({ label: field.label, now: field.now ?? '–', typed: typedWords(field, typed.values) }));
    return { ...conflict, compared: [{ label: 'Läge', now: status, typed: typed.title }, ...compared] };
  }
}
