import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { ZodType } from 'zod';
import { InvalidRequest } from './invalid-request.js';

/** Checks every parameter that has a schema, and hands over what the schema makes of it. */
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const { schema } = metadata;
    if (!(schema instanceof ZodType)) return value;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    throw new InvalidRequest(schema, value, metadata.type, metadata.data ?? null);
  }
}
