import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import { TokenRepository } from '../people/token.repository.js';
import { CredentialRepository } from './credential.repository.js';
import { SessionRepository } from './session.repository.js';
import { SignInLinkRepository } from './sign-in-link.repository.js';

/** What no longer lets anyone in. */
export interface VoidedSignIns {
  readonly endedSessions: number;
  readonly revokedTokens: number;
}

/** Takes away whatever a person could sign in with here: password, sessions, links and tokens. */
@Injectable()
export class VoidSignIns {
  constructor(
    private readonly clock: Clock,
    private readonly credentials: CredentialRepository,
    private readonly sessions: SessionRepository,
    private readonly links: SignInLinkRepository,
    private readonly tokens: TokenRepository,
  ) {}

  async inTransaction(tx: EntityManager, personId: string): Promise<VoidedSignIns> {
    const at = this.clock.now().toISOString();
    await this.credentials.remove(tx, personId);
    await this.links.voidAllOf(tx, personId, at);
    const endedSessions = await this.sessions.removeAllOf(tx, personId, null);
    return { endedSessions, revokedTokens: await this.tokens.revokeAllOf(tx, personId, at) };
  }
}
