import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import type { Actor } from '../../people/actor.js';
import { OfficerAway } from '../lista/officer-away.js';
import type { Away } from '../../people/who-is-away.js';
import type { ReferralView } from '../../referrals/referral.dto.js';
import { ViewReferral } from '../../referrals/view-referral.js';
import { ListReminders } from '../../reminders/list-reminders.js';
import type { ReminderView } from '../../reminders/reminder.dto.js';

/** What a registration has brought about. */
export interface Receipt {
  readonly view: ReferralView;
  /** Whether the officer is away today. */
  readonly officerAway: Away | null;
  /** Who is told at once, and of what. */
  readonly toldNow: readonly ReminderView[];
  /** The next to be sent. */
  readonly toldLater: readonly ReminderView[];
}

const MOST_LATER = 3;

/** Reads what there is to say when a case has been registered. */
@Injectable()
export class ReadReceipt {
  constructor(
    private readonly clock: Clock,
    private readonly referral: ViewReferral,
    private readonly reminders: ListReminders,
    private readonly away: OfficerAway,
  ) {}

  /** @throws RuleError `not-found`, `forbidden` */
  async execute(actor: Actor, id: string): Promise<Receipt> {
    const view = await this.referral.execute(actor, id);
    const rows = (await this.reminders.execute(actor, id)).filter(({ state }) => state !== 'superseded');
    const now = this.clock.now().toISOString();
    return {
      view,
      officerAway: await this.away.of(view),
      toldNow: rows.filter(({ dueAt, state }) => dueAt <= now || state !== 'pending'),
      toldLater: rows.filter(({ dueAt, state }) => dueAt > now && state === 'pending').slice(0, MOST_LATER),
    };
  }
}
