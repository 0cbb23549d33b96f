import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { passwordKey } from './password-rule.js';

/** What OWASP asks of argon2id at the least: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** How a hash of that cost begins. */
const AS_NOW = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;

/** Argon2id, off the event loop. */
@Injectable()
export class PasswordHasher {
  private nobodys: Promise<string> | null = null;

  async hash(password: string): Promise<string> {
    const argon2 = await import('@node-rs/argon2');
    return argon2.hash(passwordKey(password), COST);
  }

  /** @param hash null where there is no account or no password: the answer is then no, and takes as long */
  async verify(hash: string | null, password: string): Promise<boolean> {
    const argon2 = await import('@node-rs/argon2');
    const right = await argon2.verify(hash ?? (await this.nobodysHash()), passwordKey(password));
    return right && hash !== null;
  }

  /** @returns the hash that a password which was right is to have from now on, or null when it has that */
  async renewed(hash: string, password: string): Promise<string | null> {
    return hash.startsWith(AS_NOW) ? null : this.hash(password);
  }

  private nobodysHash(): Promise<string> {
    return (this.nobodys ??= this.hash(randomBytes(24).toString('base64url')));
  }
}
