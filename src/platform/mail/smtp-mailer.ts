import { createTransport } from 'nodemailer';
import { Clock } from '../clock/clock.port.js';
import { composeMail } from './mail-message.js';
import { Mailer, MailError, type Delivery, type OutgoingMail } from './mailer.port.js';
import { smtpAddress, type SmtpAddress } from './smtp-address.js';
import { line, toMailError } from './smtp-failure.js';
import { Turnstile } from './turnstile.js';

export interface SmtpTimes {
  readonly connectMs: number;
  readonly greetingMs: number;
  /** Silence in the middle of a conversation. */
  readonly socketMs: number;
  /** One mail from its turn to the answer, also from a server that never falls quite silent. */
  readonly wholeMs: number;
  /** What is being sent when the mailer is closed. */
  readonly closeMs: number;
}

const TIMES: SmtpTimes = { connectMs: 10_000, greetingMs: 10_000, socketMs: 30_000, wholeMs: 120_000, closeMs: 10_000 };

/** A pool without logger: nodemailer would write addresses and credentials to it. */
const pooled = ({ rateLimit, name, auth, ...address }: SmtpAddress, times: SmtpTimes) =>
  createTransport({
    ...address,
    ...(auth ? { auth: { ...auth } } : {}),
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(name === undefined ? {} : { name }),
    pool: true,
    // For a connection that closed before anything of the mail was sent. Once the mail was under way nothing repeats
    // it by itself: whether it had arrived only the ledger may guess.
    maxRequeues: 2,
    connectionTimeout: times.connectMs,
    dnsTimeout: times.connectMs,
    greetingTimeout: times.greetingMs,
    socketTimeout: times.socketMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** Hands mails to an SMTP server over a few connections that are kept open. */
export class SmtpMailer extends Mailer {
  private readonly pool: ReturnType<typeof pooled>;
  private readonly turnstile: Turnstile;
  private readonly times: SmtpTimes;
  private readonly sending = new Set<Promise<unknown>>();
  private closed = false;

  /** @throws Error when the address is faulty; its message holds no secrets */
  constructor(
    smtpUrl: string,
    private readonly clock: Clock,
    times: Partial<SmtpTimes> = {},
  ) {
    super();
    const address = smtpAddress(smtpUrl);
    this.times = { ...TIMES, ...times };
    this.pool = pooled(address, this.times);
    this.turnstile = new Turnstile(address.maxConnections);
  }

  async send(mail: OutgoingMail): Promise<Delivery> {
    const message = composeMail(mail, this.clock.now());
    const sent = this.turnstile.pass(async () => {
      if (this.closed) throw new MailError(false, 'closed', 'The mailer has been closed');
      return this.pool.sendMail({ ...message, signal: AbortSignal.timeout(this.times.wholeMs) });
    });
    this.sending.add(sent);
    try {
      return { response: line((await sent).response) };
    } catch (error) {
      throw toMailError(error);
    } finally {
      this.sending.delete(sent);
    }
  }

  async verify(): Promise<void> {
    if (this.closed) throw new MailError(false, 'closed', 'The mailer has been closed');
    try {
      await this.pool.verify();
    } catch (error) {
      throw toMailError(error);
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const force = setTimeout(() => this.pool.close({ force: true }), this.times.closeMs);
    await Promise.allSettled(this.sending);
    clearTimeout(force);
    this.pool.close();
  }
}
