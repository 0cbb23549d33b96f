import { HttpCode, SetMetadata, applyDecorators } from '@nestjs/common';
import type { ZodType } from 'zod';

/** One answer of an operation, as the API document tells it. */
export interface AnswerSpec {
  readonly description: string;
  /** Shape of the body; without it the answer has none. */
  readonly schema?: ZodType;
  /** Headers of the answer, name to description. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OperationSpec {
  /** One line in Swedish: the API document is read by those who connect their systems to a Swedish board's. */
  readonly summary: string;
  readonly description?: string;
  /** By status. The lowest of them is also the status that Nest answers with. */
  readonly answers: Readonly<Record<number, AnswerSpec>>;
  /** Statuses of problems beyond those every operation can give (400, 401, 500, 503). */
  readonly errors?: readonly number[];
  /** Whether `Idempotency-Key` is honoured; the controller then goes through `Idempotency`. */
  readonly idempotent?: boolean;
  /** Whether `If-Match` is required, by a guard made from `IfMatchGuard`, or may be sent, and is then judged in the use case. */
  readonly ifMatch?: 'required' | 'optional';
}

export const OPERATION = 'diarium:operation';
/** Marks a route that is open to everyone. */
export const PUBLIC = 'diarium:public';

/** Describes a route for the API document, and sets its status. Every route under `/api/v1` has one: a test looks. */
export function Operation(spec: OperationSpec): MethodDecorator {
  const status = Math.min(...Object.keys(spec.answers).map(Number));
  return applyDecorators(SetMetadata(OPERATION, spec), HttpCode(status));
}
