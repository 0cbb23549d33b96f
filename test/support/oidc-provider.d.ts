/** What the tests use of `oidc-provider`, which has no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface ClientMetadata {
    readonly [name: string]: unknown;
  }

  interface Account {
    readonly accountId: string;
    claims(use?: string): Readonly<Record<string, unknown>> & { readonly sub: string };
  }

  export interface Configuration {
    readonly clients: readonly ClientMetadata[];
    readonly findAccount: (context: unknown, id: string) => Account;
    readonly [name: string]: unknown;
  }

  interface Context {
    readonly path: string;
    body?: Readonly<Record<string, unknown>>;
  }

  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
