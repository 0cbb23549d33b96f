import { BadRequestException } from '@nestjs/common';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { BODY_LIMIT } from './limits.js';

/** Lists and objects within each other: ten times what any body of ours has. */
const MOST_NESTED = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Whether lists and objects are nested deeper than any body of ours. In one pass, and also of what is no JSON. */
export function isTooNested(json: Buffer): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (OPENING.has(byte)) depth += 1;
    else if (CLOSING.has(byte)) depth -= 1;
    if (depth > MOST_NESTED) return true;
  }
  return false;
}

const tooNested = (): BadRequestException => {
  const cause = new SyntaxError('JSON that is nested too deep');
  return new BadRequestException(cause.message, { cause });
};

/** JSON as Fastify reads it, but for what is nested so deep that reading it would take seconds. */
export function readJson(adapter: FastifyAdapter): void {
  const parse = adapter.getInstance().getDefaultJsonParser('error', 'error');
  adapter.useBodyParser('application/json', false, { bodyLimit: BODY_LIMIT }, (request, body, done) => {
    if (isTooNested(body)) throw tooNested();
    void parse(request, body.toString('utf8'), done);
  });
}
