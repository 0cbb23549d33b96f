import { Injectable } from '@nestjs/common';
import { boardsSeen, type Actor } from '../../people/actor.js';
import { MOST_IN_MENU, MenuCounts, type MenuCount } from '../frame/menu-counts.js';
import { WatchList } from './watch-list.js';
import { canAct } from './watch-scope.js';

/**
 * Beside `Bevakning` in the menu: how many of the person's cases need an act, as the page has it among `Mina`: one's own,
 * and others whose next step is the person's by role. A reader has none to do, and no number.
 */
@Injectable()
export class WatchCounts extends MenuCounts {
  constructor(private readonly list: WatchList) {
    super();
  }

  async of(actor: Actor): Promise<{ readonly watch?: MenuCount }> {
    if (!canAct(actor)) return {};
    const watched = { scope: 'mine', boards: boardsSeen(actor), departments: [] } as const;
    const number = await this.list.countInNeed(actor, watched, MOST_IN_MENU + 1);
    return { watch: { number, means: 'av dina kräver åtgärd', hot: true } };
  }
}
