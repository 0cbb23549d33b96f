import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { IfMatchGuard } from '../../platform/http/if-match.js';
import { boardsSeen } from '../people/actor.js';
import { ReferralRepository } from './referral.repository.js';

const params = z.object({ id: z.uuid() });

/** Judges If-Match on a case before its body is looked at. */
@Injectable()
export class ReferralVersionGuard extends IfMatchGuard {
  constructor(
    private readonly db: ReadDatabase,
    private readonly referrals: ReferralRepository,
  ) {
    super();
  }

  protected async currentVersion(request: FastifyRequest): Promise<number | null> {
    const named = params.safeParse(request.params);
    if (!named.success || !request.actor) return null;
    const found = await this.referrals.find(this.db.manager, named.data.id, boardsSeen(request.actor));
    return found?.version ?? null;
  }
}
