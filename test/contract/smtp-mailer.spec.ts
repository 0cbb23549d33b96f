import { SmtpMailer } from '../../src/platform/mail/smtp-mailer.js';
import { startSmtpSink } from '../support/smtp-sink.js';
import { mailerContract } from './mailer.contract.js';

mailerContract('SmtpMailer', async (clock) => {
  const sink = await startSmtpSink();
  const mailer = new SmtpMailer(sink.url, clock);
  return {
    mailer,
    arrived: async () => sink.mails.map(({ raw }) => raw),
    close: async () => {
      await mailer.close();
      await sink.stop();
    },
  };
});
