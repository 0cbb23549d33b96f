import type { Actor } from '../people/actor.js';
import type { ListQuery } from './list-referrals.js';
import type { ReferralPage } from './referral.dto.js';

/** What is searched for, and the filters of the list, which narrow it. */
export type SearchQuery = Omit<ListQuery, 'q'> & { readonly q: string };

/** Finds cases by numbers as registrars type them, and by words in title, sender and notes. */
export abstract class SearchPort {
  /**
   * A page of hits, newest first: at most 20, numbers before words. Any text gives an answer. A secret case is found by
   * its own number only, by those who may not open it.
   *
   * @throws RuleError `cursor-invalid`
   * @throws Error that is answered as 503, when too many search at once
   */
  abstract search(actor: Actor, query: SearchQuery): Promise<ReferralPage>;
}
