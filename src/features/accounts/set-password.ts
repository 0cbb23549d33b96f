import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { isToken, tokenHash } from '../../platform/web/cookies.js';
import { PeopleRepository } from '../people/people.repository.js';
import { CredentialRepository } from './credential.repository.js';
import { PasswordHasher } from './password-hasher.js';
import { passwordFault, type PasswordFault } from './password-rule.js';
import { SavePassword } from './save-password.js';
import { SignInLinkRepository, type LinkHolder } from './sign-in-link.repository.js';
import { StartSession, type SigningIn } from './start-session.js';

export interface SetPasswordInput extends SigningIn {
  /** Of the link. */
  readonly token: string;
  readonly password: string;
}

export type SetPasswordOutcome =
  | { readonly kind: 'set'; readonly session: string; /** Whether there was none before. */ readonly isFirst: boolean }
  | { readonly kind: 'link-spent' }
  | { readonly kind: 'fault'; readonly fault: PasswordFault; readonly holder: LinkHolder };

/** Sets a password with a one-time link and signs the person in. A password that is refused leaves the link as it is. */
@Injectable()
export class SetPassword {
  constructor(
    private readonly work: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly links: SignInLinkRepository,
    private readonly credentials: CredentialRepository,
    private readonly hasher: PasswordHasher,
    private readonly save: SavePassword,
    private readonly start: StartSession,
  ) {}

  /** For whom the link is; null when it does not work, or no longer. */
  async holderOf(token: string): Promise<LinkHolder | null> {
    if (!isToken(token)) return null;
    const now = this.clock.now().toISOString();
    return this.links.holderOf(this.read.manager, tokenHash(token), now, this.clock.today());
  }

  async execute({ token, password, ...browser }: SetPasswordInput): Promise<SetPasswordOutcome> {
    const holder = await this.holderOf(token);
    if (!holder) return { kind: 'link-spent' };
    const fault = passwordFault(password, holder);
    if (fault !== null) return { kind: 'fault', fault, holder };
    const hash = await this.hasher.hash(password);
    return this.work.run(async (tx) => {
      // Whoever mails a link meanwhile sees the password, or has made the link before this voids it.
      await this.people.hold(tx, holder.id);
      const used = await this.links.use(tx, tokenHash(token), this.clock.now().toISOString());
      if (!used) return { kind: 'link-spent' };
      const isFirst = (await this.credentials.find(tx, holder.id)) === null;
      const session = await this.start.inTransaction(tx, holder.id, 'link', browser);
      const by = { personId: holder.id, name: holder.name };
      const password = { personId: holder.id, hash, by, how: 'link', kept: tokenHash(session) } as const;
      await this.save.inTransaction(tx, password);
      return { kind: 'set', session, isFirst };
    });
  }
}
