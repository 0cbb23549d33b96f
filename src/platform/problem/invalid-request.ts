import type { ZodType } from 'zod';

/** Where in the request the fault lies; it names the field when the whole of it is wrong. */
export type RequestPart = 'body' | 'query' | 'param' | 'custom';

/** A part of the request does not have its shape. The filter reads the faults out in the reader's language. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';

  constructor(
    readonly schema: ZodType,
    readonly value: unknown,
    readonly part: RequestPart,
    readonly field: string | null,
  ) {
    super(`invalid ${part}`);
  }
}
