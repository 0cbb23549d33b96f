import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Exchange } from '../http/exchange.js';
import { Cookies, isToken, newToken, tokenHash } from './cookies.js';
import { Signer, sameCode } from './signer.js';

/** The hidden field of every form. */
export const FORM_TOKEN_FIELD = '_token';
/** Where a script sends it instead. */
export const FORM_TOKEN_HEADER = 'x-csrf-token';
/** Another: what the form calls its fields, so that what was typed can be shown when its session has ended. */
export const FORM_LABELS_FIELD = '_etiketter';

/** And another: where the form can be sent to be shown as it is filled in, when its session has ended. */
export const FORM_REFILL_FIELD = '_ifyllt';

const FORMS_OWN: ReadonlySet<string> = new Set([FORM_TOKEN_FIELD, FORM_LABELS_FIELD, FORM_REFILL_FIELD]);

/** Whether a field belongs to every form, and to none in particular. */
export const isFormsOwn = (name: string): boolean => FORMS_OWN.has(name);

const LENGTH = 32;
/** Of the mask so many bytes are random; the others are a code over them, by which a token of ours is known. */
const RANDOM = 16;

/**
 * The token that says that a form was ours: it belongs to one session, or, before signing in, to one browser, and is
 * never in a cookie. Written anew behind another mask each time, so that compressed pages do not give it away.
 */
@Injectable()
export class FormTokens {
  constructor(
    private readonly cookies: Cookies,
    private readonly signer: Signer,
  ) {}

  /** For a form that is being shown. A browser that we do not know yet gets a cookie. */
  tokenFor({ request, reply }: Exchange): string {
    const known = this.holderOf(request);
    if (known !== null) return this.masked(known);
    const visit = newToken();
    this.cookies.write(reply, 'visit', visit);
    return this.masked(`visit:${tokenHash(visit)}`);
  }

  /** For the session that is being started with this reply. */
  tokenOfSession(sessionToken: string): string {
    return this.masked(`session:${tokenHash(sessionToken)}`);
  }

  isValid(request: FastifyRequest, token: unknown): boolean {
    const holder = this.holderOf(request);
    const bytes = bytesOf(token);
    if (holder === null || bytes === null) return false;
    return sameCode(xor(bytes.subarray(0, LENGTH), bytes.subarray(LENGTH)), this.signer.sign('form', holder));
  }

  /** Whether the token was made here, for whatever session: also for one that has ended, or that the browser forgot. */
  isMadeHere(token: unknown): boolean {
    const bytes = bytesOf(token);
    return bytes !== null && sameCode(bytes.subarray(RANDOM, LENGTH), this.codeOf(bytes.subarray(0, RANDOM)));
  }

  /** Whether the browser sends a session along, alive or not. */
  hasSession(request: FastifyRequest): boolean {
    return isToken(this.cookies.read(request, 'session'));
  }

  private holderOf(request: FastifyRequest): string | null {
    for (const name of ['session', 'visit'] as const) {
      const token = this.cookies.read(request, name);
      if (isToken(token)) return `${name}:${tokenHash(token)}`;
    }
    return null;
  }

  private masked(holder: string): string {
    const random = randomBytes(RANDOM);
    const mask = Buffer.concat([random, this.codeOf(random)]);
    return Buffer.concat([mask, xor(mask, this.signer.sign('form', holder))]).toString('base64url');
  }

  private codeOf(random: Buffer): Buffer {
    return this.signer.sign('form-mask', random.toString('base64url')).subarray(0, LENGTH - RANDOM);
  }
}

/** The token that a form or a script sends along. */
export function formTokenIn({ headers, body }: Pick<FastifyRequest, 'headers' | 'body'>): unknown {
  const header = headers[FORM_TOKEN_HEADER];
  if (header !== undefined) return header;
  return typeof body === 'object' && body !== null ? Reflect.get(body, FORM_TOKEN_FIELD) : undefined;
}

function bytesOf(token: unknown): Buffer | null {
  const bytes = typeof token === 'string' && token.length <= 3 * LENGTH ? Buffer.from(token, 'base64url') : null;
  return bytes?.length === 2 * LENGTH ? bytes : null;
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
