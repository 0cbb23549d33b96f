import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../domain/errors.js';
import { Clock } from '../clock/clock.port.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { IdempotencyStore, type KeyedRequest } from './idempotency-store.js';
import type { Exchange } from './exchange.js';

/** What a controller answers, so that it can be kept and given again. */
export interface Answer<T> {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: T;
}

interface Replayed<T> {
  readonly answer: Answer<T>;
  readonly replayed: boolean;
}

/** Who a key belongs to. */
interface Caller {
  readonly personId: string;
}

/** Rights may have gone since the first answer: gives what the caller may see of it by now, or throws. */
type Again<T> = (tx: EntityManager, body: T) => T | Promise<T>;

const KEY = /^[\x20-\x7e]{1,255}$/;

/**
 * Runs an act once per `Idempotency-Key`: of the same person, method and path.
 *
 * The key is stored in the transaction of what it stands for, so that no crash can part them, and a failure is not
 * stored. A second request with the key waits for the first and gets its answer.
 */
@Injectable()
export class Idempotency {
  constructor(
    private readonly work: UnitOfWork,
    private readonly store: IdempotencyStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `effect` in a unit of work, sets status and headers on the reply, and gives the body to return.
   * A repeat is given the first answer, as far as it may be seen by now, with `Idempotency-Replayed: true`, and `effect` is not run.
   *
   * @param again what the caller may see of the first answer's body by now, or a refusal
   * @throws RuleError `idempotency-key-invalid`, `idempotency-key-reused`
   */
  async execute<T>(
    exchange: Exchange,
    caller: Caller,
    effect: (tx: EntityManager) => Promise<Answer<T>>,
    again: Again<T>,
  ): Promise<T> {
    const { request, reply } = exchange;
    const { answer, replayed } = await this.around(request, caller, effect, again);
    void reply.code(answer.status).headers({ ...answer.headers });
    if (replayed) void reply.header('Idempotency-Replayed', 'true');
    return answer.body;
  }

  private around<T>(
    request: FastifyRequest,
    caller: Caller,
    effect: (tx: EntityManager) => Promise<Answer<T>>,
    again: Again<T>,
  ): Promise<Replayed<T>> {
    const key = keyOf(request);
    if (key === null) return this.work.run(async (tx) => ({ answer: await effect(tx), replayed: false }));
    const keyed = keyedRequest(request, caller, key);
    return this.work.run(async (tx) => {
      const now = this.clock.now();
      const earlier = await this.store.claim<T>(tx, keyed, now);
      if (earlier) {
        return { answer: { ...earlier, body: await again(tx, earlier.body) }, replayed: true };
      }
      const answer = await effect(tx);
      await this.store.keep(tx, keyed, answer);
      return { answer, replayed: false };
    });
  }
}

/** @throws RuleError `idempotency-key-invalid` */
function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && KEY.test(key)) return key;
  const message = 'An Idempotency-Key is 1 to 255 printable ASCII characters';
  throw new RuleError('idempotency-key-invalid', message, { field: 'Idempotency-Key' });
}

function keyedRequest(request: FastifyRequest, { personId }: Caller, key: string): KeyedRequest {
  const [path = '', query = ''] = request.url.split('?', 2);
  const content = canonical([query, request.body ?? null]);
  const bodyHash = createHash('sha256').update(content).digest('hex');
  return { personId, method: request.method, path: path.slice(0, 500), key, bodyHash };
}

/** JSON with its keys in order, so that the same content has one text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
