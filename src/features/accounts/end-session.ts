import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SessionRepository } from './session.repository.js';

/** Ends one of a person's own sessions, or all but one. */
@Injectable()
export class EndSession {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sessions: SessionRepository,
  ) {}

  /** Does nothing when it has ended, or is somebody else's. */
  async execute(personId: string, sessionId: string): Promise<void> {
    await this.work.run((tx) => this.sessions.removeOf(tx, personId, sessionId));
  }

  async allBut(personId: string, kept: string | null): Promise<void> {
    await this.work.run((tx) => this.sessions.removeAllOf(tx, personId, kept));
  }
}
