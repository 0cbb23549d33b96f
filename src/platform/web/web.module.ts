import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Cookies } from './cookies.js';
import { FormGuard } from './form.guard.js';
import { FormTokens } from './form-tokens.js';
import { Signer } from './signer.js';

const SHARED = [Cookies, FormTokens, Signer];

/** What pages need of technique. */
@Global()
@Module({ providers: [...SHARED, { provide: APP_GUARD, useClass: FormGuard }], exports: SHARED })
export class WebModule {}
