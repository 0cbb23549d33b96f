import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { RouteTable } from '../../../src/platform/http/route-table.js';
import { startApp, type TestApp } from '../../support/app.js';
import { seedBoard, seedPerson, type SeededPerson } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<
    Record<string, { readonly content?: { readonly 'application/json': { readonly schema: object } } }>
  >;
}

let app: TestApp;
let person: SeededPerson;
let document: {
  readonly components: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

beforeAll(async () => {
  app = await startApp({ clock: new SettableClock('2026-03-02T08:00:00Z') });
  await seedBoard(app);
  person = await seedPerson(app, { email: 'rut.registrator@example.se', name: 'Rut', roles: { EÅV: ['registrar'] } });
  document = (await app.get('/api/v1/openapi.json')).body;
});
afterAll(() => app.close());

const operations = (): [string, string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [path, method, operation]),
  );

describe('the API document', () => {
  it('is valid OpenAPI 3.1', () => {
    const input = JSON.stringify(document);
    const { stderr, status } = spawnSync(process.execPath, ['test/support/validate-openapi.mjs'], {
      input,
      encoding: 'utf8',
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('has every route that is served under /api/v1 and /health, and no other', () => {
    const served = app
      .provider(RouteTable)
      .routes.filter(({ method, path }) => method !== 'HEAD' && /^\/(api\/v1|health)\//.test(path))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    const described = operations().map(([path, method]) => `${method.toUpperCase()} ${path}`);
    expect(described.sort()).toEqual(served.sort());
    expect(described.length).toBeGreaterThan(3);
  });

  it('names each operation once, and sums it up', () => {
    const all = operations();
    expect(new Set(all.map(([, , { operationId }]) => operationId)).size).toBe(all.length);
    expect(all.filter(([, , { summary }]) => summary.trim() === '')).toEqual([]);
  });

  it('says the shape of every body that is sent', () => {
    const writing = operations().filter(([, method]) => ['post', 'put', 'patch'].includes(method));
    expect(writing.filter(([, , { requestBody }]) => requestBody === undefined).map(([path]) => path)).toEqual([]);
  });

  it('is right about what is open to everyone', async () => {
    for (const [path, method, { security }] of operations()) {
      const url = path.replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
      const { status } = await app.send(method.toUpperCase(), url, undefined, {});
      expect(`${method} ${path}: ${status === 401 ? 'closed' : 'open'}`).toBe(
        `${method} ${path}: ${security?.length === 0 ? 'open' : 'closed'}`,
      );
    }
  });

  it('is right about the shape of answers', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const { components } = document;
    for (const path of ['/api/v1/me', '/health/live', '/health/ready']) {
      const answer = await app.get(path, { token: person.token });
      const schema = document.paths[path]?.['get']?.responses['200']?.content?.['application/json'].schema;
      const check = ajv.compile({ ...schema, components });
      check(answer.body);
      expect({ path, errors: check.errors }).toEqual({ path, errors: null });
    }
  });
});

describe('the page about the API', () => {
  it('is in Swedish, needs no script and names every operation', async () => {
    const page = await app.get('/api/docs');
    expect(page.status).toBe(200);
    expect(page.type).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('<html lang="sv">');
    expect(page.body).not.toMatch(/<script|<style| style=|https?:\/\/(?!diarium)/);
    for (const [path] of operations()) expect(page.body).toContain(path);
  });

  it('is where the type of a problem leads', async () => {
    const problem = await app.get('/api/v1/me');
    const led = await fetch(app.url + problem.body.type, { redirect: 'manual' });
    expect(led.status).toBe(302);
    const [path = '', anchor] = (led.headers.get('location') ?? '').split('#');
    expect((await app.get(path)).body).toContain(`id="${anchor}"`);
    expect((await app.get('/problems/made-up')).status).toBe(404);
  });

  it('has a style sheet of our own', async () => {
    const style = await app.get('/api/docs/style.css');
    expect(style.type).toBe('text/css; charset=utf-8');
    expect(style.headers.get('content-security-policy')).toContain("default-src 'self'");
  });
});
