import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import { newToken, tokenHash } from '../../platform/web/cookies.js';
import { SESSION_IDLE_MS, SESSION_LONGEST_MS } from './account-limits.js';
import type { SignedInBy } from './session.entity.js';
import { SessionRepository } from './session.repository.js';

/** What the browser calls itself. */
export const shortened = (userAgent: string | undefined): string | null =>
  userAgent === undefined || userAgent.trim() === '' ? null : userAgent.replace(/\p{C}/gu, '').slice(0, 255);

/** The browser that signs in. */
export interface SigningIn {
  readonly userAgent: string | undefined;
  /** The session that it came with, whosever: it ends, since the browser forgets it. */
  readonly replaced: string | null;
}

/** Begins a session in the caller's transaction. Always a new one, so that none that was planted is taken over. */
@Injectable()
export class StartSession {
  constructor(
    private readonly clock: Clock,
    private readonly sessions: SessionRepository,
  ) {}

  /** The token for the cookie, which only the browser keeps. */
  async inTransaction(
    tx: EntityManager,
    personId: string,
    signedInBy: SignedInBy,
    { userAgent, replaced }: SigningIn,
  ): Promise<string> {
    const now = this.clock.now();
    const at = (ms: number): string => new Date(now.getTime() + ms).toISOString();
    await this.sessions.removeEnded(tx, at(0), at(-SESSION_IDLE_MS));
    if (replaced !== null) await this.sessions.remove(tx, replaced);
    const token = newToken();
    await this.sessions.insert(tx, {
      id: tokenHash(token),
      personId,
      signedInBy,
      createdAt: at(0),
      lastSeenAt: at(0),
      expiresAt: at(SESSION_LONGEST_MS),
      userAgent: shortened(userAgent),
    });
    return token;
  }
}
