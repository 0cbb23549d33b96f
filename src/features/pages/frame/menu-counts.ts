import type { Actor } from '../../people/actor.js';
import type { MenuKey } from './menu.js';

export interface MenuCount {
  readonly number: number;
  /** What is counted, for those who hear it: `kräver åtgärd`. */
  readonly means: string;
  readonly hot: boolean;
}

/** The numbers beside the menu's entries. They count what the person may see, and nothing else. */
export abstract class MenuCounts {
  abstract of(actor: Actor): Promise<Readonly<Partial<Record<MenuKey, MenuCount>>>>;
}
