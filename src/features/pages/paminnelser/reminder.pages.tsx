import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { UUID } from '../../../platform/http/uuid-param.js';
import { mendable, type FormErrors } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { BoardRepository, type Board } from '../../boards/board.repository.js';
import { boardsSeen, rolesOn, type Actor } from '../../people/actor.js';
import type { SentItem } from '../../reminders/reminder.dto.js';
import { SendAgain } from '../../reminders/send-again.js';
import { Frame } from '../frame/frame.js';
import { noticeOf, type Notices } from '../frame/notices.js';
import { CurrentVisit, leadOn, type Visit } from '../frame/visit.js';
import { withQuery } from '../lista/case-address.js';
import type { LinkChoice } from '../lista/views/link-choices.js';
import { ReadReminders, type RemindersQuery } from './read-reminders.js';
import { RemindersView } from './views/reminders-view.js';

type Asked = Readonly<Record<string, unknown>>;

const PATH = '/paminnelser';
const LEDE = 'Vem som påminns, om vad och varför. Var och en får ett mejl om dagen med allt som gäller då.';
const NOTICES: Notices = new Map([['igen', 'Påminnelsen skickas igen nu.']]);

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
  show(@CurrentVisit() visit: Visit, @Query() query: Asked): Promise<string> {
    return this.page(visit, query, []);
  }

  @Post(':id/igen')
  @Page()
  async sendAgain(@CurrentVisit() visit: Visit, @Param('id', UUID) id: string): Promise<string | void> {
    try {
      await this.work.run((tx) => this.again.inTransaction(tx, visit.actor, id));
    } catch (error) {
      return this.page(visit, {}, mendable(error, {}));
    }
    return leadOn(visit, `${PATH}?meddelande=igen`);
  }

  /** What cannot be sent again is in the way of the reminder's state, and not of what was typed: 409. */
  private async page(visit: Visit, query: Asked, errors: FormErrors): Promise<string> {
    const { actor } = visit;
    const boards = await this.boards.boards(this.db.manager, boardsSeen(actor));
    const asked = askedIn(query, boards);
    const page = await this.reminders.execute(actor, asked);
    return this.frame.page(visit, {
      title: 'Påminnelser',
      lede: LEDE,
      current: 'reminders',
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 409 : undefined,
      content: (
        <RemindersView
          page={page}
          today={this.clock.today()}
          boards={boardLinks(asked, boards)}
          errors={errors}
          notice={noticeOf(NOTICES, query['meddelande'])}
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

function askedIn(query: Asked, boards: readonly Board[]): RemindersQuery {
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
