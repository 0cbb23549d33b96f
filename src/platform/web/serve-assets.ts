import type { FastifyInstance } from 'fastify';
import { encodingFor } from './compression.js';
import { findAsset } from './assets.js';

interface AssetRoute {
  readonly Params: { readonly hash: string; readonly name: string };
}

/**
 * Serves the files of the pages, and nothing else from any disk. An address holds the hash of its content, so it never
 * goes stale; with the hash of an earlier release the file of today is given, and not kept.
 */
export function serveAssets(fastify: FastifyInstance): void {
  fastify.get<AssetRoute>('/assets/:hash/:name', async (request, reply) => {
    const { hash, name } = request.params;
    const asset = findAsset(name);
    if (!asset) return reply.code(404).header('Cache-Control', 'no-store').type('text/plain; charset=utf-8').send('');
    const encoding = asset.isText ? encodingFor(request.headers['accept-encoding']) : null;
    void reply
      .type(asset.type)
      .header('Cache-Control', hash === asset.hash ? 'public, max-age=31536000, immutable' : 'no-store')
      .header('Vary', 'Accept-Encoding');
    if (encoding === null) return reply.send(asset.body);
    return reply.header('Content-Encoding', encoding).send(await asset.encoded(encoding));
  });
}
