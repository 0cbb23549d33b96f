import { createParamDecorator, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RuleError } from '../../domain/errors.js';

const STRONG_ETAG = /^"(\d{1,9})"$/;

/** The version as an ETag. */
export const etagOf = (version: number | string): string => `"${version}"`;

/** In place of a version: whatever is there, as long as something is. */
export const ANY_VERSION = '*';

const TEXT_ETAG = /^"([\w-]{1,64})"$/;

/**
 * The version that a request was made on, where it may say so and need not: undefined when it does not, `ANY_VERSION`
 * for `*`. The use case judges it, in its transaction.
 *
 * @throws RuleError `version-stale` for a tag we never gave
 */
export function versionIfAny(ifMatch: string | undefined): string | undefined {
  const text = ifMatch?.trim() ?? '';
  if (text === '') return undefined;
  if (text === '*') return ANY_VERSION;
  const version = TEXT_ETAG.exec(text)?.[1];
  if (version === undefined) throw staleVersion();
  return version;
}

/**
 * The version that the request was made on, from its `If-Match`.
 *
 * Only one strong ETag of ours can match (RFC 9110, 13.1.1), and `*` would let changes be lost, so it counts as none.
 *
 * @throws RuleError `version-missing`, or `version-stale` for a tag we never gave
 */
export function versionFrom(ifMatch: string | undefined): number {
  const text = ifMatch?.trim() ?? '';
  if (text === '' || text === '*') {
    const message = 'Send the ETag that you read, as If-Match';
    throw new RuleError('version-missing', message, { field: 'If-Match' });
  }
  const version = STRONG_ETAG.exec(text)?.[1];
  if (version === undefined) throw staleVersion();
  return Number(version);
}

export const staleVersion = (current?: number | string): RuleError =>
  new RuleError('version-stale', 'Someone else has changed it since you read it', {
    field: 'If-Match',
    ...(current === undefined ? {} : { version: current }),
  });

/** The version from `If-Match`. On a route with a guard made from `IfMatchGuard`. */
export const IfMatchVersion = createParamDecorator((_data: unknown, context: ExecutionContext): number =>
  versionFrom(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/** The version from an `If-Match` that need not be sent. */
export const OptionalIfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): string | undefined =>
  versionIfAny(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/**
 * Judges `If-Match` before the body is looked at. A guard of a feature says which version is the current one.
 *
 * The use case judges the version again in its transaction: that is what keeps a change from being lost. A request with
 * an Idempotency-Key is judged only there, since its first run has changed the version that the repeat still names.
 */
export abstract class IfMatchGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const asked = versionFrom(request.headers['if-match']);
    if (request.headers['idempotency-key'] !== undefined) return true;
    const current = await this.currentVersion(request);
    if (current !== null && current !== asked) throw staleVersion(current);
    return true;
  }

  /** Null when there is no such thing, or none that this person sees: the use case then says so. */
  protected abstract currentVersion(request: FastifyRequest): Promise<number | null>;
}
