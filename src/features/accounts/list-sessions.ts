import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { SESSION_IDLE_MS } from './account-limits.js';
import type { SessionRow } from './session.entity.js';
import { SessionRepository } from './session.repository.js';

/** The browsers that a person is signed in with, last used first. */
@Injectable()
export class ListSessions {
  constructor(
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
    private readonly sessions: SessionRepository,
  ) {}

  execute(personId: string): Promise<SessionRow[]> {
    const now = this.clock.now();
    const seenAfter = new Date(now.getTime() - SESSION_IDLE_MS).toISOString();
    return this.sessions.listOf(this.read.manager, personId, now.toISOString(), seenAfter);
  }
}
