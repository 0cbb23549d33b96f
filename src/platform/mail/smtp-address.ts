/** What an `SMTP_URL` says, in nodemailer's words. */
export interface SmtpAddress {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  /** Refuse to go on without TLS: by itself when a password would else be sent readable to another machine. */
  readonly requireTLS: boolean;
  readonly ignoreTLS: boolean;
  readonly tls: { readonly rejectUnauthorized: boolean };
  readonly maxConnections: number;
  readonly maxMessages: number;
  readonly rateLimit?: number;
  /** What we call ourselves to the server. */
  readonly name?: string;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const KNOWN = new Set([
  'pool', 'maxConnections', 'maxMessages', 'rateLimit', 'requireTLS', 'ignoreTLS', 'tls.rejectUnauthorized', 'name',
]); // prettier-ignore

/**
 * Reads `smtp://user:password@host:587?maxConnections=5` (STARTTLS when the server offers it) or `smtps://…` (TLS from
 * the start). Options: `pool=false` (one connection), `maxConnections` (5), `maxMessages` (a connection; 1000),
 * `rateLimit` (mails a second), `requireTLS`, `ignoreTLS`, `tls.rejectUnauthorized` (true), `name`.
 *
 * @throws Error without any part of the address that may be secret
 */
export function smtpAddress(url: string): SmtpAddress {
  if (!URL.canParse(url)) throw new Error('SMTP_URL: not an address such as smtp://host:587');
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  if (protocol !== 'smtp:' && protocol !== 'smtps:') throw new Error('SMTP_URL: has to begin with smtp:// or smtps://');
  if (hostname === '') throw new Error('SMTP_URL: names no server');
  const options = new Options(searchParams);
  const secure = protocol === 'smtps:';
  const hasLogin = username !== '';
  const ignoreTLS = options.flag('ignoreTLS', false);
  const rateLimit = options.number('rateLimit', 0);
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    ...(hasLogin ? { auth: { user: decoded(username), pass: decoded(password) } } : {}),
    requireTLS: options.flag('requireTLS', hasLogin && !secure && !ignoreTLS && !LOOPBACK.has(hostname)),
    ignoreTLS,
    tls: { rejectUnauthorized: options.flag('tls.rejectUnauthorized', true) },
    maxConnections: options.flag('pool', true) ? options.number('maxConnections', 5) || 5 : 1,
    maxMessages: options.number('maxMessages', 1_000) || 1_000,
    ...(rateLimit > 0 ? { rateLimit } : {}),
    ...options.name(),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Error('SMTP_URL: write a percent sign in user or password as %25');
  }
}

class Options {
  constructor(private readonly given: URLSearchParams) {
    for (const name of given.keys()) if (!KNOWN.has(name)) throw new Error(`SMTP_URL: there is no option ${name}`);
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.given.get(name);
    if (value === null) return otherwise;
    if (value === 'true' || value === '1' || value === '') return true;
    if (value === 'false' || value === '0') return false;
    throw new Error(`SMTP_URL: ${name} has to be true or false`);
  }

  number(name: string, otherwise: number): number {
    const value = this.given.get(name);
    if (value === null) return otherwise;
    if (/^\d{1,6}$/.test(value)) return Number(value);
    throw new Error(`SMTP_URL: ${name} has to be a whole number`);
  }

  name(): { name?: string } {
    const value = this.given.get('name');
    if (value === null) return {};
    if (/^[A-Za-z0-9.-]{1,253}$/.test(value)) return { name: value };
    throw new Error('SMTP_URL: name has to be a host name');
  }
}
