import { Injectable } from '@nestjs/common';
import type { ComponentChildren } from 'preact';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { RouteTable } from '../../../platform/http/route-table.js';
import { Shell, type ShellProps } from '../../../platform/web/components/shell.js';
import { FormTokens } from '../../../platform/web/form-tokens.js';
import { renderPage } from '../../../platform/web/render-page.js';
import { BoardRepository } from '../../boards/board.repository.js';
import type { Actor } from '../../people/actor.js';
import { menuOf, type MenuKey } from './menu.js';
import { MOST_IN_MENU, MenuCounts, type MenuCount } from './menu-counts.js';
import { rolesInWords } from './role-words.js';
import type { Visit } from './visit.js';

export interface FramedPage extends Pick<ShellProps, 'title' | 'lede' | 'above' | 'beside' | 'hasErrors'> {
  /** The entry of the menu that the page belongs to. */
  readonly current?: MenuKey;
  /** Where it is not 200, or 422 for a page with errors. */
  readonly status?: number | undefined;
  readonly content: ComponentChildren;
}

const counted = ({ number, ...count }: MenuCount) => ({
  ...count,
  number: number > MOST_IN_MENU ? `${MOST_IN_MENU}+` : number === 0 ? null : String(number),
});

/** Puts what a page shows into the frame: menu, who is signed in, and the token for the page's forms. */
@Injectable()
export class Frame {
  constructor(
    private readonly read: ReadDatabase,
    private readonly boards: BoardRepository,
    private readonly routes: RouteTable,
    private readonly tokens: FormTokens,
    private readonly counts: MenuCounts,
  ) {}

  /** The whole page, for a method that is a `@Page()`. */
  async page(visit: Visit, { current, content, status, ...head }: FramedPage): Promise<string> {
    const { actor, reply } = visit;
    const answer = status ?? (head.hasErrors === true ? 422 : null);
    if (answer !== null) void reply.code(answer);
    const counts = await this.counts.of(actor);
    const menu = menuOf(actor, this.routes).map(({ key, href, label }) => {
      const count = counts[key];
      return { href, label, current: key === current, ...(count === undefined ? {} : { count: counted(count) }) };
    });
    const who = { name: actor.name, detail: rolesInWords([...actor.roles.values()].flatMap((there) => [...there])) };
    const formToken = this.tokens.tokenFor(visit);
    return renderPage(
      <Shell {...head} menu={menu} place={await this.placeOf(actor)} who={who} formToken={formToken}>
        {content}
      </Shell>,
    );
  }

  private async placeOf(actor: Actor): Promise<string | null> {
    const all = await this.boards.allBoards(this.read.manager);
    const own = all.filter(({ code }) => actor.roles.has(code));
    return own.length > 1 ? `${own.length} nämnder` : (own[0]?.name ?? null);
  }
}
