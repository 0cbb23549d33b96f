import type { Actor } from '../../people/actor.js';
import type { MenuKey } from './menu.js';

/** More than this are told as `99+`, and not counted. */
export const MOST_IN_MENU = 99;

export interface MenuCount {
  /** At most one more than `MOST_IN_MENU`. */
  readonly number: number;
  /** What is counted, for those who hear it: `kräver åtgärd`. */
  readonly means: string;
  readonly hot: boolean;
}

/** The numbers beside the menu's entries. They count what the person may see, and nothing else. */
export abstract class MenuCounts {
  abstract of(actor: Actor): Promise<Readonly<Partial<Record<MenuKey, MenuCount>>>>;
}
