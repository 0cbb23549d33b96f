import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ReferralRepository } from '../referrals/referral.repository.js';

/** So many cases are named. */
const MOST_NAMED = 5;

/** Tells which cases would be left with someone who no longer works with a board's. */
@Injectable()
export class OfficersCases {
  constructor(private readonly referrals: ReferralRepository) {}

  /** Numbers of the open cases of a board that have this officer, the first of them; null when there is none. */
  async openOf(tx: EntityManager, board: string, personId: string): Promise<string | null> {
    const cases = (await this.referrals.openOfOfficer(tx, personId)).filter((one) => one.board === board);
    if (cases.length === 0) return null;
    const named = cases.slice(0, MOST_NAMED).map(({ diarienummer }) => diarienummer);
    return (cases.length > MOST_NAMED ? [...named, '…'] : named).join(', ');
  }
}
