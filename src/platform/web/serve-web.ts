import cookie from '@fastify/cookie';
import formBody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import { FORM_LIMIT } from '../http/limits.js';
import { TooManyFields } from '../problem/too-many-fields.js';
import { compressPages } from './compress-pages.js';
import { serveAssets } from './serve-assets.js';

/** So many fields a form has at most, which is many times what our longest has. */
const MOST_FIELDS = 1_000;

/**
 * Of a field that came several times, all. No form of ours has a field that is named after what every object has: such
 * names are left out, so that none reaches into a prototype.
 *
 * @throws TooManyFields before any is read: each costs something wherever the form is looked at
 */
export function parseForm(text: string): Record<string, string | string[]> {
  if (!hasRoomFor(text)) throw new TooManyFields(MOST_FIELDS);
  const read = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const before = read.get(name);
    if (Array.isArray(before)) before.push(value);
    else read.set(name, before === undefined ? value : [before, value]);
  }
  return Object.fromEntries([...read].filter(([name]) => !(name in Object.prototype)));
}

function hasRoomFor(text: string): boolean {
  let fields = 1;
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) {
    fields += 1;
    if (fields > MOST_FIELDS) return false;
  }
  return true;
}

/** What the HTTP server needs for pages: cookies, forms, their files, and compression. */
export function serveWeb(fastify: FastifyInstance): void {
  void fastify.register(cookie);
  void fastify.register(formBody, { bodyLimit: FORM_LIMIT, parser: parseForm });
  compressPages(fastify);
  serveAssets(fastify);
}
