import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cookies, isToken, tokenHash } from '../../platform/web/cookies.js';
import type { Actor } from '../people/actor.js';
import { Actors } from '../people/actors.js';
import { Authenticator } from '../people/authenticator.js';
import { SESSION_IDLE_MS, SESSION_NOTED_EVERY_MS } from './account-limits.js';
import { SessionRepository } from './session.repository.js';
import type { SigningIn } from './start-session.js';

/** Tells who asks from the session cookie. */
@Injectable()
export class SessionAuthenticator extends Authenticator {
  constructor(
    private readonly cookies: Cookies,
    private readonly read: ReadDatabase,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly sessions: SessionRepository,
    private readonly actors: Actors,
  ) {
    super();
  }

  /** A request with a bearer token stands and falls with it. */
  async authenticate(request: FastifyRequest): Promise<Actor | null> {
    const token = this.cookies.read(request, 'session');
    if (request.headers.authorization !== undefined || !isToken(token)) return null;
    const id = tokenHash(token);
    const today = this.clock.today();
    const holder = await this.sessions.holderOf(this.read.manager, id, today);
    if (!holder || !(await this.isAlive(id, holder))) return null;
    return this.actors.actorOf(this.read.manager, holder, today);
  }

  /** The session that a request came with, alive or not. */
  sessionIdOf(request: FastifyRequest): string | null {
    const token = this.cookies.read(request, 'session');
    return isToken(token) ? tokenHash(token) : null;
  }

  /** The browser that asks to be signed in, with the session that the new one replaces. */
  browserOf(request: FastifyRequest): SigningIn {
    return { userAgent: request.headers['user-agent'], replaced: this.sessionIdOf(request) };
  }

  private async isAlive(
    id: string,
    { lastSeenAt, expiresAt }: { readonly lastSeenAt: string; readonly expiresAt: string },
  ): Promise<boolean> {
    const now = this.clock.now();
    const unused = now.getTime() - new Date(lastSeenAt).getTime();
    if (expiresAt <= now.toISOString() || unused >= SESSION_IDLE_MS) return false;
    if (unused >= SESSION_NOTED_EVERY_MS) await this.work.run((tx) => this.sessions.touch(tx, id, now.toISOString()));
    return true;
  }
}
