import { Controller, Get, HttpStatus, Param } from '@nestjs/common';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../../platform/clock/clock.port.js';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Public } from '../people/actor-decorators.js';
import { ReadCalendar } from './read-calendar.js';

const SUFFIX = '.ics';
const SECOND = 1_000;

/** Whether one of the tags that the reader has is the one there is (RFC 9110, 13.1.2). */
const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag || one.trim() === '*');

/** Where calendars read. Whoever has the address may read it; who may not is told the same as of one never made. */
@Public()
@Controller('kalender')
export class CalendarFileApi {
  constructor(
    private readonly calendar: ReadCalendar,
    private readonly clock: Clock,
  ) {}

  @Get(':file')
  async read(
    @CurrentExchange() { request, reply }: Exchange,
    @Param('file') file: string,
  ): Promise<string | undefined> {
    const found = file.endsWith(SUFFIX) ? await this.calendar.execute(file.slice(0, -SUFFIX.length)) : null;
    // Rights are looked at each time, so nothing may be shown again without asking.
    void reply.header('Cache-Control', 'private, no-cache').header('X-Robots-Tag', 'noindex');
    if (!found) throw new RuleError('not-found', 'no such calendar');
    const { etag, changedAt } = found;
    void reply.header('ETag', etag);
    // Within its own second it may change again under the same date.
    if (this.clock.now().getTime() - changedAt.getTime() >= SECOND) {
      void reply.header('Last-Modified', changedAt.toUTCString());
    }
    if (this.isKnown(request.headers, etag, changedAt)) {
      void reply.code(HttpStatus.NOT_MODIFIED);
      return undefined;
    }
    void reply.header('Content-Type', 'text/calendar; charset=utf-8');
    void reply.header('Content-Disposition', 'inline; filename="diarium.ics"');
    return found.file();
  }

  private isKnown(headers: Exchange['request']['headers'], etag: string, changedAt: Date): boolean {
    if (headers['if-none-match'] !== undefined) return matches(headers['if-none-match'], etag);
    const since = headers['if-modified-since'];
    const known = since === undefined ? NaN : new Date(since).getTime();
    return Math.floor(changedAt.getTime() / SECOND) * SECOND <= known && known <= this.clock.now().getTime();
  }
}
