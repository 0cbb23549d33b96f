import type { FastifyReply, FastifyRequest } from 'fastify';
import { BODY_LIMIT } from '../http/limits.js';
import { Log } from '../log/log.js';
import { languageOf } from './language.js';
import { describeProblem, type Asked } from './problem.js';

const asked = (request: FastifyRequest, allow: readonly string[]): Asked => ({
  language: languageOf(request.headers['accept-language']),
  requestId: request.id,
  allow,
  withCredentials: request.headers.authorization !== undefined,
});

/**
 * Answers an error as a problem document. What is our own fault is logged with its stack and told without it.
 *
 * @param allow the methods that the address has, when it lacks the one asked for
 */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
  allow: readonly string[],
): void {
  const { problem, headers, ours } = describeProblem(error, asked(request, allow), BODY_LIMIT);
  if (ours) log.error('a request failed', { requestId: request.id, problem: problem.type, err: error });
  if (reply.sent) return;
  void reply
    .code(problem.status)
    .headers({ ...headers, 'Cache-Control': 'no-store', Vary: 'Accept-Language' })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}
