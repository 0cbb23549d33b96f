import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BadSettings, readConfig, withSettings } from '../../src/platform/config/config.js';
import { withoutPassword } from '../../src/platform/config/mask.js';
import { sessionSecretOf } from '../../src/platform/config/session-secret.js';
import { freshFolder } from '../support/database.js';

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof BadSettings) return error.faults;
    throw error;
  }
  return [];
};

describe('the settings', () => {
  it('need not be set at all', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      baseUrl: 'http://localhost:3000',
      dataDir: 'data',
      database: { kind: 'sqlite', path: 'data/diarium.db' },
      queue: { kind: 'embedded' },
      smtpUrl: null,
      mailFrom: 'Diarium <diarium@localhost>',
      sessionSecret: null,
      logLevel: 'info',
      clockStartsAt: null,
      production: false,
      trustProxy: false,
      morningReport: true,
    });
  });

  it('that are empty are not set', () => {
    expect(readConfig({ SMTP_URL: '', PORT: ' ', REDIS_URL: '' })).toEqual(readConfig({}));
  });

  it('are read', () => {
    const config = readConfig({
      PORT: '8080',
      BASE_URL: 'https://diarium.example.se/',
      DATA_DIR: '/var/lib/diarium',
      DATABASE_URL: 'postgres://diarium:hemligt@db.example.se/diarium',
      QUEUE: 'bull',
      REDIS_URL: 'redis://redis.example.se:6379',
      SMTP_URL: 'smtps://user:pass@mail.example.se',
      MAIL_FROM: 'Diarium <diarium@example.se>',
      SESSION_SECRET: 'x'.repeat(32),
      LOG_LEVEL: 'warn',
      DIARIUM_CLOCK: '2023-09-11T08:00:00+02:00',
    });
    expect(config).toMatchObject({
      port: 8080,
      baseUrl: 'https://diarium.example.se',
      database: { kind: 'postgres', url: 'postgres://diarium:hemligt@db.example.se/diarium' },
      queue: { kind: 'bull', redisUrl: 'redis://redis.example.se:6379' },
      logLevel: 'warn',
      clockStartsAt: new Date('2023-09-11T06:00:00Z'),
    });
  });

  it('take the sender of mails from the address of the service', () => {
    expect(readConfig({ BASE_URL: 'https://diarium.example.se' }).mailFrom).toBe(
      'Diarium <diarium@diarium.example.se>',
    );
  });

  it('that are wrong are all named at once', () => {
    const env = {
      PORT: '70000',
      BASE_URL: 'diarium.example.se',
      DATABASE_URL: 'mysql://root:hemligt@db/diarium',
      QUEUE: 'rabbit',
      SMTP_URL: 'mail.example.se:25',
      MAIL_FROM: 'ingen adress',
      SESSION_SECRET: 'för kort hemlighet',
      LOG_LEVEL: 'loud',
      DIARIUM_CLOCK: 'i morgon',
    };
    const faults = faultsOf(env);
    expect(faults.map((fault) => /^\w+/.exec(fault)?.[0]).sort()).toEqual(Object.keys(env).sort());
    expect(faults.join('\n')).not.toMatch(/hemligt|hemlighet/);
    expect(() => readConfig(env)).toThrow(/^Bad settings:\n- PORT is "70000"/);
  });

  it.each<[Record<string, string>, RegExp, string]>([
    [{ QUEUE: 'bull' }, /^REDIS_URL is not set/, 'Bull needs Redis'],
    [{ QUEUE: 'bull', REDIS_URL: 'http://redis' }, /^REDIS_URL is "http/, 'Redis has its own scheme'],
    [{ QUEUE: 'bull', REDIS_URL: 'redis://redis/diarium' }, /^REDIS_URL: .*number/, 'its databases have numbers'],
    [{ QUEUE: 'bull', REDIS_URL: 'redis://:50%@redis' }, /^REDIS_URL is "redis:.*%25/, 'a password is encoded'],
    [{ DATABASE_URL: 'postgres://d:50%rabatt@db/d' }, /^DATABASE_URL is "postgres:.*%25/, 'a password is encoded'],
    [{ DATABASE_URL: 'sqlite:' }, /^DATABASE_URL/, 'a file has a name'],
    [{ DATABASE_URL: 'sqlite://data/diarium.db' }, /^DATABASE_URL: write a file/, 'no address, but a path'],
    [{ PORT: '3000.5' }, /^PORT/, 'no half ports'],
    [{ PORT: '0x10' }, /^PORT/, 'decimal'],
    [{ DIARIUM_CLOCK: '2023-09-11' }, /^DIARIUM_CLOCK/, 'a day is no instant'],
    [
      { DIARIUM_CLOCK: '2023-09-11T08:00:00Z', NODE_ENV: 'production' },
      /^DIARIUM_CLOCK is for rehearsals/,
      'no rehearsals in production',
    ],
    [{ MAIL_FROM: 'a@example.se\r\nBcc: b@example.se' }, /^MAIL_FROM/, 'one line'],
  ])('%j are refused: %s (%s)', (env, fault, _why) => {
    const faults = faultsOf(env);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });

  it('keep their passwords to themselves', () => {
    expect(withoutPassword('smtp://user:p@ss@mail.example.se:25')).toBe('smtp://user:***@mail.example.se:25');
    expect(withoutPassword('redis://:hemligt@redis')).toBe('redis://:***@redis');
    expect(withoutPassword('http://example.se')).toBe('http://example.se');
  });
});

describe('a secret in a file', () => {
  let folder: ReturnType<typeof freshFolder>;
  const path = (name: string): string => join(folder.path, name);

  /** A file of that content. @returns its path */
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(path(name), content);
    return path(name);
  };

  beforeAll(() => {
    folder = freshFolder();
    mkdirSync(folder.path, { recursive: true });
  });
  afterAll(() => folder.remove());

  it('is read for every setting that holds one, without the newline at its end', () => {
    const config = readConfig({
      QUEUE: 'bull',
      DATABASE_URL_FILE: file('database', 'postgres://diarium:hemligt@db.example.se/diarium\n'),
      REDIS_URL_FILE: file('redis', 'redis://:hemligt@redis.example.se\r\n'),
      SMTP_URL_FILE: file('smtp', 'smtps://user:pass@mail.example.se'),
      SESSION_SECRET_FILE: file('session', `${'s'.repeat(40)}\n`),
      METRICS_TOKEN_FILE: file('metrics', `${'m'.repeat(20)}\n`),
      OIDC_ISSUER: 'https://login.example.se',
      OIDC_CLIENT_ID: 'diarium',
      OIDC_CLIENT_SECRET_FILE: file('oidc', 'åäö\n'),
    });
    expect(config).toMatchObject({
      database: { kind: 'postgres', url: 'postgres://diarium:hemligt@db.example.se/diarium' },
      queue: { kind: 'bull', redisUrl: 'redis://:hemligt@redis.example.se' },
      smtpUrl: 'smtps://user:pass@mail.example.se',
      sessionSecret: 's'.repeat(40),
      metricsToken: 'm'.repeat(20),
      oidc: { clientSecret: 'åäö' },
    });
  });

  it('may be left out: an empty NAME_FILE is no setting', () => {
    expect(readConfig({ DATABASE_URL_FILE: '', SESSION_SECRET_FILE: ' ' })).toEqual(readConfig({}));
  });

  it('is refused beside the setting itself', () => {
    const env = { SMTP_URL: 'smtp://mail.example.se', SMTP_URL_FILE: file('both', 'smtp://mail.example.se') };
    expect(faultsOf(env)).toEqual(['SMTP_URL and SMTP_URL_FILE are both set, and one has to be taken away']);
  });

  it.each<[string, () => string, string]>([
    ['is not there', () => path('no-such-file'), 'is not there'],
    ['is below a file', () => join(file('flat', 'x'), 'below'), 'is not there'],
    ['is a folder', () => folder.path, 'is no ordinary file'],
    ['is empty', () => file('empty', ''), 'is empty'],
    ['holds newlines alone', () => file('newlines', '\n\n'), 'is empty'],
    ['holds more than one line', () => file('lines', 'hemlig-ett\nhemlig-två\n'), 'has to hold one line of text'],
    ['holds what is no text', () => file('bytes', Buffer.from([0xff, 0xfe, 0x41])), 'is no UTF-8 text'],
    ['is huge', () => file('huge', 'h'.repeat(8_193)), 'is larger than 8192 bytes'],
    ['is a device without an end', () => '/dev/zero', 'is no ordinary file'],
  ])('that %s is a fault that names the setting', (_what, pathOf, words) => {
    expect(faultsOf({ REDIS_URL_FILE: pathOf(), QUEUE: 'bull' })).toEqual([`REDIS_URL_FILE: the file ${words}`]);
  });

  it('is not waited for when it is a pipe', () => {
    execFileSync('mkfifo', [path('pipe')]);
    expect(faultsOf({ SESSION_SECRET_FILE: path('pipe') })).toEqual([
      'SESSION_SECRET_FILE: the file is no ordinary file',
    ]);
  });

  it('is never told, nor is what was put where its path was meant', () => {
    const faults = faultsOf({
      PORT: 'hundra',
      DATABASE_URL_FILE: file('wrong-database', 'mysql://root:hemligt@db/diarium'),
      REDIS_URL_FILE: 'redis://:hemligt@redis',
      SMTP_URL_FILE: file('wrong-smtp', 'hemligt'),
      SESSION_SECRET_FILE: file('short-session', 'hemligt'),
      METRICS_TOKEN_FILE: 'hemligt-nog-för-en-token',
      QUEUE: 'bull',
    });
    expect(faults).toEqual([
      'PORT is "hundra" and has to be a whole number from 0 to 65535',
      'DATABASE_URL comes from a file and has to be sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE',
      'REDIS_URL_FILE: the file is not there',
      'SMTP_URL comes from a file and has to be smtp://… or smtps://…',
      'SESSION_SECRET has to be at least 32 characters',
      'METRICS_TOKEN_FILE: the file is not there',
    ]);
  });

  it('makes way, with its file, for a setting that a command puts in its place', () => {
    const env = { PORT: '8080', SMTP_URL_FILE: file('real-mail', 'smtp://mail.example.se') };
    expect(readConfig(env).smtpUrl).toBe('smtp://mail.example.se');
    expect(readConfig(withSettings(env, { SMTP_URL: '' }))).toMatchObject({ port: 8080, smtpUrl: null });
    const other = { SMTP_URL: 'smtp://other.example.se' };
    expect(readConfig(withSettings(env, other)).smtpUrl).toBe('smtp://other.example.se');
  });

  it('is for secrets alone: PORT_FILE is nobody’s setting', () => {
    expect(readConfig({ PORT_FILE: file('port', '8080') }).port).toBe(3000);
  });
});

describe('the session secret', () => {
  it('is made once, for the owner alone to read', () => {
    const folder = freshFolder();
    const config = { sessionSecret: null, dataDir: join(folder.path, 'data') };
    const secret = sessionSecretOf(config);
    expect(secret).toHaveLength(64);
    expect(sessionSecretOf(config)).toBe(secret);
    const path = join(config.dataDir, 'session-secret');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8').trim()).toBe(secret);
    folder.remove();
  });

  it('is the setting when there is one', () => {
    const folder = freshFolder();
    expect(sessionSecretOf({ sessionSecret: 'y'.repeat(40), dataDir: folder.path })).toBe('y'.repeat(40));
    expect(existsSync(join(folder.path, 'session-secret'))).toBe(false);
    folder.remove();
  });

  it('that is cut short is not used', () => {
    const folder = freshFolder();
    mkdirSync(folder.path, { recursive: true });
    writeFileSync(join(folder.path, 'session-secret'), 'half');
    expect(() => sessionSecretOf({ sessionSecret: null, dataDir: folder.path })).toThrow(/damaged/);
    folder.remove();
  });
});

describe('the issuer of an identity provider', () => {
  const oidc = (issuer: string) => ({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'diarium' });
  const TENANT = '72f988bf-0000-0000-0000-2d7cd011db47';

  it.each([
    `https://login.microsoftonline.com/${TENANT}/v2.0`,
    'https://adfs.kommun.example.se/adfs',
    'http://127.0.0.1:9',
    'https://id.example.se/commons',
  ])('may be %s', (issuer) => {
    expect(readConfig(oidc(issuer)).oidc).toMatchObject({ issuer });
  });

  it.each(['common', 'organizations', 'consumers'])('is refused where it is that of any tenant: %s', (tenant) => {
    expect(faultsOf(oidc(`https://login.microsoftonline.com/${tenant}/v2.0`))).toEqual([
      'OIDC_ISSUER is that of any tenant: the id of your own has to stand in it',
    ]);
  });

  it('is refused without TLS, but for one on this machine', () => {
    expect(faultsOf(oidc('http://id.example.se'))).toEqual(['OIDC_ISSUER has to be https://…']);
  });
});
