import type { FastifyReply, FastifyRequest } from 'fastify';
import { BODY_LIMIT } from '../http/limits.js';
import { Log } from '../log/log.js';
import { errorPage } from '../web/error-page.js';
import { localPath } from '../web/local-path.js';
import { HTML } from '../web/page.js';
import { wantsHtml } from '../web/wants-html.js';
import { languageOf } from './language.js';
import { describeProblem, type Asked, type Problem } from './problem.js';

const asked = (request: FastifyRequest, allow: readonly string[]): Asked => ({
  language: wantsHtml(request) ? 'sv' : languageOf(request.headers['accept-language']),
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
  void reply.code(problem.status).headers({ ...headers, 'Cache-Control': 'no-store', Vary: 'Accept, Accept-Language' });
  if (wantsHtml(request)) return sendPage(problem, request, reply);
  void reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

/** A browser gets a page. Who is to sign in is led there first, and back again afterwards. */
function sendPage(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  reply.removeHeader('WWW-Authenticate');
  if (problem.status === 401 && request.method === 'GET') {
    const next = localPath(request.url);
    const query = next === null || next === '/' ? '' : `?vidare=${encodeURIComponent(next)}`;
    void reply.redirect(`/logga-in${query}`, 303);
    return;
  }
  const { referer, host } = request.headers;
  const headers = { ...(referer === undefined ? {} : { referer }), ...(host === undefined ? {} : { host }) };
  void reply.type(HTML).send(errorPage(problem, headers));
}
