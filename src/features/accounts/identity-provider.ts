import { Inject, Injectable } from '@nestjs/common';
import type { Configuration } from 'openid-client';
import { z } from 'zod';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, type AppConfig, type OidcSettings } from '../../platform/config/config.js';
import { Signer } from '../../platform/web/signer.js';

/** Where the provider sends people back to; it has to be registered there. */
export const EXTERN_ANSWER_PATH = '/logga-in/extern/svar';
/** How long someone may be at the provider, in seconds. */
export const EXTERN_WITHIN_S = 600;

const PURPOSE = 'extern';
const TIMEOUT_S = 10;

const Begun = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string().nullable(),
  until: z.number(),
});

/** What the browser carries meanwhile, sealed. */
type Begun = z.infer<typeof Begun>;

export interface ExternStart {
  /** Where the browser goes. */
  readonly url: string;
  /** The sealed value of the `extern` cookie. */
  readonly cookie: string;
}

export interface ExternIdentity {
  /** Null when the provider gives none. */
  readonly email: string | null;
  /** Whether the provider, or a setting of ours, vouches that the address is this person's. */
  readonly verified: boolean;
  readonly next: string | null;
}

/** `stale` for an answer to nothing that this browser began, or too late. */
export class ExternFailed extends Error {
  override readonly name = 'ExternFailed';

  constructor(
    readonly reason: 'stale' | 'cancelled' | 'refused' | 'unreachable',
    options?: ErrorOptions,
  ) {
    super(`external sign-in: ${reason}`, options);
  }
}

const library = () => import('openid-client');

/** Signing in at an OpenID Connect provider: authorisation code with PKCE, state and nonce. */
@Injectable()
export class IdentityProvider {
  private discovered: Promise<Configuration> | null = null;

  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly signer: Signer,
    private readonly clock: Clock,
  ) {}

  /** What the button says; null when there is no provider. */
  get name(): string | null {
    return this.config.oidc?.name ?? null;
  }

  /**
   * @param next a local path to go on to
   * @throws ExternFailed
   */
  async start(next: string | null): Promise<ExternStart> {
    const client = await library();
    const configuration = await this.configuration();
    const verifier = client.randomPKCECodeVerifier();
    const until = this.clock.now().getTime() + EXTERN_WITHIN_S * 1000;
    const begun: Begun = { state: client.randomState(), nonce: client.randomNonce(), verifier, next, until };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: 'openid email profile',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: begun.state,
      nonce: begun.nonce,
    });
    return { url: url.href, cookie: this.signer.seal(PURPOSE, JSON.stringify(begun)) };
  }

  /**
   * @param query of the request that the provider sent the browser back with, with its question mark
   * @throws ExternFailed
   */
  async finish(query: string, cookie: string | undefined): Promise<ExternIdentity> {
    const begun = this.begun(cookie);
    const parameters = new URLSearchParams(query);
    if (!begun || parameters.get('state') !== begun.state) throw new ExternFailed('stale');
    if (parameters.get('error') === 'access_denied') throw new ExternFailed('cancelled');
    const claims = await this.claimsOf(new URL(this.redirectUri + query), begun);
    const email = typeof claims.email === 'string' && claims.email !== '' ? claims.email : null;
    // What the provider says counts; the setting is about what it does not say.
    const verified = (truthOf(claims['email_verified']) ?? this.settings.trustEmail) === true;
    return { email, verified, next: begun.next };
  }

  private get settings(): OidcSettings {
    if (!this.config.oidc) throw new Error('there is no identity provider');
    return this.config.oidc;
  }

  private get redirectUri(): string {
    return this.config.baseUrl + EXTERN_ANSWER_PATH;
  }

  /** Asked once; again when it did not answer. */
  private configuration(): Promise<Configuration> {
    this.discovered ??= this.discover().catch((error: unknown) => {
      this.discovered = null;
      throw new ExternFailed('unreachable', { cause: error });
    });
    return this.discovered;
  }

  private async discover(): Promise<Configuration> {
    const client = await library();
    const { issuer, clientId, clientSecret } = this.settings;
    const secret = clientSecret === null ? client.None() : client.ClientSecretPost(clientSecret);
    const url = new URL(issuer);
    // An ID token's signature is looked at too, though it comes over TLS from the provider itself: a second lock.
    const execute = [client.enableNonRepudiationChecks];
    // Only for a provider on this very machine: the settings refuse any other without TLS.
    if (url.protocol === 'http:') execute.push(client.allowInsecureRequests);
    const found = await client.discovery(url, clientId, undefined, secret, { execute, timeout: TIMEOUT_S });
    // The library takes any tenant's word where the issuer that was asked is every tenant's.
    if (found.serverMetadata().issuer.includes('{')) throw new Error('the issuer is that of any tenant');
    return found;
  }

  private async claimsOf(url: URL, { state, nonce, verifier }: Begun): Promise<Readonly<Record<string, unknown>>> {
    const client = await library();
    const configuration = await this.configuration();
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    try {
      const tokens = await client.authorizationCodeGrant(configuration, url, checks);
      const claims = tokens.claims();
      if (!claims) throw new Error('no id token');
      if (this.isEnough(claims) || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
      const asked = client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      const told = await asked.catch((error: unknown) => {
        if (this.isTrusted(claims) && isRefusal(error)) return claims;
        throw error;
      });
      // The address and what vouches for it come from the same answer.
      return told.email === undefined ? claims : told;
    } catch (error) {
      throw new ExternFailed(isDown(error) ? 'unreachable' : 'refused', { cause: error });
    }
  }

  /** Whether an ID token says all that is asked: many providers put the address in it, and the rest elsewhere. */
  private isEnough(claims: Readonly<Record<string, unknown>>): boolean {
    return claims['email'] !== undefined && claims['email_verified'] !== undefined;
  }

  /** Whether it says enough of a provider whose addresses are trusted: that of AD FS may refuse at UserInfo. */
  private isTrusted(claims: Readonly<Record<string, unknown>>): boolean {
    return this.settings.trustEmail && claims['email'] !== undefined;
  }

  private begun(cookie: string | undefined): Begun | null {
    const opened = cookie === undefined ? null : this.signer.unseal(PURPOSE, cookie);
    if (opened === null) return null;
    const begun = Begun.parse(JSON.parse(opened));
    return begun.until > this.clock.now().getTime() ? begun : null;
  }
}

const CAUSES = 5;

interface Told {
  readonly name: unknown;
  readonly message: unknown;
  readonly status: unknown;
}

/** What fetch and the library tell of an error stands in its causes. */
function toldOf(error: unknown): Told[] {
  const told: Told[] = [];
  let one = error;
  while (told.length < CAUSES && typeof one === 'object' && one !== null) {
    told.push({
      name: Reflect.get(one, 'name'),
      message: Reflect.get(one, 'message'),
      status: Reflect.get(one, 'status'),
    });
    one = Reflect.get(one, 'cause');
  }
  return told;
}

/** Whether the provider did not answer, or said that it is broken. */
const isDown = (error: unknown): boolean =>
  toldOf(error).some(
    ({ name, message, status }) =>
      message === 'fetch failed' || name === 'TimeoutError' || (typeof status === 'number' && status >= 500),
  );

/** Whether the provider said that it tells us nothing. */
const isRefusal = (error: unknown): boolean => toldOf(error).some(({ status }) => status === 401 || status === 403);

/** Some providers write it as a text. Null where nothing is said. */
const truthOf = (claim: unknown): boolean | null =>
  claim === undefined || claim === null ? null : claim === true || claim === 'true';
