import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { email } from '../../../platform/http/text.js';
import { Cookies } from '../../../platform/web/cookies.js';
import { readForm, type FormErrors, type FormValues } from '../../../platform/web/form-errors.js';
import { FormTokens } from '../../../platform/web/form-tokens.js';
import { localPath } from '../../../platform/web/local-path.js';
import { Page } from '../../../platform/web/page.js';
import { renderPage } from '../../../platform/web/render-page.js';
import { IdentityProvider } from '../../accounts/identity-provider.js';
import { SessionAuthenticator } from '../../accounts/session-authenticator.js';
import { SignIn } from '../../accounts/sign-in.js';
import { SignOut } from '../../accounts/sign-out.js';
import { BoardRepository } from '../../boards/board.repository.js';
import { Public } from '../../people/actor-decorators.js';
import { noticeOf, SIGN_IN_NOTICES } from './notices.js';
import { pauseInWords, retryAfter } from './pause-words.js';
import { SignInView } from './views/sign-in-view.js';
import { leadOn } from './visit.js';

const LABELS = { epost: 'E-postadressen', losenord: 'Lösenordet' };
const SignInForm = z.object({ epost: email(), losenord: z.string(), vidare: z.string().optional() });
const WRONG = 'Adressen eller lösenordet stämmer inte.';

/** Signing in and out. */
@Public()
@Controller()
export class SignInPages {
  constructor(
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
    private readonly boards: BoardRepository,
    private readonly cookies: Cookies,
    private readonly tokens: FormTokens,
    private readonly sessions: SessionAuthenticator,
    private readonly provider: IdentityProvider,
    private readonly signIn: SignIn,
    private readonly signOut: SignOut,
  ) {}

  @Get('logga-in')
  @Page()
  async show(
    @CurrentExchange() exchange: Exchange,
    @Query('vidare') next: unknown,
    @Query('meddelande') notice: unknown,
  ): Promise<string | void> {
    if ((await this.boards.allBoards(this.read.manager)).length === 0) return leadOn(exchange, '/installera');
    if (await this.sessions.authenticate(exchange.request)) return leadOn(exchange, localPath(next) ?? '/');
    return this.form(exchange, { vidare: localPath(next) ?? '' }, [], noticeOf(SIGN_IN_NOTICES, notice));
  }

  @Post('logga-in')
  @Page()
  async enter(@CurrentExchange() exchange: Exchange, @Body() body: unknown): Promise<string | void> {
    const { request, reply } = exchange;
    const { values, data, errors } = readForm(SignInForm, body, LABELS);
    if (errors) return this.refused(exchange, 422, values, errors);
    const { epost, losenord: password, vidare } = data;
    const browser = this.sessions.browserOf(request);
    const outcome = await this.signIn.execute({ email: epost, password, address: request.ip, ...browser });
    if (outcome.kind === 'signed-in') {
      this.cookies.write(reply, 'session', outcome.token);
      return leadOn(exchange, localPath(vidare) ?? '/');
    }
    if (outcome.kind === 'refused') return this.refused(exchange, 422, values, [{ field: 'epost', message: WRONG }]);
    void reply.header('Retry-After', retryAfter(outcome.until, this.clock.now()));
    return this.refused(exchange, 429, values, [{ field: null, message: pauseInWords(outcome.until) }]);
  }

  /** Also for someone whose session has ended already. */
  @Post('logga-ut')
  async leave(@CurrentExchange() exchange: Exchange): Promise<void> {
    const id = this.sessions.sessionIdOf(exchange.request);
    if (id !== null) await this.signOut.execute(id);
    this.cookies.clear(exchange.reply, 'session');
    leadOn(exchange, '/logga-in?meddelande=utloggad');
  }

  private refused(exchange: Exchange, status: number, values: FormValues, errors: FormErrors): string {
    void exchange.reply.code(status);
    return this.form(exchange, values, errors);
  }

  private form(exchange: Exchange, values: FormValues, errors: FormErrors, notice: string | null = null): string {
    const formToken = this.tokens.tokenFor(exchange);
    const next = localPath(values['vidare']);
    return renderPage(
      <SignInView
        formToken={formToken}
        email={values['epost'] ?? ''}
        next={next}
        provider={this.provider.name}
        errors={errors}
        notice={notice}
      />,
    );
  }
}
