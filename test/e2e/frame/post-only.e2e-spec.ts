import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RouteTable } from '../../../src/platform/http/route-table.js';
import type { TestApp } from '../../support/app.js';
import { startPagesApp } from '../sign-in/pages-app.js';

const ID = '00000000-0000-4000-8000-000000000000';

describe('An address that only takes forms', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startPagesApp();
  });
  afterAll(() => app.close());

  it('leads whoever opens it to the page above it', async () => {
    const table = app.provider(RouteTable);
    const addresses = table.routes
      .filter(({ method, path }) => method === 'POST' && !path.startsWith('/api/'))
      .map(({ path }) => path.replace(/:id/g, ID).replace(/:\w+/g, 'x'))
      .filter((path) => !table.methodsAt(path).includes('GET'));
    expect(addresses).toEqual(expect.arrayContaining(['/registrera/forhandsvisa', `/sammantraden/${ID}/stall-in`]));
    for (const path of addresses) {
      const { status, headers } = await fetch(app.url + path, { redirect: 'manual', headers: { Accept: 'text/html' } });
      const location = headers.get('location') ?? '';
      expect({ path, status, location, isAbove: path.startsWith(location) }).toMatchObject({
        status: 303,
        isAbove: true,
      });
      expect({ path, methods: table.methodsAt(location) }).toEqual({
        path,
        methods: expect.arrayContaining(['GET']),
      });
    }
  });

  it('is no page for a client of the API', async () => {
    const { status } = await fetch(`${app.url}/registrera/forhandsvisa`, { headers: { Accept: 'application/json' } });
    expect(status).toBe(405);
  });
});
