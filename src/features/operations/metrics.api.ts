import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RuleError } from '../../domain/errors.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Public } from '../people/actor-decorators.js';
import { Metrics } from './metrics.js';

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/i;
const BEARER = /^Bearer +(\S+) *$/i;
/** What a proxy puts on a request that it hands on. */
const BY_PROXY = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** From this machine itself: a proxy on it makes everyone's requests look so, and says that it did. */
const isLocal = ({ socket, headers }: FastifyRequest): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') && BY_PROXY.every((name) => headers[name] === undefined);

/** Read by Prometheus: from this machine, or with METRICS_TOKEN as bearer token. No part of the API document. */
@Public()
@Controller('metrics')
export class MetricsApi {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly metrics: Metrics,
  ) {}

  @Get()
  async read(@CurrentExchange() { request, reply }: Exchange): Promise<string> {
    void reply.header('Cache-Control', 'no-store');
    if (!this.mayRead(request))
      throw new RuleError('unauthenticated', 'Metrics are for this machine, or with METRICS_TOKEN');
    const { type, body } = await this.metrics.text();
    void reply.header('Content-Type', type);
    return body;
  }

  private mayRead(request: FastifyRequest): boolean {
    const given = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const { metricsToken } = this.config;
    if (given !== undefined) return metricsToken !== null && isSame(given, metricsToken);
    return isLocal(request);
  }
}
