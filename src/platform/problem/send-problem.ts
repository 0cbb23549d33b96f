import type { FastifyReply, FastifyRequest } from 'fastify';
import { BODY_LIMIT, FORM_LIMIT } from '../http/limits.js';
import { Log } from '../log/log.js';
import { errorPage, signInHref } from '../web/error-page.js';
import { isFromHere } from '../web/from-here.js';
import { localPath } from '../web/local-path.js';
import { HTML } from '../web/page.js';
import { refillIn, typedFields, type Refill, type TypedField } from '../web/typed-fields.js';
import { wantsHtml } from '../web/wants-html.js';
import { languageOf } from './language.js';
import { describeProblem, type Asked, type Problem } from './problem.js';

/** Of an address with its query. */
type MethodsAt = (url: string) => readonly string[];

/** What only the server knows about a request. */
export interface Surroundings {
  /** The methods that an address has. */
  readonly methodsAt: MethodsAt;
  /** Whether a form was sent that a page of ours has shown, be it in a session that has ended. */
  readonly hasOurForm: (request: FastifyRequest) => boolean;
}

const isForm = ({ headers }: FastifyRequest): boolean =>
  headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded') === true;

const asked = (request: FastifyRequest, allow: readonly string[]): Asked => ({
  language: wantsHtml(request) ? 'sv' : languageOf(request.headers['accept-language']),
  requestId: request.id,
  allow,
  isForm: isForm(request),
  withCredentials: request.headers.authorization !== undefined,
});

/** Answers an error as a problem document. What is our own fault is logged with its stack and told without it. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
  around: Surroundings,
): void {
  const allow = request.is404 ? around.methodsAt(request.url) : [];
  const { problem, headers, ours } = describeProblem(
    error,
    asked(request, allow),
    isForm(request) ? FORM_LIMIT : BODY_LIMIT,
  );
  if (ours) log.error('a request failed', { requestId: request.id, problem: problem.type, err: error });
  if (reply.sent) return;
  void reply.code(problem.status).headers({ ...headers, 'Cache-Control': 'no-store', Vary: 'Accept, Accept-Language' });
  if (isForPage(problem, request)) return sendPage(problem, request, reply, around);
  void reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

/** A page answers with a page also the one who sends it something else than a form. */
const isForPage = ({ status }: Problem, request: FastifyRequest): boolean =>
  wantsHtml(request) || (status === 415 && !request.url.startsWith('/api/'));

/** The page that a form was on: the one it came from, or its own address, when that is a page of ours to go to. */
function pageOf({ headers, host, url }: FastifyRequest, methodsAt: MethodsAt): string | null {
  const { referer } = headers;
  const from = referer !== undefined && URL.canParse(referer) ? new URL(referer) : null;
  const pages = [from !== null && from.host === host ? from.pathname + from.search : null, url].map(localPath);
  return pages.find((page) => page !== null && methodsAt(page).includes('GET')) ?? null;
}

/**
 * Whether a form of ours is answered: then what was typed in it is given back, whatever the reason that it could not be
 * taken: nobody signed in, a role or a case that is gone since, or a fault of ours. To what another site sends, or a
 * program that has opened no page of ours, nothing is given back.
 */
const isFormOfOurs = (request: FastifyRequest, { hasOurForm }: Surroundings): boolean =>
  isFromHere(request) && hasOurForm(request);

const typedIn = (request: FastifyRequest, around: Surroundings): TypedField[] =>
  isFormOfOurs(request, around) ? typedFields(request.body) : [];

const isLost = (type: string): boolean => type === '/problems/unauthenticated' || type === '/problems/form-not-ours';

/** Where that form can be shown again, filled in. Nowhere but at an address of ours that takes forms. */
function refillOf({ type }: Problem, request: FastifyRequest, around: Surroundings): Refill | null {
  const refill = isLost(type) && isFormOfOurs(request, around) ? refillIn(request.body) : null;
  return refill !== null && around.methodsAt(refill.action).includes('POST') ? refill : null;
}

/** Whether the browser has no session at all, alive or not: it was signed out, or has forgotten. */
const isSignedOut = ({ cookies }: FastifyRequest): boolean =>
  !Object.keys(cookies).some((name) => name.endsWith('diarium-session'));

/** The nearest page above an address that only takes forms: the one that its form is on, or that leads to it. */
function pageAbove(url: string, methodsAt: MethodsAt): string | null {
  const steps = (url.split('?', 1)[0] ?? '').split('/');
  for (let left = steps.length - 1; left > 0; left -= 1) {
    const page = localPath(steps.slice(0, left).join('/') || '/');
    if (page !== null && methodsAt(page).includes('GET')) return page;
  }
  return null;
}

/** A browser gets a page. Who is to sign in is led there first, and back again afterwards. */
function sendPage(problem: Problem, request: FastifyRequest, reply: FastifyReply, around: Surroundings): void {
  reply.removeHeader('WWW-Authenticate');
  if (problem.status === 401 && request.method === 'GET') {
    void reply.redirect(signInHref(localPath(request.url)), 303);
    return;
  }
  const above = problem.status === 405 && request.method === 'GET' ? pageAbove(request.url, around.methodsAt) : null;
  if (above !== null) {
    void reply.removeHeader('Allow').redirect(above, 303);
    return;
  }
  const asked = {
    from: pageOf(request, around.methodsAt),
    typed: typedIn(request, around),
    refill: refillOf(problem, request, around),
    signedOut: isLost(problem.type) && (problem.status === 401 || isSignedOut(request)),
  };
  void reply.type(HTML).send(errorPage(problem, asked));
}
