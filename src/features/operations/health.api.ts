import { Controller, Get, Header, HttpStatus } from '@nestjs/common';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Operation } from '../../platform/http/operation.js';
import { Public } from '../people/actor-decorators.js';
import { LiveView, ReadyView } from './health.dto.js';
import { CheckReadiness, type Readiness } from './check-readiness.js';

/** For whoever watches the process. Says nothing of people or cases. */
@Public()
@Controller('health')
export class HealthApi {
  constructor(private readonly readiness: CheckReadiness) {}

  @Get('live')
  @Header('Cache-Control', 'no-store')
  @Operation({ summary: 'Processen lever', answers: { 200: { description: 'Den svarar', schema: LiveView } } })
  live(): LiveView {
    return { live: true };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @Operation({
    summary: 'Om begäran kan besvaras, och hur databas, kö, e-post och påminnelser mår',
    answers: {
      200: { description: 'Databasen fungerar', schema: ReadyView },
      503: { description: 'Databasen fungerar inte', schema: ReadyView },
    },
  })
  async ready(@CurrentExchange() { reply }: Exchange): Promise<Readiness> {
    const readiness = await this.readiness.execute();
    if (!readiness.ready) void reply.code(HttpStatus.SERVICE_UNAVAILABLE).header('Retry-After', '5');
    return readiness;
  }
}
