import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Log } from '../../platform/log/log.js';
import { PeopleRepository, hasLeft } from '../people/people.repository.js';
import { ExternFailed, IdentityProvider } from './identity-provider.js';
import { StartSession, type SigningIn } from './start-session.js';

export interface ExternAnswer extends SigningIn {
  readonly query: string;
  readonly cookie: string | undefined;
}

export type ExternOutcome =
  | { readonly kind: 'signed-in'; readonly token: string; readonly next: string | null }
  /** Known there, not here: nobody is let in, or given a role, for having an account elsewhere. */
  | { readonly kind: 'unknown'; readonly email: string }
  | { readonly kind: 'unverified' }
  | { readonly kind: ExternFailed['reason'] };

/** Signs in the person whose verified address an identity provider gives. */
@Injectable()
export class SignInExternally {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly provider: IdentityProvider,
    private readonly people: PeopleRepository,
    private readonly start: StartSession,
    private readonly log: Log,
  ) {}

  async execute({ query, cookie, ...browser }: ExternAnswer): Promise<ExternOutcome> {
    try {
      const { email, verified, next } = await this.provider.finish(query, cookie);
      if (email === null || !verified) return { kind: 'unverified' };
      const token = await this.sessionOf(email, browser);
      return token === null ? { kind: 'unknown', email } : { kind: 'signed-in', token, next };
    } catch (error) {
      if (!(error instanceof ExternFailed)) throw error;
      this.log.warn('sign-in at the identity provider failed', { reason: error.reason, err: error });
      return { kind: error.reason };
    }
  }

  private sessionOf(email: string, browser: SigningIn): Promise<string | null> {
    return this.work.run(async (tx) => {
      const person = await this.people.findByEmail(tx, email);
      if (!person || hasLeft(person, this.clock.today())) return null;
      this.log.info('signed in', { personId: person.id, by: 'oidc' });
      return this.start.inTransaction(tx, person.id, 'oidc', browser);
    });
  }
}
