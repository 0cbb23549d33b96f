import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JournalModule } from '../journal/journal.module.js';
import { AbsenceApi } from './absence.api.js';
import { AbsenceRepository } from './absence.repository.js';
import { Actors } from './actors.js';
import { Administrators } from './administrators.js';
import { Authenticate } from './authenticate.js';
import { AUTHENTICATORS } from './authenticator.js';
import { AuthenticationGuard } from './authentication.guard.js';
import { CreateToken } from './create-token.js';
import { EndAccount } from './end-account.js';
import { FindManager } from './find-manager.js';
import { KeepAbsences } from './keep-absences.js';
import { ListAbsences } from './list-absences.js';
import { ListTokens } from './list-tokens.js';
import { MeApi } from './me.api.js';
import { PeopleRepository } from './people.repository.js';
import { RevokeToken } from './revoke-token.js';
import { Substitutes } from './substitutes.js';
import { WhoIsAway } from './who-is-away.js';
import { TokenRepository } from './token.repository.js';

const SHARED = [
  Administrators,
  EndAccount,
  FindManager,
  AbsenceRepository,
  KeepAbsences,
  ListAbsences,
  PeopleRepository,
  TokenRepository,
  Substitutes,
  WhoIsAway,
  Actors,
  Authenticate,
  CreateToken,
  RevokeToken,
  ListTokens,
];

/** People, their roles and tokens, and who asks. */
@Module({
  imports: [JournalModule],
  controllers: [MeApi, AbsenceApi],
  providers: [
    ...SHARED,
    // In this order: a bearer token says more than a session that the browser sends along.
    { provide: AUTHENTICATORS, inject: [Authenticate], useFactory: (token: Authenticate) => [token] },
    { provide: APP_GUARD, useClass: AuthenticationGuard },
  ],
  exports: [...SHARED, AUTHENTICATORS],
})
export class PeopleModule {}
