import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Log } from '../../platform/log/log.js';
import { PeopleRepository, hasLeft } from '../people/people.repository.js';
import { CredentialRepository } from './credential.repository.js';
import { PasswordHasher } from './password-hasher.js';
import { SignInThrottle, type Attempt } from './sign-in-throttle.js';
import { StartSession, type SigningIn } from './start-session.js';

export interface SignInInput extends Attempt, SigningIn {
  readonly password: string;
}

/** `refused` does not tell whether the address, the password or neither was wrong. */
export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly token: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'paused'; readonly until: Date };

interface Known {
  readonly id: string;
  readonly hash: string;
  /** The same password at today's cost, where it was hashed at another. */
  readonly renewed: string | null;
}

/** Signs someone in with address and password. An unknown address takes as long as a wrong password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly work: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly credentials: CredentialRepository,
    private readonly hasher: PasswordHasher,
    private readonly throttle: SignInThrottle,
    private readonly start: StartSession,
    private readonly log: Log,
  ) {}

  async execute(input: SignInInput): Promise<SignInOutcome> {
    const until = await this.work.run((tx) => this.throttle.begin(tx, input));
    if (until !== null) return { kind: 'paused', until };
    const refused: SignInOutcome = { kind: 'refused' };
    // Once more when the hash has changed meanwhile: another sign-in may have hashed the same password anew.
    return (await this.attempt(input)) ?? (await this.attempt(input)) ?? refused;
  }

  /** Null when what is kept of the password has changed while it was being looked at. */
  private async attempt(input: SignInInput): Promise<SignInOutcome | null> {
    const { id, hash } = await this.accountOf(this.read.manager, input.email);
    const isRight = await this.hasher.verify(hash, input.password);
    if (!isRight || id === null || hash === null) {
      this.log.warn('sign-in refused', id === null ? {} : { personId: id });
      return { kind: 'refused' };
    }
    const renewed = await this.hasher.renewed(hash, input.password);
    const token = await this.work.run((tx) => this.signIn(tx, { id, hash, renewed }, input));
    return token === null ? null : { kind: 'signed-in', token };
  }

  private async accountOf(em: EntityManager, email: string): Promise<{ id: string | null; hash: string | null }> {
    const person = await this.people.findByEmail(em, email);
    const credential = await this.credentials.find(em, person?.id ?? '');
    if (!person || hasLeft(person, this.clock.today())) return { id: null, hash: null };
    return { id: person.id, hash: credential?.hash ?? null };
  }

  /** Null when the hash is another by now. */
  private async signIn(tx: EntityManager, { id, hash, renewed }: Known, input: SignInInput): Promise<string | null> {
    if ((await this.accountOf(tx, input.email)).hash !== hash) return null;
    if (renewed !== null && !(await this.credentials.rehash(tx, id, hash, renewed))) return null;
    await this.throttle.succeeded(tx, input);
    await this.throttle.tidy(tx);
    this.log.info('signed in', { personId: id, by: 'password' });
    return this.start.inTransaction(tx, id, 'password', input);
  }
}
