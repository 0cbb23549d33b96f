import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

const Service = z.strictObject({
  build: z.string().optional(),
  image: z.string(),
  profiles: z.array(z.string()).optional(),
  init: z.boolean().optional(),
  restart: z.literal('unless-stopped'),
  user: z.string(),
  read_only: z.literal(true),
  tmpfs: z.array(z.string()),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.array(z.string()),
  ports: z.array(z.string()),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  stop_grace_period: z.string().optional(),
  healthcheck: z.strictObject({
    test: z.array(z.string()),
    interval: z.string(),
    timeout: z.string(),
    start_period: z.string(),
    retries: z.number(),
  }),
});
const Compose = z.strictObject({
  name: z.literal('diarium'),
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.null()),
});

const compose = Compose.parse(parse(read('docker-compose.yml')));
const services = Object.entries(compose.services);
const dockerfile = read('Dockerfile');

describe('docker-compose.yml', () => {
  it('runs Diarium by default, and the mail catcher only when its profile is asked for', () => {
    const wanted = services.map(([name, { profiles }]) => [name, profiles ?? 'always']);
    expect(wanted).toEqual([
      ['diarium', 'always'],
      ['mailpit', ['mail']],
    ]);
  });

  it.each(services)('pins the image of %s', (_name, { image }) => {
    expect(image).toMatch(/:v?\d+\.\d+\.\d+$/);
  });

  it.each(services)('runs %s as somebody who is not root', (_name, { user }) => {
    expect(user.split(':')[0]).not.toMatch(/^(root|0)?$/);
  });

  it.each(services)('publishes %s on this machine only', (_name, { ports }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('asks Diarium itself whether it is ready', () => {
    expect(compose.services['diarium']?.healthcheck.test.join(' ')).toContain('http://127.0.0.1:3000/health/ready');
  });

  it('keeps the data in a volume that it declares', () => {
    expect(compose.services['diarium']?.volumes).toEqual(['data:/data']);
    expect(compose.services['diarium']?.environment?.['DATA_DIR']).toBe('/data');
    expect(Object.keys(compose.volumes)).toEqual(['data']);
  });

  it('names the image after the version in package.json', () => {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(read('package.json')));
    expect(compose.services['diarium']?.image).toBe(`diarium:${version}`);
  });
});

describe('Dockerfile', () => {
  const stages = dockerfile.split(/^FROM /m).slice(1);
  const last = stages.at(-1) ?? '';

  it('pins its base images to a minor version of Node 20', () => {
    for (const stage of stages) expect(stage).toMatch(/^node:20\.\d+-/);
  });

  it('leaves the compiler in the build stage', () => {
    expect(stages).toHaveLength(2);
    expect(stages[0]).toContain('g++');
    expect(last).not.toMatch(/apt-get|g\+\+|npm ci/);
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
