import { STATUS_CODES } from 'node:http';
import { REQUEST_STATUS, STATUS } from '../../problem/statuses.js';
import type { AnswerSpec } from '../operation.js';
import { JsonSchemas, type Json } from './json-schemas.js';
import type { DescribedRoute, RouteParameter } from './routes.js';

const PROBLEM: Json = {
  type: 'object',
  description: 'Ett problem enligt RFC 9457. Fler fält kan finnas, beroende på problemet.',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri-reference', examples: ['/problems/not-found'] },
    title: { type: 'string', description: 'Vad för slags problem det är' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'Vad som hände den här gången' },
    instance: { type: 'string', description: 'Begärans nummer, samma som i X-Request-Id' },
    errors: {
      type: 'array',
      description: 'Fälten som är fel',
      items: {
        type: 'object',
        required: ['field', 'reason'],
        properties: { field: { type: 'string', examples: ['people[0].email'] }, reason: { type: 'string' } },
      },
    },
  },
  additionalProperties: true,
};

/** Every operation can give these; a body, and credentials, make for two more. */
const ALWAYS = [400, 500, 503];
const WITH_BODY = [413, 415];

const HEADERS: Readonly<Record<string, Json>> = {
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'En nyckel som du väljer. En upprepad begäran med samma nyckel får det första svaret igen, i sju dagar, och inget görs två gånger.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x20-\\x7e]+$' },
  },
  ifMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'Den ETag som du läste, så att ingen annans ändring skrivs över.',
    schema: { type: 'string', examples: ['"3"'] },
  },
  optionalIfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'Den ETag som du läste, om du vill: har någon annan ändrat sedan dess får du 412, och inget görs.',
    schema: { type: 'string' },
  },
};

/** The types of problem that have this status. */
function problemTypes(status: number): string {
  const codes = Object.entries({ ...STATUS, ...REQUEST_STATUS }).filter(([, one]) => one === status);
  return codes.map(([code]) => `\`/problems/${code}\``).join(', ');
}

const problemResponse = (status: number): Json => ({
  description: `${STATUS_CODES[status] ?? 'Problem'}: ${problemTypes(status)}`,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function problemStatuses({ spec, isPublic, parameters }: DescribedRoute): number[] {
  const hasBody = parameters.some(({ place }) => place === 'body');
  const byKey = spec.idempotent === true ? [422] : [];
  const all = [...ALWAYS, ...(isPublic ? [] : [401]), ...(hasBody ? WITH_BODY : []), ...byKey, ...(spec.errors ?? [])];
  return [...new Set(all)].filter((status) => spec.answers[status] === undefined).sort();
}

/** Puts the document together. */
class DocumentWriter {
  private readonly schemas = new JsonSchemas();

  write(routes: readonly DescribedRoute[], baseUrl: string, version: string): Json {
    this.schemas.add('Problem', PROBLEM);
    const paths: Record<string, Record<string, Json>> = {};
    for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: this.operation(route) };
    const statuses = [...new Set(routes.flatMap(problemStatuses))].sort();
    return {
      openapi: '3.1.0',
      info: {
        title: 'Diarium',
        version,
        description:
          'Remisser, tidplaner och påminnelser för en nämnd. Dagar skrivs ÅÅÅÅ-MM-DD och gäller svensk tid; tidpunkter är UTC.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: baseUrl }],
      security: [{ bearer: [] }],
      paths,
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'En nyckel från `npx diarium token create E-POST`' },
        },
        responses: Object.fromEntries(statuses.map((status) => [`Problem${status}`, problemResponse(status)])),
        schemas: this.schemas.components,
      },
    };
  }

  private operation(route: DescribedRoute): Json {
    const { spec, group, name, isPublic } = route;
    const body = this.requestBody(route.parameters);
    return {
      operationId: `${group}.${name}`,
      tags: [group],
      summary: spec.summary,
      ...(spec.description === undefined ? {} : { description: spec.description }),
      ...(isPublic ? { security: [] } : {}),
      parameters: this.parameters(route),
      ...(body === null ? {} : { requestBody: body }),
      responses: this.responses(route),
    };
  }

  private parameters({ path, parameters, spec }: DescribedRoute): Json[] {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
      const schema = parameters.find((one) => one.place === 'path' && one.name === name)?.schema;
      return { name, in: 'path', required: true, schema: schema ? this.schemas.sent(schema) : { type: 'string' } };
    });
    const query = parameters.filter(({ place }) => place === 'query').flatMap((one) => this.queryParameters(one));
    return [
      ...inPath,
      ...query,
      ...(spec.ifMatch === 'required' && HEADERS['ifMatch'] ? [HEADERS['ifMatch']] : []),
      ...(spec.ifMatch === 'optional' && HEADERS['optionalIfMatch'] ? [HEADERS['optionalIfMatch']] : []),
      ...(spec.idempotent === true && HEADERS['idempotencyKey'] ? [HEADERS['idempotencyKey']] : []),
    ];
  }

  private queryParameters({ name, schema }: RouteParameter): Json[] {
    if (name !== null) {
      return [{ name, in: 'query', required: false, schema: schema ? this.schemas.sent(schema) : { type: 'string' } }];
    }
    if (!schema) return [];
    const { properties = {}, required = [] } = this.schemas.sent(schema) as { properties?: Json; required?: string[] };
    return Object.entries(properties).map(([key, property]) => ({
      name: key,
      in: 'query',
      required: required.includes(key),
      schema: property,
    }));
  }

  private requestBody(parameters: readonly RouteParameter[]): Json | null {
    const body = parameters.find(({ place }) => place === 'body');
    if (!body?.schema) return null;
    return { required: true, content: { 'application/json': { schema: this.schemas.sent(body.schema) } } };
  }

  private responses(route: DescribedRoute): Json {
    const answers = Object.entries(route.spec.answers).map(([status, answer]) => [status, this.answer(answer, route)]);
    const problems = problemStatuses(route).map((status) => [
      status,
      { $ref: `#/components/responses/Problem${status}` },
    ]);
    return Object.fromEntries([...answers, ...problems]);
  }

  private answer({ description, schema, headers }: AnswerSpec, { spec }: DescribedRoute): Json {
    const replayed = spec.idempotent === true ? { 'Idempotency-Replayed': 'true när svaret är det första igen' } : {};
    const all = Object.entries({ ...headers, ...replayed }).map(([name, about]) => [
      name,
      { description: about, schema: { type: 'string' } },
    ]);
    return {
      description,
      ...(all.length === 0 ? {} : { headers: Object.fromEntries(all) }),
      ...(schema ? { content: { 'application/json': { schema: this.schemas.given(schema) } } } : {}),
    };
  }
}

/** The OpenAPI 3.1 document of these routes. */
export const openApiDocument = (routes: readonly DescribedRoute[], baseUrl: string, version: string): Json =>
  new DocumentWriter().write(routes, baseUrl, version);
