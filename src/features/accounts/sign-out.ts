import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SessionRepository } from './session.repository.js';

/** Ends the session of the browser that asks. */
@Injectable()
export class SignOut {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sessions: SessionRepository,
  ) {}

  async execute(sessionId: string): Promise<void> {
    await this.work.run((tx) => this.sessions.remove(tx, sessionId));
  }
}
