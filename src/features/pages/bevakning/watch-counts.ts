import { Injectable } from '@nestjs/common';
import type { Actor } from '../../people/actor.js';
import { MenuCounts, type MenuCount } from '../frame/menu-counts.js';
import { WatchList } from './watch-list.js';
import { canAct } from './watch-scope.js';

/**
 * Beside `Bevakning` in the menu: how many cases need an act of the person's, as the page has it among `Mina`: own ones
 * and others', by who can do what comes next. A reader has none to do, and no number.
 */
@Injectable()
export class WatchCounts extends MenuCounts {
  constructor(private readonly list: WatchList) {
    super();
  }

  async of(actor: Actor): Promise<{ readonly watch?: MenuCount }> {
    if (!canAct(actor)) return {};
    return { watch: { number: await this.list.ownInNeed(actor), means: 'kräver åtgärd av dig', hot: true } };
  }
}
