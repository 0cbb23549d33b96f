import { Controller, Get, Param, Redirect } from '@nestjs/common';
import { RuleError } from '../../domain/errors.js';
import { REQUEST_STATUS, STATUS } from '../../platform/problem/statuses.js';
import { Public } from '../people/actor-decorators.js';

/** Where the `type` of a problem leads whoever follows it: to its line on the page about the API. */
@Public()
@Controller('problems')
export class ProblemsApi {
  @Get(':code')
  @Redirect('/api/docs', 302)
  explain(@Param('code') code: string): { url: string } {
    if (!Object.hasOwn(STATUS, code) && !Object.hasOwn(REQUEST_STATUS, code)) {
      throw new RuleError('not-found', 'There is no problem of this kind');
    }
    return { url: `/api/docs#problem-${code}` };
  }
}
