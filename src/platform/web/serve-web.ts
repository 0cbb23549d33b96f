import cookie from '@fastify/cookie';
import formBody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import { compressPages } from './compress-pages.js';
import { serveAssets } from './serve-assets.js';

/** The largest form that is taken in, in bytes. Files come another way. */
const FORM_LIMIT = 262_144;

/** Of a field that came several times, all. The names are plain keys: a form cannot reach into a prototype. */
export function parseForm(text: string): Record<string, string | string[]> {
  const parameters = new URLSearchParams(text);
  const names = [...new Set(parameters.keys())];
  const read = names.map((name): [string, string | string[]] => {
    const all = parameters.getAll(name);
    return [name, all.length === 1 ? (all[0] ?? '') : all];
  });
  return Object.fromEntries(read);
}

/** What the HTTP server needs for pages: cookies, forms, their files, and compression. */
export function serveWeb(fastify: FastifyInstance): void {
  void fastify.register(cookie);
  void fastify.register(formBody, { bodyLimit: FORM_LIMIT, parser: parseForm });
  compressPages(fastify);
  serveAssets(fastify);
}
