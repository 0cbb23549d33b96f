import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readConfig } from '../../src/platform/config/config.js';
import { faultsBySchema, rawCompose, readCompose, type ComposeService } from '../support/compose-file.js';
import { freshFolder } from '../support/database.js';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

const FILES = ['docker-compose.yml', 'docker-compose.single.yml'];
const { version } = z.object({ version: z.string() }).parse(JSON.parse(read('package.json')));
const settings = new Set([...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name));

describe.each(FILES)('%s', (file) => {
  const compose = readCompose(file);
  const services = Object.entries(compose.services);
  const ours = services.filter(([, { image }]) => image.startsWith('diarium'));

  it('is a compose file, by the schema of the specification', () => {
    expect(faultsBySchema(rawCompose(file))).toEqual([]);
  });

  it.each(services)('pins the image of %s', (_name, { image }) => {
    expect(image).toMatch(/:v?\d+\.\d+(\.\d+)?(-bookworm)?$/);
  });

  it.each(services)('runs %s as somebody who is not root', (_name, { user }) => {
    expect(user.split(':')[0]).not.toMatch(/^(root|0)?$/);
  });

  it.each(services)('publishes %s on this machine only, and no port twice', (_name, { ports }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    const published = services.flatMap(([, one]) => one.ports.map((port) => port.split(':')[1]));
    expect(new Set(published).size).toBe(published.length);
  });

  it.each(services)('declares what %s takes: volumes, secrets, networks, services', (_name, service) => {
    const named = service.volumes.map((volume) => volume.split(':')[0] ?? '').filter((name) => !name.startsWith('.'));
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
    expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(service.secrets));
    expect(['default', ...Object.keys(compose.networks)]).toEqual(expect.arrayContaining(service.networks));
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(service.depends_on)));
  });

  it.each(ours)('gives %s settings that there are, and its data a volume', (_name, { environment, volumes }) => {
    expect(Object.keys(environment).filter((name) => !settings.has(name))).toEqual([]);
    expect([environment['DATA_DIR'], volumes]).toEqual(['/data', ['data:/data']]);
  });

  it.each(ours)('names the image of %s after the version in package.json', (_name, { image }) => {
    expect(image).toBe(`diarium:${version}`);
  });
});

it.each(FILES)('.env.example has what %s is given from outside', (file) => {
  const given = [...read(file).matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name);
  const told = [...read('.env.example').matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name = '']) => name);
  expect(told).toEqual(expect.arrayContaining(given));
});

it('the schema refuses what is no compose file', () => {
  expect(faultsBySchema({ services: { web: { image: 'x', replicas: 2 } } }).join()).toContain('/services/web');
  expect(faultsBySchema({ services: { web: { deploy: { replicas: 'two and a half' } } } })).not.toEqual([]);
});

describe('docker-compose.single.yml', () => {
  const { services } = readCompose('docker-compose.single.yml');

  it('runs Diarium by default, and the mail catcher only when its profile is asked for', () => {
    const wanted = Object.entries(services).map(([name, { profiles }]) => [name, profiles ?? 'always']);
    expect(wanted).toEqual([
      ['diarium', 'always'],
      ['mailpit', ['mail']],
    ]);
  });

  it('passes on every setting but those of several processes, files and rehearsals', () => {
    const others = /^(DATABASE|REDIS|QUEUE|DIARIUM_CLOCK|NODE_ENV)|_FILE$/;
    const wanted = [...settings].filter((name) => !others.test(name)).sort();
    expect(Object.keys(services['diarium']?.environment ?? {}).sort()).toEqual(wanted);
  });

  it('asks Diarium itself whether it is ready', () => {
    expect(services['diarium']?.healthcheck.test.join(' ')).toContain('http://127.0.0.1:3000/health/ready');
  });
});

describe('docker-compose.yml', () => {
  const { services, secrets, networks } = readCompose('docker-compose.yml');
  const service = (name: string): ComposeService => {
    const found = services[name];
    if (!found) throw new Error(`No service ${name}`);
    return found;
  };

  it('runs two web and two worker processes, PostgreSQL 15, Redis, a proxy and a mail catcher', () => {
    expect(Object.keys(services).sort()).toEqual(['mailpit', 'postgres', 'proxy', 'redis', 'web', 'worker']);
    expect([service('web').deploy, service('worker').deploy]).toEqual([{ replicas: 2 }, { replicas: 2 }]);
    expect(service('postgres').image).toMatch(/^postgres:15\./);
    expect(service('worker').command).toEqual(['node', '--enable-source-maps', 'dist/worker.js']);
  });

  it('starts what needs another when that is healthy', () => {
    const healthy = { condition: 'service_healthy' };
    expect(service('web').depends_on).toEqual({ postgres: healthy, redis: healthy });
    expect(service('worker').depends_on).toEqual({ postgres: healthy, redis: healthy });
    expect(service('proxy').depends_on).toEqual({ web: healthy });
  });

  it('passes on every setting but those of one process and rehearsals; a secret by its file', () => {
    // The sign-in provider's secret is a file of one's own: see docs/operations.md.
    const others = /^(DIARIUM_CLOCK|NODE_ENV|OIDC_CLIENT_SECRET)$/;
    const given = new Set(Object.keys(service('web').environment).map((name) => name.replace(/_FILE$/, '')));
    const wanted = [...settings].filter((name) => !name.endsWith('_FILE') && !others.test(name)).sort();
    expect([...given].sort()).toEqual(wanted);
  });

  it('publishes the proxy and not the web processes, which would want the same port', () => {
    expect([service('web').ports, service('worker').ports]).toEqual([[], []]);
    expect(service('proxy').ports).toEqual(['127.0.0.1:3000:8080']);
    expect(read('docker/Caddyfile')).toMatch(/^:8080 \{[^]+dynamic a web 3000/m);
  });

  it('leaves database and queue on a network with no way out', () => {
    expect(networks['inner']).toEqual({ internal: true });
    expect([service('postgres').networks, service('redis').networks]).toEqual([['inner'], ['inner']]);
  });

  it('has Redis refuse rather than evict, and keep nothing on disk', () => {
    const command = service('redis').command?.join('\n');
    expect(command).toMatch(/maxmemory-policy noeviction/);
    expect(command).toMatch(/appendonly no\n *save ""/);
    expect(service('redis').volumes).toEqual([]);
  });

  it('asks a worker, which has no port, by its heartbeat', () => {
    expect(service('worker').healthcheck.test).toEqual(['CMD', 'diarium', 'jobs', 'alive']);
  });

  it('passes every secret as a file, none in the environment', () => {
    const environments = Object.values(services).flatMap(({ environment }) => Object.entries(environment));
    const secret = environments.filter(([name]) => /PASSWORD|SECRET|TOKEN|_URL(_FILE)?$/.test(name));
    for (const [name, value] of secret) {
      if (name !== 'BASE_URL') expect(`${name}=${value}`).toMatch(/^\w+_FILE=\/run\/secrets\/[\w-]+$/);
    }
    expect(read('.gitignore')).toMatch(/^secrets\/$/m);
  });

  it('starts with the secrets that docs/operations.md tells how to make', () => {
    const folder = freshFolder();
    mkdirSync(folder.path, { recursive: true });
    const recipe = /```sh\n(mkdir -m 700 secrets[^]+?)```/.exec(read('docs/operations.md'))?.[1] ?? 'exit 1';
    execFileSync('sh', ['-ec', recipe], { cwd: folder.path });
    const made = (name: string): string => join(folder.path, secrets[name]?.file ?? 'not declared');
    for (const name of Object.keys(secrets)) expect(statSync(made(name)).mode & 0o777).toBe(0o444);
    expect(statSync(join(folder.path, 'secrets')).mode & 0o777).toBe(0o700);
    const given = Object.entries(service('web').environment).map(([name, value]) => [
      name,
      value
        .replace(/^\/run\/secrets\/(.+)$/, (_all, secret: string) => made(secret))
        .replace(/^\$\{\w+:-(.*)\}$/, '$1'),
    ]);
    const config = readConfig({ ...Object.fromEntries(given), NODE_ENV: 'production' });
    const password = (name: string): string => readFileSync(made(name), 'utf8');
    expect(config).toMatchObject({
      database: { kind: 'postgres', url: `postgres://diarium:${password('postgres-password')}@postgres:5432/diarium` },
      queue: { kind: 'bull', redisUrl: `redis://:${password('redis-password')}@redis:6379` },
      smtpUrl: 'smtp://mailpit:1025',
      sessionSecret: password('session-secret'),
      metricsToken: password('metrics-token'),
      trustProxy: true,
    });
    expect(password('redis-password')).toMatch(/^[A-Za-z0-9]{32,}$/);
    folder.remove();
  });
});

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile');
  const stages = dockerfile.split(/^FROM /m).slice(1);
  const last = stages.at(-1) ?? '';

  it('pins its base images to a minor version of Node 20', () => {
    for (const stage of stages) expect(stage).toMatch(/^node:20\.\d+-/);
  });

  it('leaves the compiler in the build stage', () => {
    expect(stages).toHaveLength(2);
    expect(stages[0]).toContain('g++');
    expect(last).not.toMatch(/g\+\+|make|python|npm ci/);
  });

  it('has the programs of PostgreSQL that backups need, of the version of docker-compose.yml', () => {
    const [, major] = /:(\d+)/.exec(readCompose('docker-compose.yml').services['postgres']?.image ?? '') ?? [];
    expect(last).toContain(`postgresql-client-${major} `);
  });

  it('runs as node', () => {
    expect(last).toMatch(/^USER node$/m);
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('CMD ["node", "--enable-source-maps"'));
  });

  it('copies only what .dockerignore lets in', () => {
    const allowed = read('.dockerignore').match(/^!.+$/gm) ?? [];
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) =>
      files.split(' '),
    );
    expect(copied.map((file) => `!${file}`).sort()).toEqual([...allowed].sort());
  });
});
