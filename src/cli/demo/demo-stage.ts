import type { INestApplicationContext } from '@nestjs/common';
import { v4 as uuid } from 'uuid';
import { addDays, type LocalDate } from '../../domain/calendar/local-date.js';
import { instantAt } from '../../domain/calendar/stockholm-time.js';
import { isWorkingDay } from '../../domain/calendar/working-day.js';
import type { Actor } from '../../features/people/actor.js';
import { Actors } from '../../features/people/actors.js';
import { PeopleRepository } from '../../features/people/people.repository.js';
import { Acts } from '../../features/referrals/acts/acts.js';
import { RegisterReferral } from '../../features/referrals/register-referral.js';
import { OpenDelivery } from '../../features/reminders/open-delivery.js';
import { SendDueReminders } from '../../features/reminders/send-due-reminders.js';
import { SWEEP_LEASE } from '../../features/reminders/sweep.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Leases } from '../../platform/queue/lease.js';
import { firstDay, type DemoCase } from './demo-cases.js';
import { DemoClock } from './demo-clock.js';
import type { DemoDays } from './demo-days.js';
import { DEMO_PEOPLE, type DemoPerson } from './demo-organisation.js';

/** Something that happened at an instant. */
interface Scene {
  readonly at: Date;
  play(): Promise<unknown>;
}

const MOST_MINUTES_MS = 10 * 60_000;

/** Plays the made-up history, event after event, through the same use cases as everyone else. */
export class DemoStage {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly clock: DemoClock,
    private readonly days: DemoDays,
  ) {}

  /** @param goOn is called between events with how far it has come, 0 to 1 */
  async play(cases: readonly DemoCase[], goOn: (share: number) => void): Promise<void> {
    const scenes = [...cases.flatMap((one, index) => this.scenesOf(one, index)), ...this.mornings(cases)];
    scenes.sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const [index, { at, play }] of scenes.entries()) {
      goOn(index / scenes.length);
      this.clock.moveTo(at);
      await play();
    }
  }

  /** Registered after nine; what happens on one day happens after ten, in the order given. */
  private scenesOf(one: DemoCase, index: number): Scene[] {
    let id = '';
    const register = async (): Promise<void> => {
      ({ id } = await this.app.get(RegisterReferral).execute(await this.actor('rut'), one.input));
    };
    const minute = String(index * 3).padStart(2, '0');
    const acts = one.acts.map((act): Scene => ({
      at: instantAt(act.on, `10:${minute}`),
      play: async () => {
        const actor = await this.actor(act.who);
        return this.app.get(UnitOfWork).run((tx) => act.perform(this.app.get(Acts), tx, actor, { referralId: id }));
      },
    }));
    return [{ at: instantAt(one.registeredOn, `09:${minute}`), play: register }, ...acts];
  }

  /** Reminders leave at half past seven; those of today are left to the server. */
  private mornings(cases: readonly DemoCase[]): Scene[] {
    const mornings: LocalDate[] = [];
    for (let day = firstDay(cases); day < this.days.today; day = addDays(day, 1)) {
      if (isWorkingDay(day, this.days.closed)) mornings.push(day);
    }
    return mornings.map((day) => ({ at: instantAt(day, '07:31'), play: () => this.remind() }));
  }

  private async remind(): Promise<void> {
    const delivery = this.app.get(OpenDelivery, { strict: false }).open();
    await this.app.get(SendDueReminders, { strict: false }).execute(delivery);
    await delivery.end();
  }

  private async actor(person: DemoPerson): Promise<Actor> {
    const em = this.app.get(ReadDatabase).manager;
    const found = await this.app.get(PeopleRepository).byEmail(em, DEMO_PEOPLE[person], this.clock.today());
    return this.app.get(Actors).actorOf(em, found, this.clock.today());
  }
}

/** Keeps a server that runs beside from sending the reminders of a history that is still being played. */
export async function withoutOtherSweeps(
  app: INestApplicationContext,
  startedAt: Date,
  act: () => Promise<void>,
): Promise<void> {
  const leases = new Leases(app.get(UnitOfWork), app.get(ReadDatabase), new DemoClock(startedAt));
  const holder = uuid();
  await leases.tryTake(SWEEP_LEASE, holder, MOST_MINUTES_MS);
  try {
    await act();
  } finally {
    await leases.release(SWEEP_LEASE, holder);
  }
}
