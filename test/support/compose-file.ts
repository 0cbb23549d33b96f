import { readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { z } from 'zod';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

const Check = z.strictObject({
  test: z.array(z.string()),
  interval: z.string(),
  timeout: z.string(),
  start_period: z.string(),
  retries: z.number(),
});

/** What we say of every service: more than compose asks for. */
const Service = z.object({
  build: z.string().optional(),
  image: z.string(),
  profiles: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  init: z.boolean().optional(),
  restart: z.literal('unless-stopped'),
  user: z.string(),
  read_only: z.literal(true),
  tmpfs: z.array(z.string()),
  cap_drop: z.tuple([z.literal('ALL')]),
  cap_add: z.array(z.string()).default([]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  ports: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()).default(['default']),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  deploy: z.object({ replicas: z.number() }).optional(),
  healthcheck: Check,
});

const ComposeFile = z.object({
  name: z.literal('diarium'),
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.object({ file: z.string() })).default({}),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()).default({}),
});

export type ComposeService = z.infer<typeof Service>;
export type ComposeFile = z.infer<typeof ComposeFile>;

/** It names itself and its dialect in ways that no validator of today takes; every `id` in it is such a name. */
const isName = (key: string, value: unknown): boolean =>
  (key === 'id' || key === '$schema') && typeof value === 'string';
const schema: object = JSON.parse(read('test/support/compose-spec/compose-spec.json'), (key, value: unknown) =>
  isName(key, value) ? undefined : value,
);
const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);

/** What the Compose Specification's own schema has against it; of `name`, which is younger than it, it knows nothing. */
export function faultsBySchema(file: object): string[] {
  const { name: _name, ...known } = { name: '', ...file };
  if (validate(known)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** The file as YAML has it, its merges done. */
export const rawCompose = (file: string): object => parse(read(file), { merge: true });

export const readCompose = (file: string): ComposeFile => ComposeFile.parse(rawCompose(file));
