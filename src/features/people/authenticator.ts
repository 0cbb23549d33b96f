import type { FastifyRequest } from 'fastify';
import type { Actor } from './actor.js';

/** One way to tell who asks. The guard tries them in order, and the first that knows decides. */
export abstract class Authenticator {
  /** Null when the request does not carry what this way looks at, or it is not valid. */
  abstract authenticate(request: FastifyRequest): Promise<Actor | null>;
}

/** Injection token of the list of `Authenticator`s. */
export const AUTHENTICATORS = Symbol('AUTHENTICATORS');
