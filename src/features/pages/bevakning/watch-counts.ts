import { Injectable } from '@nestjs/common';
import { boardsSeen, type Actor } from '../../people/actor.js';
import { MenuCounts, type MenuCount } from '../frame/menu-counts.js';
import { WatchList } from './watch-list.js';
import { usualScope } from './watch-scope.js';

/** Beside `Bevakning` in the menu: how many cases need an act, of those that the person watches without choosing. */
@Injectable()
export class WatchCounts extends MenuCounts {
  constructor(private readonly list: WatchList) {
    super();
  }

  async of(actor: Actor): Promise<{ readonly watch?: MenuCount }> {
    const boards = boardsSeen(actor);
    if (boards.length === 0) return {};
    const watched = { scope: usualScope(actor), boards, departments: [...actor.manages] };
    const number = await this.list.count(actor, watched);
    return { watch: { number, means: 'kräver åtgärd', hot: true } };
  }
}
