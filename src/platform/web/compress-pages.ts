import type { FastifyInstance } from 'fastify';
import { compressed, encodingFor } from './compression.js';

/** Smaller ones fit into one packet as they are. */
const WORTH_IT = 1_400;
/** Fast: a page is written once and read once. */
const QUALITY = { br: 4, gzip: 5 } as const;

/** Pages leave compressed. Everything else is as it was. */
export function compressPages(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    const type = reply.getHeader('content-type');
    if (typeof payload !== 'string' || typeof type !== 'string' || !type.startsWith('text/html')) return payload;
    const encoding = encodingFor(request.headers['accept-encoding']);
    const vary = reply.getHeader('vary');
    reply.header('Vary', typeof vary === 'string' && vary !== '' ? `${vary}, Accept-Encoding` : 'Accept-Encoding');
    if (encoding === null || payload.length < WORTH_IT) return payload;
    reply.header('Content-Encoding', encoding).removeHeader('content-length');
    return compressed(Buffer.from(payload), encoding, QUALITY[encoding]);
  });
}
