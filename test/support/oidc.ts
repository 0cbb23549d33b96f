import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientMetadata } from 'oidc-provider';

/** A person at the provider. */
export interface OidcAccount {
  readonly email?: string;
  readonly emailVerified?: boolean;
  /** Whether the ID token holds the address, and nothing of whether it is verified. */
  readonly bareInIdToken?: boolean;
  /** Who userinfo says that it is about, where that is someone else. */
  readonly otherSub?: string;
}

export interface OidcServer {
  readonly issuer: string;
  /** Settings of an app that signs in here. */
  readonly env: Readonly<Record<string, string>>;
  /** Who the next one is who signs in, with whatever password. */
  accounts: Map<string, OidcAccount>;
  /** Claims that are put into ID tokens after they have been signed, as by someone on the way. */
  forged: Readonly<Record<string, unknown>> | null;
  /** The path of an endpoint that is out of order: `hung-up` closes the connection, `broken` answers 503. */
  down: { readonly path: string; readonly how: 'hung-up' | 'broken' | 'refusing' } | null;
  close(): Promise<void>;
}

/** The provider warns at length of what is for tests only; this is one. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { warn, info } = console;
  const unlessProvider =
    (say: typeof warn): typeof warn =>
    (...words) => {
      if (!String(words[0]).includes('oidc-provider')) say(...words);
    };
  console.warn = unlessProvider(warn);
  console.info = unlessProvider(info);
  return work();
}

const CLIENT = { id: 'diarium', secret: 'a-secret-that-only-the-test-knows' };

const account = (id: string, { email, emailVerified, bareInIdToken = false }: OidcAccount) => ({
  accountId: id,
  claims: (use?: string) => ({
    sub: id,
    ...(email === undefined || (use === 'id_token' && !bareInIdToken) ? {} : { email }),
    ...(emailVerified === undefined || use === 'id_token' ? {} : { email_verified: emailVerified }),
  }),
});

/**
 * A real OpenID Connect provider on a free port, with its own development pages for signing in and consenting.
 *
 * @param baseUrl of the app that people come back to
 */
export async function startOidc(baseUrl: string): Promise<OidcServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accounts = new Map<string, OidcAccount>();
  const client: ClientMetadata = {
    client_id: CLIENT.id,
    client_secret: CLIENT.secret,
    redirect_uris: [`${baseUrl}/logga-in/extern/svar`],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
  };
  const provider = await quietly(
    async () =>
      new (await import('oidc-provider')).Provider(issuer, {
        clients: [client],
        conformIdTokenClaims: false,
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: [] },
        pkce: { required: () => true },
        cookies: { keys: ['a-key-that-only-the-test-knows'] },
        findAccount: (_context, id) => account(id, accounts.get(id) ?? {}),
        features: { devInteractions: { enabled: true } },
      }),
  );
  const started: OidcServer = {
    issuer,
    accounts,
    forged: null,
    down: null,
    env: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret, OIDC_NAME: 'provkonto' },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  provider.use(async (context, next) => {
    await next();
    const { body } = context;
    const otherSub = context.path === '/me' && accounts.get(String(body?.['sub']))?.otherSub;
    if (otherSub) context.body = { ...body, sub: otherSub };
    if (started.forged === null || typeof body?.['id_token'] !== 'string') return;
    context.body = { ...body, id_token: forge(body['id_token'], started.forged) };
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (started.down === null || request.url !== started.down.path) return answer(request, response);
    if (started.down.how === 'hung-up') request.socket.destroy();
    else response.writeHead(started.down.how === 'broken' ? 503 : 401).end();
  });
  return started;
}

/** An ID token with other claims, and the signature it had. */
function forge(idToken: string, claims: Readonly<Record<string, unknown>>): string {
  const [head, payload = '', signature] = idToken.split('.');
  const told: object = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const forged = Buffer.from(JSON.stringify({ ...told, ...claims })).toString('base64url');
  return [head, forged, signature].join('.');
}
