import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Actor } from '../people/actor.js';
import { CredentialRepository } from './credential.repository.js';
import { PasswordHasher } from './password-hasher.js';
import { passwordFault, type PasswordFault } from './password-rule.js';
import { SavePassword } from './save-password.js';
import { SignInThrottle } from './sign-in-throttle.js';

export interface ChangePasswordInput {
  /** The password of today. */
  readonly current: string;
  readonly password: string;
  readonly address: string;
  /** The session that goes on; all others end. */
  readonly kept: string | null;
}

export type ChangePasswordOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'current-wrong' }
  | { readonly kind: 'paused'; readonly until: Date }
  | { readonly kind: 'fault'; readonly fault: PasswordFault };

/** Changes one's own password. Who has none yet, signing in by other means, gets one by a link instead. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly work: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly credentials: CredentialRepository,
    private readonly hasher: PasswordHasher,
    private readonly throttle: SignInThrottle,
    private readonly save: SavePassword,
  ) {}

  /** When the password was set; null when there is none. */
  async changedAt(personId: string): Promise<string | null> {
    return (await this.credentials.find(this.read.manager, personId))?.changedAt ?? null;
  }

  async execute(
    actor: Actor,
    { current, password, address, kept }: ChangePasswordInput,
  ): Promise<ChangePasswordOutcome> {
    const fault = passwordFault(password, actor);
    if (fault !== null) return { kind: 'fault', fault };
    const attempt = { email: actor.email, address };
    const until = await this.work.run((tx) => this.throttle.begin(tx, attempt));
    if (until !== null) return { kind: 'paused', until };
    const known = await this.credentials.find(this.read.manager, actor.personId);
    if (!(await this.hasher.verify(known?.hash ?? null, current))) return { kind: 'current-wrong' };
    const hash = await this.hasher.hash(password);
    return this.work.run(async (tx) => {
      if ((await this.credentials.find(tx, actor.personId))?.hash !== known?.hash) return { kind: 'current-wrong' };
      await this.throttle.succeeded(tx, attempt);
      await this.save.inTransaction(tx, { personId: actor.personId, hash, by: actor, how: 'changed', kept });
      return { kind: 'changed' };
    });
  }
}
