import type { MailRow } from '../ledger/mail.entity.js';
import { MailError } from '../../platform/mail/mailer.port.js';
import { OutcomeBatches } from './outcome-batches.js';

/** What came of a mail. */
export type Outcome =
  | { readonly kind: 'sent'; readonly mail: MailRow }
  /** `tried` is false when the mail was not handed over, since the ones before it showed that nobody answers. */
  | { readonly kind: 'failed'; readonly mail: MailRow; readonly error: MailError; readonly tried: boolean }
  /** Given back untried, because the process stops. */
  | { readonly kind: 'released'; readonly mail: MailRow }
  /** Another process has it: its lease had run out. */
  | { readonly kind: 'lost'; readonly mail: MailRow };

export interface DeliveryMeans {
  /** @throws MailError */
  send(mail: MailRow): Promise<void>;
  /** Sees to it that the mail is still ours for long enough; false when it is not. */
  hold(mail: MailRow): Promise<boolean>;
  note(outcomes: readonly Outcome[]): Promise<void>;
}

/** How many mails are under way at once. The mailer has its own, smaller number of connections. */
const AT_ONCE = 8;
/** While more than so many wait, no more are claimed. */
const ENOUGH_WAITING = 50;
/** So many in a row that reached nobody: the server is down, and trying the rest would only take time. */
const HOPELESS = 5;

/** Sends mails, several at a time, outside of any transaction, and has what came of them noted. */
export class DeliveryRun {
  /** Mails handed over. */
  sent = 0;
  /** Mails that were not taken over. */
  failed = 0;
  private readonly waiting: MailRow[] = [];
  private readonly batches: OutcomeBatches<Outcome>;
  private underWay = 0;
  private unreached: MailError[] = [];
  private stopped = false;
  private wake: () => void = () => undefined;

  constructor(private readonly means: DeliveryMeans) {
    this.batches = new OutcomeBatches((outcomes) => means.note(outcomes));
  }

  /** Whether it is no use to claim more: the server cannot be reached, or the process stops. */
  get over(): boolean {
    return this.stopped || this.hopeless !== null;
  }

  /** Takes mails over, and resolves when there is room for more. */
  async accept(mails: readonly MailRow[]): Promise<void> {
    this.waiting.push(...mails);
    this.start();
    while (this.waiting.length > ENOUGH_WAITING) await this.change();
  }

  /** Resolves when every mail taken over has been sent or has failed, and this is noted. */
  async end(): Promise<void> {
    while (this.waiting.length > 0 || this.underWay > 0) await this.change();
    await this.batches.drained();
  }

  /** Hands over what is under way and gives back the rest. */
  stop(): void {
    this.stopped = true;
    this.start();
  }

  private get hopeless(): MailError | null {
    return this.unreached.length < HOPELESS ? null : (this.unreached[0] ?? null);
  }

  private start(): void {
    for (let mail = this.next(); mail; mail = this.next()) {
      this.underWay += 1;
      void this.deliver(mail);
    }
  }

  private next(): MailRow | undefined {
    return this.underWay < AT_ONCE ? this.waiting.shift() : undefined;
  }

  private async deliver(mail: MailRow): Promise<void> {
    const outcome = await this.outcomeOf(mail);
    this.count(outcome);
    if (outcome.kind !== 'lost') await this.batches.add(outcome);
    this.underWay -= 1;
    this.start();
    this.wake();
  }

  private async outcomeOf(mail: MailRow): Promise<Outcome> {
    if (this.stopped) return { kind: 'released', mail };
    if (this.hopeless) return { kind: 'failed', mail, error: this.hopeless, tried: false };
    try {
      if (!(await this.means.hold(mail))) return { kind: 'lost', mail };
      await this.means.send(mail);
      return { kind: 'sent', mail };
    } catch (error) {
      return { kind: 'failed', mail, error: asMailError(error), tried: true };
    }
  }

  private count(outcome: Outcome): void {
    if (outcome.kind === 'sent') {
      this.sent += 1;
      this.unreached = [];
    }
    if (outcome.kind !== 'failed') return;
    this.failed += 1;
    if (!outcome.tried) return;
    this.unreached = isUnreached(outcome.error) ? [...this.unreached, outcome.error] : [];
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}

/** A reply about one mail shows that somebody answers; 421 says that nobody serves us now. */
const isUnreached = ({ permanent, code }: MailError): boolean =>
  !permanent && (code === '421' || !/^4\d\d$/.test(code)) && code !== 'EMESSAGE';

function asMailError(error: unknown): MailError {
  if (error instanceof MailError) return error;
  return new MailError(false, 'unknown', error instanceof Error ? error.message : String(error), { cause: error });
}
