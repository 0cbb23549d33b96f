import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const LOOK_AGAIN_MS = 50;

/**
 * A server that closes waits for its connections: for one whose client has said nothing yet, or only half of a head,
 * until its time is out, and for one kept alive until its client hangs up. When closing, every connection without a
 * request under way is let go; a request under way is answered first.
 */
export function letGoWhenClosing(fastify: FastifyInstance): void {
  /** Each connection with how many of its requests are under way. */
  const underWay = new Map<Socket, number>();
  const add = (socket: Socket, count: number): void => {
    if (!socket.destroyed) underWay.set(socket, (underWay.get(socket) ?? 0) + count);
  };
  fastify.server.on('connection', (socket: Socket) => {
    add(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  fastify.server.prependListener('request', ({ socket }: IncomingMessage, answer: ServerResponse) => {
    add(socket, 1);
    answer.once('close', () => add(socket, -1));
  });
  const letGo = (): void => {
    for (const [socket, count] of underWay) if (count === 0) socket.destroy();
  };
  let timer: NodeJS.Timeout | undefined;
  fastify.addHook('preClose', (done) => {
    timer = setInterval(letGo, LOOK_AGAIN_MS);
    done();
  });
  fastify.addHook('onClose', (_instance, done) => {
    clearInterval(timer);
    done();
  });
}
