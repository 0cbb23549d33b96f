import type { FastifyInstance } from 'fastify';

export interface ServedRoute {
  readonly method: string;
  /** As Fastify knows it: `/api/v1/referrals/:id`. */
  readonly path: string;
}

interface Known extends ServedRoute {
  readonly shape: RegExp;
}

const shapeOf = (path: string): RegExp => {
  const steps = path.split('/').map((step) => (step.startsWith(':') ? '[^/]+' : step.replace(/[^\w-]/g, '\\$&')));
  return new RegExp(`^${steps.join('/')}$`);
};

/** Every route that this process serves, as Fastify was told of them. */
export class RouteTable {
  private readonly known: Known[] = [];

  /** Notes the routes that are registered from now on. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) this.known.push({ method: one, path: url, shape: shapeOf(url) });
    });
  }

  get routes(): readonly ServedRoute[] {
    return this.known.map(({ method, path }) => ({ method, path }));
  }

  /** The methods that this address has. */
  methodsAt(url: string): string[] {
    const path = url.split('?', 1)[0] ?? '';
    return [...new Set(this.known.filter(({ shape }) => shape.test(path)).map(({ method }) => method))].sort();
  }
}
