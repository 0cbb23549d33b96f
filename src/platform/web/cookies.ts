import { createHash, randomBytes } from 'node:crypto';
import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { APP_CONFIG, type AppConfig } from '../config/config.js';

/** `session`: who is signed in. `visit`: a browser that nobody has signed in with. `extern`: a sign-in under way elsewhere. */
export type CookieName = 'session' | 'visit' | 'extern';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits. Nobody guesses one, so a plain hash is enough to keep. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const isToken = (text: string | undefined): text is string => text !== undefined && TOKEN.test(text);
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Our cookies: out of reach for scripts, sent along only from our own pages, and over TLS alone where we have it. */
@Injectable()
export class Cookies {
  private readonly secure: boolean;

  constructor(@Inject(APP_CONFIG) config: AppConfig) {
    this.secure = config.baseUrl.startsWith('https:');
  }

  read(request: FastifyRequest, name: CookieName): string | undefined {
    return request.cookies[this.named(name)];
  }

  /** @param maxAge in seconds; without it, until the browser is closed */
  write(reply: FastifyReply, name: CookieName, value: string, maxAge?: number): void {
    reply.setCookie(this.named(name), value, { ...this.options(), ...(maxAge === undefined ? {} : { maxAge }) });
  }

  clear(reply: FastifyReply, name: CookieName): void {
    reply.clearCookie(this.named(name), this.options());
  }

  /** A browser takes a cookie of the prefix only from this very host, over TLS and for all its paths. */
  private named(name: CookieName): string {
    return this.secure ? `__Host-diarium-${name}` : `diarium-${name}`;
  }

  private options() {
    return { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: this.secure };
  }
}
