import { Controller, Get, Query } from '@nestjs/common';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { Cookies } from '../../../platform/web/cookies.js';
import { localPath } from '../../../platform/web/local-path.js';
import { Page } from '../../../platform/web/page.js';
import { renderPage } from '../../../platform/web/render-page.js';
import { EXTERN_WITHIN_S, ExternFailed, IdentityProvider } from '../../accounts/identity-provider.js';
import { SessionAuthenticator } from '../../accounts/session-authenticator.js';
import { SignInExternally } from '../../accounts/sign-in-externally.js';
import { Public } from '../../people/actor-decorators.js';
import { ExternFailedView, type ExternFailure } from './views/extern-failed-view.js';
import { leadOn } from './visit.js';

const STATUS: Record<ExternFailure, number> = {
  unknown: 403,
  unverified: 403,
  cancelled: 200,
  stale: 400,
  refused: 502,
  unreachable: 503,
};

/** Signing in at the identity provider, there and back. */
@Public()
@Controller('logga-in/extern')
export class ExternPages {
  constructor(
    private readonly cookies: Cookies,
    private readonly provider: IdentityProvider,
    private readonly sessions: SessionAuthenticator,
    private readonly signIn: SignInExternally,
  ) {}

  @Get()
  @Page()
  async go(@CurrentExchange() exchange: Exchange, @Query('vidare') next: unknown): Promise<string | void> {
    const { reply } = exchange;
    if (this.provider.name === null) return leadOn(exchange, '/logga-in');
    try {
      const { url, cookie } = await this.provider.start(localPath(next));
      this.cookies.write(reply, 'extern', cookie, EXTERN_WITHIN_S);
      return leadOn(exchange, url);
    } catch (error) {
      if (!(error instanceof ExternFailed)) throw error;
      return this.failed(exchange, error.reason, null);
    }
  }

  @Get('svar')
  @Page()
  async back(@CurrentExchange() exchange: Exchange): Promise<string | void> {
    const { request, reply } = exchange;
    if (this.provider.name === null) return leadOn(exchange, '/logga-in');
    const start = request.url.indexOf('?');
    const query = start === -1 ? '' : request.url.slice(start);
    const cookie = this.cookies.read(request, 'extern');
    this.cookies.clear(reply, 'extern');
    const outcome = await this.signIn.execute({ query, cookie, ...this.sessions.browserOf(request) });
    if (outcome.kind !== 'signed-in') {
      return this.failed(exchange, outcome.kind, outcome.kind === 'unknown' ? outcome.email : null);
    }
    this.cookies.write(reply, 'session', outcome.token);
    return leadOn(exchange, localPath(outcome.next) ?? '/');
  }

  private failed({ reply }: Exchange, why: ExternFailure, email: string | null): string {
    void reply.code(STATUS[why]);
    return renderPage(<ExternFailedView why={why} email={email} provider={this.provider.name ?? ''} />);
  }
}
