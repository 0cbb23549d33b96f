import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { HttpException, UnsupportedMediaTypeException } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppConfig } from '../config/config.js';
import { Log } from '../log/log.js';
import { sendProblem } from '../problem/send-problem.js';
import { serveWeb } from '../web/serve-web.js';
import { answerBrokenRequest } from './broken-request.js';
import { readJson } from './json-body.js';
import { letGoWhenClosing } from './let-go-when-closing.js';
import { BODY_LIMIT, HEADER_LIMIT, REQUEST_TIMEOUT_MS } from './limits.js';
import { RouteTable } from './route-table.js';
import { securityHeaders } from './security-headers.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, for the log; set by whoever finds out. */
    personId?: string;
  }
}

/** What the router cannot read has neither an address nor a form. */
const NO_ROUTE = { methodsAt: () => [], hasOurForm: () => false };

const SANE_REQUEST_ID = /^[A-Za-z0-9._:-]{8,100}$/;

function requestId(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : randomUUID();
}

/** The HTTP server, before Nest has put its routes on it. */
export function fastifyServer(config: AppConfig, log: Log, routes: RouteTable): FastifyAdapter {
  const guards = securityHeaders(config.baseUrl);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    http: { maxHeaderSize: HEADER_LIMIT },
    requestTimeout: REQUEST_TIMEOUT_MS,
    // One proxy: what it adds is believed, not what a client put there before.
    trustProxy: config.trustProxy ? (_address: string, hop: number) => hop === 0 : false,
    logger: false,
    genReqId: ({ headers }: { headers: Record<string, string | string[] | undefined> }) => requestId(headers),
    // A malformed address, or one too long: the router finds out before there is a route that Nest could guard.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const status = error.statusCode ?? 400;
      reply.headers({ ...guards, 'X-Request-Id': request.id });
      sendProblem(new HttpException(error.message, status, { cause: error }), request, reply, log, NO_ROUTE);
      logRequest(log, request, status, reply.elapsedTime);
    },
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket) =>
      answerBrokenRequest(error, socket, guards),
    routerOptions: { maxParamLength: 500 },
  });
  readJson(adapter);
  prepare(adapter.getInstance(), guards, log, routes);
  return adapter;
}

type Guards = ReturnType<typeof securityHeaders>;

function prepare(fastify: FastifyInstance, guards: Guards, log: Log, routes: RouteTable): void {
  routes.watch(fastify);
  fastify.removeContentTypeParser('text/plain');
  fastify.decorateRequest('personId', undefined);
  fastify.decorateRequest('actor', undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers({ ...guards, 'X-Request-Id': request.id });
    done(takesBody(request) ? undefined : new UnsupportedMediaTypeException());
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    logRequest(log, request, reply.statusCode, reply.elapsedTime);
    done();
  });
  letGoWhenClosing(fastify);
  serveWeb(fastify);
}

const JSON_TYPE = /^application\/json *(;|$)/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded *(;|$)/i;

/** Pages take forms alone; the API takes JSON alone, which no form of another site can send. */
function takesBody({ url, headers }: FastifyRequest): boolean {
  const type = headers['content-type'];
  return type === undefined || (url.startsWith('/api/') ? JSON_TYPE : FORM_TYPE).test(type);
}

/** One line per request: never the query, which may hold what someone searched for. */
function logRequest(log: Log, request: FastifyRequest, status: number, ms: number): void {
  log.info('request', {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? null,
    status,
    ms: Math.round(ms * 10) / 10,
    ...(request.personId === undefined ? {} : { personId: request.personId }),
  });
}
