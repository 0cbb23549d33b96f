import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RouteTable } from '../http/route-table.js';
import { Log } from '../log/log.js';
import { FormTokens, formTokenIn } from '../web/form-tokens.js';
import { sendProblem } from './send-problem.js';

/** Every error of every route ends here. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly routes: RouteTable,
    private readonly tokens: FormTokens,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    sendProblem(error, request, http.getResponse<FastifyReply>(), this.log, {
      methodsAt: (url) => this.routes.methodsAt(url),
      hasOurForm: (sent) => this.tokens.isMadeHere(formTokenIn(sent)),
    });
  }
}
