import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../../../platform/clock/clock.port.js';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { readForm, type FormErrors } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { ChangePassword } from '../../accounts/change-password.js';
import { EndSession } from '../../accounts/end-session.js';
import { SessionAuthenticator } from '../../accounts/session-authenticator.js';
import type { Actor } from '../../people/actor.js';
import { CurrentActor } from '../../people/actor-decorators.js';
import { AccountPage } from './account-page.js';
import { ACCOUNT_NOTICES } from './notices.js';
import { PASSWORD_FAULTS } from './password-words.js';
import { pauseInWords, retryAfter } from './pause-words.js';

const LABELS = { nuvarande: 'Nuvarande lösenord', nytt: 'Nytt lösenord' };
const ChangeForm = z.object({ nuvarande: z.string(), nytt: z.string() });
const EndForm = z.object({ inloggning: z.string().max(64) });
const WRONG = 'Det nuvarande lösenordet stämmer inte.';

/** A person's own account: the browsers signed in with, and the password. */
@Controller('konto')
export class AccountPages {
  constructor(
    private readonly clock: Clock,
    private readonly account: AccountPage,
    private readonly authenticator: SessionAuthenticator,
    private readonly end: EndSession,
    private readonly change: ChangePassword,
  ) {}

  @Get()
  @Page()
  show(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Query('meddelande') notice: unknown,
  ): Promise<string> {
    const told = typeof notice === 'string' ? ACCOUNT_NOTICES.get(notice) : undefined;
    return this.account.show(exchange, actor, { notice: told });
  }

  @Post('losenord')
  @Page()
  async changePassword(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { request, reply } = exchange;
    const { data, errors } = readForm(ChangeForm, body, LABELS);
    if (errors) return this.refused(exchange, actor, errors);
    const kept = this.authenticator.sessionIdOf(request);
    const input = { current: data.nuvarande, password: data.nytt, address: request.ip, kept };
    const outcome = await this.change.execute(actor, input);
    switch (outcome.kind) {
      case 'changed':
        return void reply.redirect('/konto?meddelande=losenord', 303);
      case 'current-wrong':
        return this.refused(exchange, actor, [{ field: 'nuvarande', message: WRONG }]);
      case 'fault':
        return this.refused(exchange, actor, [{ field: 'nytt', message: PASSWORD_FAULTS[outcome.fault] }]);
      case 'paused':
        void reply.header('Retry-After', retryAfter(outcome.until, this.clock.now()));
        return this.refused(exchange, actor, [{ field: null, message: pauseInWords(outcome.until) }], 429);
    }
  }

  @Post('inloggningar/avsluta')
  async endOne(
    @CurrentActor() actor: Actor,
    @CurrentExchange() { reply }: Exchange,
    @Body() body: unknown,
  ): Promise<void> {
    const { data } = readForm(EndForm, body, {});
    if (data) await this.end.execute(actor.personId, data.inloggning);
    void reply.redirect('/konto?meddelande=avslutad', 303);
  }

  @Post('inloggningar/avsluta-andra')
  async endOthers(@CurrentActor() actor: Actor, @CurrentExchange() { request, reply }: Exchange): Promise<void> {
    await this.end.allBut(actor.personId, this.authenticator.sessionIdOf(request));
    void reply.redirect('/konto?meddelande=alla', 303);
  }

  private refused(exchange: Exchange, actor: Actor, errors: FormErrors, status = 422): Promise<string> {
    void exchange.reply.code(status);
    return this.account.show(exchange, actor, { errors });
  }
}
