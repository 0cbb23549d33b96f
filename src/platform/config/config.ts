import { join } from 'node:path';
import type { DatabaseAddress } from '../database/data-source.js';
import { POOL_SIZE } from '../database/pool-size.js';
import { SettingsReader, type Env } from './settings-reader.js';

/** Settings, read once at start. Nothing else in src/ reads process.env. */
export interface AppConfig {
  readonly port: number;
  /** Where people reach us, without a slash at its end. */
  readonly baseUrl: string;
  readonly dataDir: string;
  readonly database: DatabaseAddress;
  readonly queue: QueueAddress;
  /** Null: mail is written as `.eml` files to the outbox. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Null: one is made in the data folder, see `sessionSecretOf`. */
  readonly sessionSecret: string | null;
  readonly logLevel: LogLevel;
  /** For rehearsals: the instant at which this process's clock starts. */
  readonly clockStartsAt: Date | null;
  readonly production: boolean;
  /** Whether a proxy before us is believed about the client's address. */
  readonly trustProxy: boolean;
  /** Whether the registrars get their morning mail; a board may do without. */
  readonly morningReport: boolean;
  /** With it metrics may be read from other machines; null: from this one alone. */
  readonly metricsToken: string | null;
  /** Where people may sign in instead; null: with a password alone. */
  readonly oidc: OidcSettings | null;
}

/** An OpenID Connect provider. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client, which has PKCE alone. */
  readonly clientSecret: string | null;
  /** What people call it: it stands on the button. */
  readonly name: string;
  /** Whether an address counts of which the provider does not say whether it is verified; one that is not never does. */
  readonly trustEmail: boolean;
}

export type QueueAddress = { readonly kind: 'embedded' } | { readonly kind: 'bull'; readonly redisUrl: string };

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Injection token of `AppConfig`. */
export const APP_CONFIG = Symbol('APP_CONFIG');

/** Injection token of `ProcessKind`. */
export const PROCESS_KIND = Symbol('PROCESS_KIND');

/** What this process does: answers requests, works on jobs, both, or runs one command. */
export type ProcessKind = 'all' | 'web' | 'worker' | 'command';

/** What is wrong with the settings, one fault a line. Its message may be printed: it holds no secrets. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings';

  constructor(readonly faults: readonly string[]) {
    super(`Bad settings:\n- ${faults.join('\n- ')}`);
  }
}

/** Settings with something secret in them: each may be given as NAME_FILE, the path of a file that holds the value. */
const SECRETS: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'SESSION_SECRET',
  'METRICS_TOKEN',
  'OIDC_CLIENT_SECRET',
]);

/** Settings with others in place of their own, also of those that come from files. */
export function withSettings(env: Env, settings: Readonly<Record<string, string>>): Env {
  const files = Object.keys(settings).filter((name) => SECRETS.has(name));
  return { ...env, ...Object.fromEntries(files.map((name) => [`${name}_FILE`, ''])), ...settings };
}

/** @throws BadSettings naming every faulty setting, so that one restart is enough to mend them */
export function readConfig(env: Env): AppConfig {
  const read = new SettingsReader(env, SECRETS);
  const production = env['NODE_ENV'] === 'production';
  const port = read.integer('PORT', 3000, 0, 65_535);
  const baseUrl = read.url('BASE_URL', ['http:', 'https:'], `http://localhost:${port}`).replace(/\/+$/, '');
  const dataDir = read.text('DATA_DIR', 'data');
  const config: AppConfig = {
    port,
    baseUrl,
    dataDir,
    database: readDatabase(read, dataDir),
    queue: readQueue(read),
    smtpUrl: read.optionalUrl('SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: read.mailbox('MAIL_FROM', `Diarium <diarium@${hostOf(baseUrl)}>`),
    sessionSecret: read.secret('SESSION_SECRET', 32),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    clockStartsAt: readClock(read, production),
    production,
    trustProxy: read.oneOf('TRUST_PROXY', ['yes', 'no'], 'no') === 'yes',
    morningReport: read.oneOf('MORNING_REPORT', ['on', 'off'], 'on') === 'on',
    metricsToken: read.secret('METRICS_TOKEN', 16),
    oidc: readOidc(read),
  };
  if (read.faults.length > 0) throw new BadSettings(read.faults);
  return config;
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).hostname : 'localhost';
}

function readDatabase(read: SettingsReader, dataDir: string): DatabaseAddress {
  const text = read.text('DATABASE_URL', `sqlite:${join(dataDir, 'diarium.db')}`);
  if (text.startsWith('sqlite:')) {
    const path = text.slice('sqlite:'.length);
    if (path === '' || path.startsWith('//')) read.faults.push('DATABASE_URL: write a file as sqlite:PATH');
    return { kind: 'sqlite', path };
  }
  read.url('DATABASE_URL', ['postgres:', 'postgresql:'], text, 'sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE');
  return { kind: 'postgres', url: text, poolSize: read.integer('DATABASE_POOL', POOL_SIZE, 2, 200) };
}

function readQueue(read: SettingsReader): QueueAddress {
  const kind = read.oneOf('QUEUE', ['embedded', 'bull'], 'embedded');
  if (kind === 'embedded') return { kind };
  const redisUrl = read.optionalUrl('REDIS_URL', ['redis:', 'rediss:']);
  if (!read.isSet('REDIS_URL')) read.faults.push('REDIS_URL is not set, and QUEUE=bull needs it');
  const database = URL.canParse(redisUrl ?? '') ? new URL(redisUrl ?? '').pathname : '';
  if (!/^\/?\d*$/.test(database))
    read.faults.push('REDIS_URL: what follows the host is the number of a database, such as 1');
  return { kind, redisUrl: redisUrl ?? '' };
}

const ON_THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Issuers of Entra ID that let in whoever has an account anywhere. */
const EVERY_TENANT = /^\/(common|organizations|consumers)(\/|$)/;

function readOidc(read: SettingsReader): OidcSettings | null {
  const issuer = read.optionalUrl('OIDC_ISSUER', ['https:', 'http:']);
  const clientId = read.text('OIDC_CLIENT_ID', '');
  const clientSecret = read.secret('OIDC_CLIENT_SECRET', 1);
  const name = read.text('OIDC_NAME', 'kommunkonto');
  const trustEmail = read.oneOf('OIDC_TRUST_EMAIL', ['yes', 'no'], 'no') === 'yes';
  if (issuer === null || issuer === '') return null;
  if (clientId === '') read.faults.push('OIDC_CLIENT_ID is not set, and OIDC_ISSUER needs it');
  const { protocol, hostname, pathname } = new URL(issuer);
  if (EVERY_TENANT.test(pathname))
    read.faults.push('OIDC_ISSUER is that of any tenant: the id of your own has to stand in it');
  if (protocol === 'http:' && !ON_THIS_MACHINE.has(hostname)) read.faults.push('OIDC_ISSUER has to be https://…');
  return { issuer, clientId, clientSecret, name, trustEmail };
}

function readClock(read: SettingsReader, production: boolean): Date | null {
  const instant = read.instant('DIARIUM_CLOCK');
  if (read.isSet('DIARIUM_CLOCK') && production) {
    read.faults.push('DIARIUM_CLOCK is for rehearsals and is refused when NODE_ENV is production');
  }
  return instant;
}
