import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ReminderRow } from '../ledger/reminder.entity.js';
import { CaseHistory } from './case-history.js';
import { CasePositions, type CasePosition } from './case-position.js';
import { ReadStandings, type Standings } from './standings.js';

/** What the words of reminders are made from. */
export interface MailFacts {
  /** The cases by id, as they are now. */
  readonly positions: ReadonlyMap<string, CasePosition>;
  readonly standings: Standings;
  /** By case that somebody is told of as theirs: the name of the officer from whom they have it. */
  readonly takenOverFrom: ReadonlyMap<string, string>;
}

/** A reminder, as far as it says which facts are needed. */
export type FactsFor = Pick<ReminderRow, 'referralId' | 'personId' | 'about'>;

/** Reads what the words of reminders are made from. */
@Injectable()
export class ReadMailFacts {
  constructor(
    private readonly positions: CasePositions,
    private readonly standings: ReadStandings,
    private readonly history: CaseHistory,
  ) {}

  /**
   * @param known  the cases, where they have been read already
   * @param people more who may be reminded of them, such as heirs
   */
  async of(
    em: EntityManager,
    reminders: readonly FactsFor[],
    known?: ReadonlyMap<string, CasePosition>,
    people: readonly string[] = [],
  ): Promise<MailFacts> {
    const positions = known ?? (await this.positions.of(em, reminders.map(({ referralId }) => referralId))); // prettier-ignore
    const given = new Set(reminders.filter(({ about }) => about === 'assignment').map(({ referralId }) => referralId));
    const takenOverFrom = await this.history.takenOverFrom(em, [...positions.values()].filter(({ id }) => given.has(id))); // prettier-ignore
    const standings = await this.standings.of(em, [...reminders.map(({ personId }) => personId), ...people]);
    return { positions, standings, takenOverFrom };
  }
}
