import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import type { Actor } from './actor.js';
import { Actors } from './actors.js';
import { Authenticator } from './authenticator.js';
import { TokenRepository, isToken } from './token.repository.js';

const BEARER = /^Bearer +(\S+) *$/i;

/** Tells who asks from the bearer token. */
@Injectable()
export class Authenticate extends Authenticator {
  constructor(
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
    private readonly tokens: TokenRepository,
    private readonly actors: Actors,
  ) {
    super();
  }

  authenticate(request: FastifyRequest): Promise<Actor | null> {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    return token === undefined ? Promise.resolve(null) : this.execute(token);
  }

  /** The holder of the token with the rights of today; null for a token that is guessed, revoked or a leaver's. */
  async execute(token: string): Promise<Actor | null> {
    if (!isToken(token)) return null;
    const em = this.read.manager;
    const today = this.clock.today();
    const holder = await this.tokens.holderOf(em, token, today);
    return holder && this.actors.actorOf(em, holder, today);
  }
}
