import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../../../platform/clock/clock.port.js';
import { readForm } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { stepIn } from '../../../platform/web/steps.js';
import { ChangePassword } from '../../accounts/change-password.js';
import { EndSession } from '../../accounts/end-session.js';
import { ListSessions } from '../../accounts/list-sessions.js';
import type { SessionRow } from '../../accounts/session.entity.js';
import { SessionAuthenticator } from '../../accounts/session-authenticator.js';
import { instantInFull } from '../arende/words/days.js';
import { AccountPage, type AccountQuestion } from './account-page.js';
import { browserInWords } from './browser-words.js';
import { ACCOUNT_NOTICES, noticeOf } from './notices.js';
import { PASSWORD_FAULTS } from './password-words.js';
import { pauseInWords, retryAfter } from './pause-words.js';
import { CurrentVisit, leadOn, type Visit } from './visit.js';

const THE = { nuvarande: 'Det nuvarande lösenordet', nytt: 'Det nya lösenordet' };
const ChangeForm = z.object({ nuvarande: z.string(), nytt: z.string() });
const EndForm = z.object({ inloggning: z.string().max(64) });
const MOST_TOLD = 10;
const WRONG = 'Det nuvarande lösenordet stämmer inte.';

function askedOfOne({ id, userAgent, createdAt }: SessionRow): AccountQuestion {
  const browser = browserInWords(userAgent);
  return {
    title: 'Avsluta inloggningen?',
    said: [
      `${browser}, inloggad ${instantInFull(createdAt)}, loggas ut genast. Det som någon håller på att skriva där går förlorat.`,
    ],
    action: '/konto/inloggningar/avsluta',
    carried: [{ name: 'inloggning', value: id }],
    yes: 'Ja, avsluta den',
  };
}

/** A person's own account: the browsers signed in with, and the password. */
@Controller('konto')
export class AccountPages {
  constructor(
    private readonly clock: Clock,
    private readonly account: AccountPage,
    private readonly authenticator: SessionAuthenticator,
    private readonly sessions: ListSessions,
    private readonly end: EndSession,
    private readonly change: ChangePassword,
  ) {}

  @Get()
  @Page()
  show(@CurrentVisit() visit: Visit, @Query('meddelande') notice: unknown): Promise<string> {
    return this.account.show(visit, { notice: noticeOf(ACCOUNT_NOTICES, notice) });
  }

  @Post('losenord')
  @Page()
  async changePassword(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string | void> {
    const { request, reply, actor } = visit;
    const { data, errors } = readForm(ChangeForm, body, THE);
    if (errors) return this.account.show(visit, { errors });
    const kept = this.authenticator.sessionIdOf(request);
    const input = { current: data.nuvarande, password: data.nytt, address: request.ip, kept };
    const outcome = await this.change.execute(actor, input);
    switch (outcome.kind) {
      case 'changed':
        return leadOn(visit, '/konto?meddelande=losenord');
      case 'current-wrong':
        return this.account.show(visit, { errors: [{ field: 'nuvarande', message: WRONG }] });
      case 'fault':
        return this.account.show(visit, { errors: [{ field: 'nytt', message: PASSWORD_FAULTS[outcome.fault] }] });
      case 'paused':
        void reply.header('Retry-After', retryAfter(outcome.until, this.clock.now()));
        return this.account.show(visit, {
          status: 429,
          errors: [{ field: null, message: pauseInWords(outcome.until) }],
        });
    }
  }

  @Post('inloggningar/avsluta')
  @HttpCode(200)
  @Page()
  async endOne(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string | void> {
    const { personId } = visit.actor;
    const { data } = readForm(EndForm, body, {});
    const ended = (await this.sessions.execute(personId)).find(({ id }) => id === data?.inloggning);
    if (ended !== undefined && stepIn(body) !== 'confirm') return this.account.ask(visit, askedOfOne(ended));
    if (ended !== undefined) await this.end.execute(personId, ended.id);
    leadOn(visit, '/konto?meddelande=avslutad');
  }

  @Post('inloggningar/avsluta-andra')
  @HttpCode(200)
  @Page()
  async endOthers(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string | void> {
    const here = this.authenticator.sessionIdOf(visit.request);
    if (stepIn(body) !== 'confirm') return this.account.ask(visit, await this.askedOfOthers(visit, here));
    await this.end.allBut(visit.actor.personId, here);
    leadOn(visit, '/konto?meddelande=alla');
  }

  private async askedOfOthers({ actor }: Visit, here: string | null): Promise<AccountQuestion> {
    const others = (await this.sessions.execute(actor.personId)).filter(({ id }) => id !== here);
    return {
      title: 'Avsluta alla andra inloggningar?',
      said: [
        'Alla andra webbläsare loggas ut genast. Det som någon håller på att skriva där går förlorat.',
        ...others.map(({ userAgent }) => `Loggas ut: ${browserInWords(userAgent)}.`).slice(0, MOST_TOLD),
      ],
      action: '/konto/inloggningar/avsluta-andra',
      carried: [],
      yes: 'Ja, avsluta dem',
    };
  }
}
