import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { JournalModule } from '../journal/journal.module.js';
import { AUTHENTICATORS, type Authenticator } from '../people/authenticator.js';
import { PeopleModule } from '../people/people.module.js';
import { ChangePassword } from './change-password.js';
import { CreatePasswordLink } from './create-password-link.js';
import { CredentialRepository } from './credential.repository.js';
import { EndSession } from './end-session.js';
import { IdentityProvider } from './identity-provider.js';
import { ListSessions } from './list-sessions.js';
import { PasswordHasher } from './password-hasher.js';
import { RequestPasswordLink } from './request-password-link.js';
import { SavePassword } from './save-password.js';
import { SendPasswordLink } from './send-password-link.js';
import { SessionAuthenticator } from './session-authenticator.js';
import { SessionRepository } from './session.repository.js';
import { SetPassword } from './set-password.js';
import { SignIn } from './sign-in.js';
import { SignInExternally } from './sign-in-externally.js';
import { SignInLinkRepository } from './sign-in-link.repository.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { SignOut } from './sign-out.js';
import { StartSession } from './start-session.js';
import { VoidSignIns } from './void-sign-ins.js';
import { WhoIsInvited } from './who-is-invited.js';

const PROVIDERS = [
  SessionRepository,
  CredentialRepository,
  SignInLinkRepository,
  SignInThrottle,
  PasswordHasher,
  StartSession,
  SavePassword,
  SessionAuthenticator,
  SignIn,
  SignOut,
  ListSessions,
  EndSession,
  CreatePasswordLink,
  RequestPasswordLink,
  SendPasswordLink,
  SetPassword,
  ChangePassword,
  IdentityProvider,
  SignInExternally,
  VoidSignIns,
  WhoIsInvited,
];

/** Signing in: passwords, sessions, one-time links, and an identity provider. */
@Module({ imports: [JournalModule, PeopleModule], providers: PROVIDERS, exports: PROVIDERS })
export class AccountsModule implements OnModuleInit {
  constructor(
    @Inject(AUTHENTICATORS) private readonly ways: Authenticator[],
    private readonly session: SessionAuthenticator,
  ) {}

  /** After the bearer token: it says more than a session that the browser sends along. */
  onModuleInit(): void {
    this.ways.push(this.session);
  }
}
