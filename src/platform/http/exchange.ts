import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** One request and its reply, for what a controller passes on whole: `Idempotency`, ETags. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export function exchangeIn(context: ExecutionContext): Exchange {
  const http = context.switchToHttp();
  return { request: http.getRequest<FastifyRequest>(), reply: http.getResponse<FastifyReply>() };
}

/** The request and its reply. Nest still sends what the method returns. */
export const CurrentExchange = createParamDecorator((_data: unknown, context) => exchangeIn(context));
