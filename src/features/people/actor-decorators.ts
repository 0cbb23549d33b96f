import { SetMetadata, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PUBLIC } from '../../platform/http/operation.js';
import type { Actor } from './actor.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication guard. */
    actor?: Actor;
  }
}

/** Opens a route to everyone: no token and no session is asked for. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);

export function actorIn(context: ExecutionContext): Actor {
  const { actor } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!actor) throw new Error('nobody asks: the route is public');
  return actor;
}

/** Who asks. For routes that are not public. */
export const CurrentActor = createParamDecorator((_data: unknown, context) => actorIn(context));
