import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../../../platform/clock/clock.port.js';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { email } from '../../../platform/http/text.js';
import { Cookies } from '../../../platform/web/cookies.js';
import { readForm, type FormErrors } from '../../../platform/web/form-errors.js';
import { FormTokens } from '../../../platform/web/form-tokens.js';
import { Page } from '../../../platform/web/page.js';
import { renderPage } from '../../../platform/web/render-page.js';
import { RequestPasswordLink } from '../../accounts/request-password-link.js';
import { SessionAuthenticator } from '../../accounts/session-authenticator.js';
import { SetPassword } from '../../accounts/set-password.js';
import { Public } from '../../people/actor-decorators.js';
import { PASSWORD_FAULTS } from './password-words.js';
import { pauseInWords, retryAfter } from './pause-words.js';
import { AskForLinkView, ChoosePasswordView, LinkSentView, LinkSpentView } from './views/password-views.js';
import { leadOn } from './visit.js';

const AskForm = z.object({ epost: email() });
const ChooseForm = z.object({ losenord: z.string() });

/** Setting a password with a one-time link, and asking for one. */
@Public()
@Controller('losenord')
export class PasswordPages {
  constructor(
    private readonly clock: Clock,
    private readonly cookies: Cookies,
    private readonly tokens: FormTokens,
    private readonly sessions: SessionAuthenticator,
    private readonly request: RequestPasswordLink,
    private readonly set: SetPassword,
  ) {}

  @Get()
  @Page()
  ask(@CurrentExchange() exchange: Exchange): string {
    return this.askForm(exchange, '', []);
  }

  @Post()
  @Page()
  async send(@CurrentExchange() exchange: Exchange, @Body() body: unknown): Promise<string> {
    const { request, reply } = exchange;
    const { values, data, errors } = readForm(AskForm, body, { epost: 'E-postadressen' });
    const typed = values['epost'] ?? '';
    if (errors) return this.askForm(exchange, typed, errors, 422);
    const until = await this.request.execute({ email: data.epost, address: request.ip });
    if (until === null) return renderPage(<LinkSentView email={data.epost} />);
    void reply.header('Retry-After', retryAfter(until, this.clock.now()));
    return this.askForm(exchange, typed, [{ field: null, message: pauseInWords(until) }], 429);
  }

  /** Looking at the link does not use it up: mail programs do that unasked. */
  @Get(':token')
  @Page()
  async show(@CurrentExchange() exchange: Exchange, @Param('token') token: string): Promise<string> {
    const holder = await this.set.holderOf(token);
    return holder ? this.chooseForm(exchange, token, holder.email, []) : this.spent(exchange);
  }

  @Post(':token')
  @Page()
  async choose(
    @CurrentExchange() exchange: Exchange,
    @Param('token') token: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { request, reply } = exchange;
    const { data } = readForm(ChooseForm, body, {});
    const password = data?.losenord ?? '';
    const outcome = await this.set.execute({ token, password, ...this.sessions.browserOf(request) });
    if (outcome.kind === 'link-spent') return this.spent(exchange);
    if (outcome.kind === 'set') {
      this.cookies.write(reply, 'session', outcome.session);
      return leadOn(exchange, outcome.isFirst ? '/bevakning?meddelande=valkommen' : '/konto?meddelande=valkommen');
    }
    const errors = [{ field: 'losenord', message: PASSWORD_FAULTS[outcome.fault] }];
    void reply.code(422);
    return this.chooseForm(exchange, token, outcome.holder.email, errors);
  }

  private askForm(exchange: Exchange, email: string, errors: FormErrors, status = 200): string {
    void exchange.reply.code(status);
    return renderPage(<AskForLinkView formToken={this.tokens.tokenFor(exchange)} email={email} errors={errors} />);
  }

  private chooseForm(exchange: Exchange, token: string, email: string, errors: FormErrors): string {
    const formToken = this.tokens.tokenFor(exchange);
    return renderPage(<ChoosePasswordView formToken={formToken} token={token} email={email} errors={errors} />);
  }

  private spent({ reply }: Exchange): string {
    void reply.code(410);
    return renderPage(<LinkSpentView />);
  }
}
