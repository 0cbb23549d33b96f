import type { FastifyRequest } from 'fastify';

/** Whether a browser asks for a page. The API answers with problem documents, whoever asks. */
export function wantsHtml({ url, headers }: Pick<FastifyRequest, 'url' | 'headers'>): boolean {
  if (url.startsWith('/api/')) return false;
  return headers.accept?.includes('text/html') === true;
}
