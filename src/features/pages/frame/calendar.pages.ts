import { Body, Controller, Post } from '@nestjs/common';
import { z } from 'zod';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { errorsOfRule, isMendable, readForm, type FormErrors } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import type { Actor } from '../../people/actor.js';
import { CurrentActor } from '../../people/actor-decorators.js';
import { CreateCalendar } from '../../register/create-calendar.js';
import { RevokeCalendar } from '../../register/revoke-calendar.js';
import { AccountPage } from './account-page.js';

const LABELS = { namnd: 'Kalendern visar' };
const CreateForm = z.object({ namnd: z.string().max(12).optional() });
const RevokeForm = z.object({ kalender: z.uuid() });

/** A person's own calendar addresses, on the account page. */
@Controller('konto/kalendrar')
export class CalendarPages {
  constructor(
    private readonly account: AccountPage,
    private readonly creation: CreateCalendar,
    private readonly revocation: RevokeCalendar,
  ) {}

  // Answered with the page itself: the address is secret, and a redirect would have to carry it.
  @Post()
  @Page()
  async create(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Body() body: unknown,
  ): Promise<string> {
    const { data, errors } = readForm(CreateForm, body, LABELS);
    if (errors) return this.refused(exchange, actor, errors);
    try {
      const made = await this.creation.execute(actor, data.namnd ?? null);
      return await this.account.show(exchange, actor, { made });
    } catch (error) {
      if (!isMendable(error)) throw error;
      return this.refused(exchange, actor, errorsOfRule(error, LABELS, { board: 'namnd' }));
    }
  }

  @Post('sparra')
  @Page()
  async revoke(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { data, errors } = readForm(RevokeForm, body, {});
    if (errors) return this.refused(exchange, actor, errors);
    await this.revocation.execute(actor, data.kalender);
    return void exchange.reply.redirect('/konto?meddelande=sparrad', 303);
  }

  private refused(exchange: Exchange, actor: Actor, errors: FormErrors): Promise<string> {
    void exchange.reply.code(422);
    return this.account.show(exchange, actor, { errors });
  }
}
