import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { RuleError } from '../../domain/errors.js';
import { PUBLIC } from '../../platform/http/operation.js';
import type { Actor } from './actor.js';
import { AUTHENTICATORS, Authenticator } from './authenticator.js';

/** Lets nobody in unknown, but to routes that are `@Public()`. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATORS) private readonly authenticators: readonly Authenticator[],
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic === true) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const actor = await this.firstWhoKnows(request);
    if (!actor) throw new RuleError('unauthenticated', 'A valid token or session is needed');
    request.actor = actor;
    request.personId = actor.personId;
    return true;
  }

  private async firstWhoKnows(request: FastifyRequest): Promise<Actor | null> {
    for (const authenticator of this.authenticators) {
      const actor = await authenticator.authenticate(request);
      if (actor) return actor;
    }
    return null;
  }
}
