import {
  ForbiddenException,
  Inject,
  Injectable,
  UnsupportedMediaTypeException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { isFromHere } from './from-here.js';
import { PART_HEADER, SHOWS_ONLY } from './shows-only.js';
import { FormTokens, formTokenIn } from './form-tokens.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const FORM = 'application/x-www-form-urlencoded';

const isForm = ({ headers }: FastifyRequest): boolean => headers['content-type']?.startsWith(FORM) === true;

/**
 * Refuses what another site has had a browser send: whatever changes something needs our own origin and the token of
 * the form, but for what only shows a form as it was filled in. A bearer token is never sent by a browser of its own accord, so with one nothing more is asked for.
 */
@Injectable()
export class FormGuard implements CanActivate {
  private readonly origin: string;

  constructor(
    private readonly tokens: FormTokens,
    private readonly reflector: Reflector,
    @Inject(APP_CONFIG) config: AppConfig,
  ) {
    this.origin = new URL(config.baseUrl).origin;
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (SAFE.has(request.method)) return true;
    if (request.url.startsWith('/api/')) {
      if (isForm(request)) throw new UnsupportedMediaTypeException();
      if (request.headers.authorization !== undefined || !this.tokens.hasSession(request)) return true;
    }
    // A script on an open page is told instead that the session is another, and says so beside the form. Where there is
    // no session at all, whoever asks who it is from answers that.
    const isOfPart = request.headers[PART_HEADER] !== undefined && this.tokens.hasSession(request);
    const showsOnly = this.isShownOnly(context) && !isOfPart;
    const isOurs =
      isFromHere(request, this.origin) && (showsOnly || this.tokens.isValid(request, formTokenIn(request)));
    if (isOurs) return true;
    throw new ForbiddenException();
  }

  private isShownOnly(context: ExecutionContext): boolean {
    return this.reflector.get<boolean | undefined>(SHOWS_ONLY, context.getHandler()) === true;
  }
}
