import { Controller, Get } from '@nestjs/common';
import { RouteTable } from '../../../platform/http/route-table.js';
import { startOf } from './menu.js';
import { CurrentVisit, leadOn, type Visit } from './visit.js';

/** The bare address leads to the page that a person begins with. */
@Controller()
export class StartPages {
  constructor(private readonly routes: RouteTable) {}

  @Get()
  start(@CurrentVisit() visit: Visit): void {
    void visit.reply.header('Cache-Control', 'no-store');
    leadOn(visit, startOf(visit.actor, this.routes));
  }
}
