import cookie from '@fastify/cookie';
import formBody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import { compressPages } from './compress-pages.js';
import { serveAssets } from './serve-assets.js';

/** The largest form that is taken in, in bytes. Files come another way. */
const FORM_LIMIT = 262_144;

/**
 * Of a field that came several times, all. No form of ours has a field that is named after what every object has: such
 * names are left out, so that none reaches into a prototype.
 */
export function parseForm(text: string): Record<string, string | string[]> {
  const read = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const before = read.get(name);
    if (Array.isArray(before)) before.push(value);
    else read.set(name, before === undefined ? value : [before, value]);
  }
  return Object.fromEntries([...read].filter(([name]) => !(name in Object.prototype)));
}

/** What the HTTP server needs for pages: cookies, forms, their files, and compression. */
export function serveWeb(fastify: FastifyInstance): void {
  void fastify.register(cookie);
  void fastify.register(formBody, { bodyLimit: FORM_LIMIT, parser: parseForm });
  compressPages(fastify);
  serveAssets(fastify);
}
