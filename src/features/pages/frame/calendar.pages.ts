import { Body, Controller, Post } from '@nestjs/common';
import { z } from 'zod';
import { mendable, readForm } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { CreateCalendar } from '../../register/create-calendar.js';
import { RevokeCalendar } from '../../register/revoke-calendar.js';
import { AccountPage } from './account-page.js';
import { CurrentVisit, leadOn, type Visit } from './visit.js';

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
  async create(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string> {
    const { data, errors } = readForm(CreateForm, body, LABELS);
    if (errors) return this.account.show(visit, { errors });
    try {
      const made = await this.creation.execute(visit.actor, data.namnd ?? null);
      return await this.account.show(visit, { made });
    } catch (error) {
      return this.account.show(visit, { errors: mendable(error, LABELS, { board: 'namnd' }) });
    }
  }

  @Post('sparra')
  @Page()
  async revoke(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string | void> {
    const { data, errors } = readForm(RevokeForm, body, {});
    if (errors) return this.account.show(visit, { errors });
    await this.revocation.execute(visit.actor, data.kalender);
    return leadOn(visit, '/konto?meddelande=sparrad');
  }
}
