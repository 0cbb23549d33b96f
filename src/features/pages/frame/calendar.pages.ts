import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { RuleError } from '../../../domain/errors.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FormOnce } from '../../../platform/http/form-once.js';
import { FORM_KEY_FIELD } from '../../../platform/web/components/form-key.js';
import { mendable, readForm } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { stepIn } from '../../../platform/web/steps.js';
import { BoardRepository } from '../../boards/board.repository.js';
import { boardsSeen, type Actor } from '../../people/actor.js';
import { CreateCalendar, type CreatedCalendar } from '../../register/create-calendar.js';
import { ListCalendars } from '../../register/list-calendars.js';
import { RevokeCalendar } from '../../register/revoke-calendar.js';
import { AccountPage, type AccountQuestion } from './account-page.js';
import { calendarCalled } from './views/calendars-panel.js';
import { CurrentVisit, leadOn, type Visit } from './visit.js';

const THE = { namnd: 'Nämnden' };
const MADE_BEFORE =
  'Kalenderadressen är redan skapad, och den visades bara den gången. Hann du inte kopiera den: spärra den och skapa en ny.';
const REVOKED_SINCE =
  'Formuläret skickades redan, och kalenderadressen som det gav är spärrad sedan dess. Skapa en ny om du behöver en.';
const CreateForm = z.object({ namnd: z.string().max(12).optional() });
const RevokeForm = z.object({ kalender: z.uuid() });

/** A person's own calendar addresses, on the account page. */
@Controller('konto/kalendrar')
export class CalendarPages {
  constructor(
    private readonly account: AccountPage,
    private readonly work: UnitOfWork,
    private readonly once: FormOnce,
    private readonly creation: CreateCalendar,
    private readonly revocation: RevokeCalendar,
    private readonly calendars: ListCalendars,
    private readonly boards: BoardRepository,
    private readonly db: ReadDatabase,
  ) {}

  // Answered with the page itself: the address is secret, and a redirect would have to carry it.
  @Post()
  @Page()
  async create(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string> {
    const { values, data, errors } = readForm(CreateForm, body, THE);
    if (errors) return this.account.show(visit, { errors });
    try {
      const { id, made } = await this.createOnce(visit.actor, data.namnd ?? null, values[FORM_KEY_FIELD]);
      return await this.account.show(visit, made === null ? { notice: await this.madeBefore(visit, id) } : { made });
    } catch (error) {
      return this.account.show(visit, { errors: mendable(error, THE, { board: 'namnd' }) });
    }
  }

  private async madeBefore({ actor }: Visit, id: string): Promise<string> {
    const feed = (await this.calendars.execute(actor)).find((one) => one.id === id);
    return feed?.revokedAt === null ? MADE_BEFORE : REVOKED_SINCE;
  }

  /** `made` is null when the same form has made an address before: it is secret, and kept nowhere to be shown again. */
  private async createOnce(
    actor: Actor,
    board: string | null,
    key: string | undefined,
  ): Promise<{ readonly id: string; readonly made: CreatedCalendar | null }> {
    const form = { personId: actor.personId, path: '/konto/kalendrar', key, contents: board, isAnother: true };
    return this.work.run(async (tx) => {
      let made: CreatedCalendar | null = null;
      const { result: id } = await this.once.inTransaction(tx, form, async () => {
        made = await this.creation.inTransaction(tx, actor, board);
        return made.id;
      });
      return { id, made };
    });
  }

  @Post('sparra')
  @HttpCode(200)
  @Page()
  async revoke(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string | void> {
    const { data, errors } = readForm(RevokeForm, body, {});
    if (errors) return this.account.show(visit, { errors });
    if (stepIn(body) !== 'confirm') return this.account.ask(visit, await this.asked(visit, data.kalender));
    await this.revocation.execute(visit.actor, data.kalender);
    return leadOn(visit, '/konto?meddelande=sparrad');
  }

  /** @throws RuleError `not-found`, for another person's too */
  private async asked({ actor }: Visit, id: string): Promise<AccountQuestion> {
    const feed = (await this.calendars.execute(actor)).find((one) => one.id === id);
    if (!feed) throw new RuleError('not-found', 'no such calendar', { field: 'id', value: id });
    const name = calendarCalled(feed.board, await this.boards.boards(this.db.manager, boardsSeen(actor)));
    return {
      title: 'Spärra kalenderadressen?',
      said: ['Adressen slutar fungera genast, i alla kalendrar som hämtar den. Det går inte att ångra.'],
      told: [{ label: 'Kalendern visar', text: name }],
      action: '/konto/kalendrar/sparra',
      carried: [{ name: 'kalender', value: id }],
      yes: 'Ja, spärra adressen',
    };
  }
}
