import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { UUID } from '../../../platform/http/uuid-param.js';
import { errorsOfRule, isMendable, type FormErrors } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { BoardRepository, type Board } from '../../boards/board.repository.js';
import { boardsSeen, rolesOn, type Actor } from '../../people/actor.js';
import { CurrentActor } from '../../people/actor-decorators.js';
import type { SentItem } from '../../reminders/reminder.dto.js';
import { SendAgain } from '../../reminders/send-again.js';
import { Frame } from '../frame/frame.js';
import { withQuery } from '../lista/case-address.js';
import type { LinkChoice } from '../lista/views/link-choices.js';
import { ReadReminders, type RemindersQuery } from './read-reminders.js';
import { RemindersView } from './views/reminders-view.js';

const PATH = '/paminnelser';
const LEDE = 'Vem som påminns, om vad och varför. Var och en får ett mejl om dagen med allt som gäller då.';
const NOTICES: ReadonlyMap<string, string> = new Map([['igen', 'Påminnelsen skickas igen nu.']]);

/** Reminders that are to come, were sent, or did not get through. */
@Controller('paminnelser')
export class ReminderPages {
  constructor(
    private readonly frame: Frame,
    private readonly clock: Clock,
    private readonly db: ReadDatabase,
    private readonly work: UnitOfWork,
    private readonly boards: BoardRepository,
    private readonly reminders: ReadReminders,
    private readonly again: SendAgain,
  ) {}

  @Get()
  @Page()
  show(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    return this.page(exchange, actor, query, []);
  }

  @Post(':id/igen')
  @Page()
  async sendAgain(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
  ): Promise<string | void> {
    try {
      await this.work.run((tx) => this.again.inTransaction(tx, actor, id));
    } catch (error) {
      if (!isMendable(error)) throw error;
      void exchange.reply.code(409);
      return this.page(exchange, actor, {}, errorsOfRule(error, {}));
    }
    return void exchange.reply.redirect(`${PATH}?meddelande=igen`, 303);
  }

  private async page(
    exchange: Exchange,
    actor: Actor,
    query: Readonly<Record<string, unknown>>,
    errors: FormErrors,
  ): Promise<string> {
    const boards = await this.boards.boards(this.db.manager, boardsSeen(actor));
    const asked = askedIn(query, boards);
    const page = await this.reminders.execute(actor, asked);
    const notice = query['meddelande'];
    return this.frame.page(exchange, actor, {
      title: 'Påminnelser',
      lede: LEDE,
      current: 'reminders',
      hasErrors: errors.length > 0,
      content: (
        <RemindersView
          page={page}
          today={this.clock.today()}
          boards={boardLinks(asked, boards)}
          errors={errors}
          notice={(typeof notice === 'string' && NOTICES.get(notice)) || null}
          mayResend={(item) => mayResend(actor, item)}
          moreHref={page.next === null ? null : hrefOf({ ...asked, cursor: page.next })}
          firstHref={asked.cursor === undefined ? null : hrefOf({ ...asked, cursor: undefined })}
          moreSentHref={page.moreSent && !asked.allSent ? hrefOf({ ...asked, allSent: true }) : null}
        />
      ),
    });
  }
}

/** As the use case has it: a registrar of the board, and the one who is reminded or got the mail. */
const mayResend = (actor: Actor, { referral, to, mail }: SentItem): boolean =>
  rolesOn(actor, referral.board).has('registrar') || [to.email, mail?.to.email].includes(actor.email);

function askedIn(query: Readonly<Record<string, unknown>>, boards: readonly Board[]): RemindersQuery {
  const { fran, namnd, skickat } = query;
  return {
    board: boards.find(({ code }) => code === namnd)?.code,
    cursor: typeof fran === 'string' ? fran : undefined,
    allSent: skickat === 'alla',
  };
}

const hrefOf = ({ board, cursor, allSent }: RemindersQuery): string =>
  withQuery(PATH, { namnd: board, fran: cursor, skickat: allSent ? 'alla' : undefined });

function boardLinks(asked: RemindersQuery, boards: readonly Board[]): LinkChoice[] {
  if (boards.length < 2) return [];
  const linkTo = (label: string, board: string | undefined): LinkChoice => ({
    label,
    href: hrefOf({ board, cursor: undefined, allSent: asked.allSent }),
    current: asked.board === board,
  });
  return [linkTo('Alla nämnder', undefined), ...boards.map(({ code, name }) => linkTo(name, code))];
}
