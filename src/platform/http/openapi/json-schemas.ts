import { z, type ZodType } from 'zod';

export type Json = { readonly [key: string]: unknown };

/** zod's own marks, of no meaning in an OpenAPI document. */
const DROPPED = new Set(['$schema', '$id', 'id', '~standard']);

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Refers to the components instead of to definitions in the schema itself. */
function referring(value: unknown, prefix: string, inProperties = false): unknown {
  if (Array.isArray(value)) return value.map((one) => referring(one, prefix));
  if (!isJson(value)) return value;
  const kept = Object.entries(value).filter(([key]) => inProperties || (!DROPPED.has(key) && key !== '$defs'));
  return Object.fromEntries(
    kept.map(([key, part]) => {
      if (!inProperties && key === '$ref' && typeof part === 'string') {
        return [key, part.replace('#/$defs/', prefix)];
      }
      return [key, referring(part, prefix, !inProperties && key === 'properties')];
    }),
  );
}

const asJson = (value: unknown): Json => (isJson(value) ? value : {});

/** Turns schemas into JSON Schema. Those with an `id` in their metadata become components that others refer to. */
export class JsonSchemas {
  private readonly named = new Map<string, Json>();

  get components(): Json {
    return Object.fromEntries([...this.named].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Adds a component that is no zod schema. */
  add(name: string, schema: Json): void {
    this.named.set(name, schema);
  }

  /** What a client sends: before defaults and transforms. */
  sent(schema: ZodType): Json {
    return this.inline(schema, 'input');
  }

  /** What a client is given. */
  given(schema: ZodType): Json {
    return this.inline(schema, 'output');
  }

  /** The same name may stand for two shapes, one sent and one given. */
  private inline(schema: ZodType, io: 'input' | 'output'): Json {
    const prefix = `#/components/schemas/${io === 'input' ? 'Sent' : ''}`;
    const made: unknown = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
    const defs = asJson(asJson(made)['$defs']);
    for (const [name, definition] of Object.entries(defs)) {
      this.named.set(`${io === 'input' ? 'Sent' : ''}${name}`, asJson(referring(definition, prefix)));
    }
    return asJson(referring(made, prefix));
  }
}
