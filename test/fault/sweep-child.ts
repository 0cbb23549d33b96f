import 'reflect-metadata';
import type { EntityManager } from 'typeorm';
import { openDatabase, closeDatabase } from '../../src/platform/database/open-database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { Delivery, OutgoingMail } from '../../src/platform/mail/mailer.port.js';
import { SmtpMailer } from '../../src/platform/mail/smtp-mailer.js';
import { ENTITIES } from '../../src/schema.js';
import { SettableClock } from '../support/settable-clock.js';
import { Wiring } from '../integration/reminders/wiring.js';

/** What the parent wants: a sweep on this file, killed at its n-th step (0: not at all). */
interface Order {
  readonly path: string;
  readonly smtpUrl: string;
  readonly now: string;
  readonly killAt: number;
  /** Sweep although another process does. */
  readonly withoutLease: boolean;
}

const order: Order = JSON.parse(process.argv[2] ?? '{}');
const steps: string[] = [];

/** A place at which a process may die. */
function step(name: string): void {
  steps.push(name);
  if (steps.length === order.killAt) process.kill(process.pid, 'SIGKILL');
}

class MortalUnitOfWork extends UnitOfWork {
  override async run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    step('before a transaction');
    const value = await super.run(async (tx) => {
      const result = await work(tx);
      step('in a transaction, before its commit');
      return result;
    });
    step('after a commit');
    return value;
  }
}

class MortalMailer extends SmtpMailer {
  override async send(mail: OutgoingMail): Promise<Delivery> {
    step('before a mail is handed over');
    const delivery = await super.send(mail);
    step('after the mail server has answered');
    return delivery;
  }
}

const clock = new SettableClock(order.now);
const database = await openDatabase({ kind: 'sqlite', path: order.path }, ENTITIES);
const mailer = new MortalMailer(order.smtpUrl, clock);
const wiring = new Wiring({ ...database, work: new MortalUnitOfWork(database.write), clock, mailer });
if (order.withoutLease) {
  wiring.leases.tryTake = async () => true;
  wiring.leases.release = async () => true;
}
const report = await wiring.sweep.runOnce();
await mailer.close();
await closeDatabase(database);
process.stdout.write(JSON.stringify({ report, steps }));
