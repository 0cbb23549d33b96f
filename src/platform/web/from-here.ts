import type { FastifyRequest } from 'fastify';

/** Whether a browser says that one of our own pages sent this, or says nothing of where it comes from. */
export function isFromHere({ headers, host }: Pick<FastifyRequest, 'headers' | 'host'>, own?: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  if (origin === undefined) return true;
  return origin === own || (URL.canParse(origin) && new URL(origin).host === host);
}
