import { join } from 'node:path';
import { Clock } from '../clock/clock.port.js';
import { EmlMailer } from './eml-mailer.js';
import { Mailer } from './mailer.port.js';
import { SmtpMailer } from './smtp-mailer.js';

/** The mailer that the settings ask for: a server, or files in the data folder's `outbox`. */
export function makeMailer(
  config: { readonly smtpUrl: string | null; readonly dataDir: string },
  clock: Clock,
): Mailer {
  return config.smtpUrl === null
    ? new EmlMailer(join(config.dataDir, 'outbox'), clock)
    : new SmtpMailer(config.smtpUrl, clock);
}
