import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { PeopleRepository } from '../../people/people.repository.js';
import { WhoIsAway, type Away } from '../../people/who-is-away.js';
import type { ReferralView } from '../../referrals/referral.dto.js';

/** Whether the officer of a case is away, for those who look at it. */
@Injectable()
export class OfficerAway {
  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly away: WhoIsAway,
  ) {}

  async of({ board, officer }: Pick<ReferralView, 'board' | 'officer'>): Promise<Away | null> {
    if (officer === null) return null;
    const em = this.db.manager;
    const person = await this.people.findByEmail(em, officer.email);
    if (!person) return null;
    return (await this.away.of(em, [person.id], board, this.clock.today())).get(person.id) ?? null;
  }
}
