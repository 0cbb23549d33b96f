import { PasswordHasher } from '../../../src/features/accounts/password-hasher.js';
import { SavePassword } from '../../../src/features/accounts/save-password.js';
import { SYSTEM } from '../../../src/features/people/actor.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startApp, type StartAppOptions, type TestApp } from '../../support/app.js';
import { freePort } from '../../support/free-port.js';
import { startOidc, type OidcServer } from '../../support/oidc.js';
import { seedModelBoard } from '../../support/seed.js';
import { SettableClock } from '../../support/settable-clock.js';

export const PASSWORD = 'åtta gröna elefanter';

/** An app that knows its own address, as a browser has to. */
export async function startPagesApp(options: Partial<StartAppOptions> = {}): Promise<TestApp> {
  const port = String(await freePort());
  const env = { PORT: port, BASE_URL: `http://127.0.0.1:${port}`, ...options.env };
  return startApp({ clock: new SettableClock('2023-10-09T08:00:00Z'), ...options, env });
}

/** An app with an identity provider and the model board. The provider keeps real time, and so does the app. */
export async function startAppWithOidc(
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly app: TestApp; readonly oidc: OidcServer }> {
  const port = String(await freePort());
  const oidc = await startOidc(`http://127.0.0.1:${port}`);
  const clock = new SettableClock(new Date().toISOString());
  const app = await startPagesApp({
    clock,
    env: { ...oidc.env, PORT: port, BASE_URL: `http://127.0.0.1:${port}`, ...env },
  });
  await seedModelBoard(app);
  return { app, oidc };
}

/** Gives people a password. */
export async function seedPassword(app: TestApp, ...people: readonly { readonly id: string }[]): Promise<void> {
  const hash = await app.provider(PasswordHasher).hash(PASSWORD);
  for (const { id } of people) {
    const password = { personId: id, hash, by: SYSTEM, how: 'setup', kept: null } as const;
    await app.provider(UnitOfWork).run((tx) => app.provider(SavePassword).inTransaction(tx, password));
  }
}

export interface PageAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly headers: Headers;
  readonly body: string;
}

const TOKEN = /name="_token" value="([\w-]+)"/;

/** A browser of few words: keeps cookies, follows nothing, and sends forms with the token of the page before. */
export class PlainBrowser {
  readonly cookies = new Map<string, string>();
  private lastPage = '';

  constructor(
    private readonly app: TestApp,
    /** Headers on every request. */
    private readonly always: Readonly<Record<string, string>> = {},
  ) {}

  get token(): string {
    return TOKEN.exec(this.lastPage)?.[1] ?? '';
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<PageAnswer> {
    return this.send('GET', path, undefined, headers);
  }

  /** Sends a form; `_token` is that of the page before unless it is given. */
  post(
    path: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<PageAnswer> {
    const body = new URLSearchParams({ _token: this.token, ...fields });
    return this.send('POST', path, body.toString(), headers);
  }

  async signIn(email: string, password = PASSWORD): Promise<PageAnswer> {
    await this.get('/logga-in');
    return this.post('/logga-in', { epost: email, losenord: password });
  }

  private async send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<PageAnswer> {
    const response = await fetch(this.app.url + path, {
      method,
      redirect: 'manual',
      headers: {
        Accept: 'text/html,application/xhtml+xml',
        ...(this.cookies.size > 0 ? { Cookie: this.cookieHeader } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
        ...this.always,
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    const text = await response.text();
    if (TOKEN.test(text)) this.lastPage = text;
    const { status } = response;
    return { status, location: response.headers.get('location'), headers: response.headers, body: text };
  }

  private keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '' || /expires=Thu, 01 Jan 1970/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
