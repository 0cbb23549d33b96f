import { afterEach, beforeEach } from '@jest/globals';
import { SmtpMailer } from '../../../src/platform/mail/smtp-mailer.js';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { SettableClock } from '../../support/settable-clock.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';
import { Wiring } from './wiring.js';

// Each file of tests has this module to itself, so what is on stage can be imported by its own name.

export let db: FreshDatabase;
export let sink: SmtpSink;
export let clock: SettableClock;
export let w: Wiring;
/** Hanna Handläggare's id. */
export let hanna: string;

let mailer: SmtpMailer;

async function openMail(): Promise<void> {
  sink = await startSmtpSink();
  mailer = new SmtpMailer(sink.url, clock);
  w = new Wiring({ ...db, clock, mailer });
}

/** Sets the stage for each test of a file: the board with an officer and a registrar, and a real mail server. */
export function setStage(): void {
  beforeEach(async () => {
    db = await freshDatabase();
    clock = new SettableClock('2023-09-11T08:41:00Z');
    await openMail();
    await w.board();
    hanna = await w.person('Hanna Handläggare', { EÅV: ['officer'] });
    await w.person('Rut Registrator', { EÅV: ['registrar'] });
  });
  afterEach(async () => {
    await mailer.close();
    await sink.stop();
    await db.close();
  });
}

/** Another mail server in the place of one that has been stopped, and all that sends put together anew. */
export async function openMailAnew(): Promise<void> {
  await mailer.close();
  await openMail();
}
