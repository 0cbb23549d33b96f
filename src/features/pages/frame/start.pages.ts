import { Controller, Get } from '@nestjs/common';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { RouteTable } from '../../../platform/http/route-table.js';
import type { Actor } from '../../people/actor.js';
import { CurrentActor } from '../../people/actor-decorators.js';
import { startOf } from './menu.js';

/** The bare address leads to the page that a person begins with. */
@Controller()
export class StartPages {
  constructor(private readonly routes: RouteTable) {}

  @Get()
  start(@CurrentActor() actor: Actor, @CurrentExchange() { reply }: Exchange): void {
    void reply.header('Cache-Control', 'no-store').redirect(startOf(actor, this.routes), 303);
  }
}
