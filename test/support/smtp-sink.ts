import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { eventually } from './eventually.js';

/** A mail as it arrived. */
export interface ReceivedMail {
  readonly messageId: string;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly html: string;
  readonly parsed: ParsedMail;
  readonly raw: Buffer;
  /** Whether the server took it over, as far as the sender was told. */
  readonly acknowledged: boolean;
}

/**
 * What the server does instead of taking every mail. `first` bounds it to so many mails or connections; after them it
 * is friendly again. A mail dropped after its final dot has arrived, but its sender is not told.
 */
export type SinkBehaviour =
  | { readonly kind: 'accept' }
  | { readonly kind: 'refuse-connection'; readonly code: number; readonly first?: number }
  | { readonly kind: 'refuse-sender'; readonly code: number; readonly first?: number }
  | { readonly kind: 'refuse-recipient'; readonly code: number; readonly only?: string; readonly first?: number }
  | { readonly kind: 'fail-after-data'; readonly code: number; readonly first?: number }
  | { readonly kind: 'drop-after-data'; readonly first?: number }
  | { readonly kind: 'drop-at-recipient'; readonly first?: number }
  | { readonly kind: 'hang'; readonly at: 'greeting' | 'recipient' | 'data'; readonly first?: number }
  | { readonly kind: 'slow'; readonly ms: number };

export interface SmtpSinkOptions {
  /** `starttls` offers it, `implicit` speaks TLS from the start; the certificate is signed by nobody. */
  readonly tls?: 'starttls' | 'implicit';
  /** Refuses whoever does not log in like this. */
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly behaviour?: SinkBehaviour;
}

export interface SmtpSink {
  readonly port: number;
  /** For `SMTP_URL`; with login when the sink wants one, and without checking its certificate. */
  readonly url: string;
  /** In the order in which they arrived, those included that were not acknowledged. */
  readonly mails: readonly ReceivedMail[];
  /** How often a mail arrived, whether or not its sender was told. */
  count(messageId: string): number;
  /** Arrivals by Message-ID. */
  counts(): ReadonlyMap<string, number>;
  to(email: string): readonly ReceivedMail[];
  behave(behaviour: SinkBehaviour): void;
  /** How often the server has done this instead of taking a mail. */
  times(kind: SinkBehaviour['kind']): number;
  /** Forgets the mails that have arrived. */
  clear(): void;
  /** Waits until so many mails have arrived. */
  arrived(mails: number, withinMs?: number): Promise<void>;
  /** Waits until all clients are gone and what they have sent is among the mails: after a kill, for instance. */
  idle(): Promise<void>;
  /** Connections that clients have made so far. */
  readonly connections: number;
  /** Closes every connection and the port. */
  stop(): Promise<void>;
}

type Answer = (error?: Error | null, message?: string) => void;

const refusal = (code: number): Error =>
  Object.assign(new Error(code >= 500 ? 'Refused for good' : 'Refused for now'), { responseCode: code });

/** What the server does now, and how often it still does it. */
class Conduct {
  private left = Infinity;
  readonly times = new Map<SinkBehaviour['kind'], number>();

  constructor(private behaviour: SinkBehaviour) {
    this.become(behaviour);
  }

  become(behaviour: SinkBehaviour): void {
    this.behaviour = behaviour;
    this.left = 'first' in behaviour ? (behaviour.first ?? Infinity) : Infinity;
  }

  /** The behaviour, once more, when it is of this kind and meets the condition. */
  is<K extends SinkBehaviour['kind']>(
    kind: K,
    when: (one: Extract<SinkBehaviour, { kind: K }>) => boolean = () => true,
  ): Extract<SinkBehaviour, { kind: K }> | null {
    const { behaviour } = this;
    const isKind = (one: SinkBehaviour): one is Extract<SinkBehaviour, { kind: K }> => one.kind === kind;
    if (this.left <= 0 || !isKind(behaviour) || !when(behaviour)) return null;
    this.left -= 1;
    this.times.set(kind, (this.times.get(kind) ?? 0) + 1);
    return behaviour;
  }
}

class Sink implements SmtpSink {
  readonly mails: ReceivedMail[] = [];
  connections = 0;
  private keeping = 0;
  private readonly conduct: Conduct;
  private readonly sockets = new Map<number, Socket>();
  private readonly server: SMTPServer;

  constructor(private readonly options: SmtpSinkOptions) {
    this.conduct = new Conduct(options.behaviour ?? { kind: 'accept' });
    this.server = new SMTPServer(this.serverOptions());
    // Clients that go away in the middle are part of the tests.
    this.server.on('error', () => undefined);
  }

  async start(): Promise<void> {
    const listening = this.server.listen(0, '127.0.0.1');
    listening.on('connection', (socket: Socket) => {
      const { remotePort } = socket;
      this.connections += 1;
      if (remotePort === undefined) return;
      this.sockets.set(remotePort, socket);
      socket.once('close', () => this.sockets.delete(remotePort));
    });
    await once(listening, 'listening');
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  get url(): string {
    const { tls, auth } = this.options;
    const login = auth ? `${encodeURIComponent(auth.user)}:${encodeURIComponent(auth.pass)}@` : '';
    const unchecked = tls ? '?tls.rejectUnauthorized=false' : '';
    return `${tls === 'implicit' ? 'smtps' : 'smtp'}://${login}127.0.0.1:${this.port}${unchecked}`;
  }

  count(messageId: string): number {
    return this.counts().get(messageId) ?? 0;
  }

  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { messageId } of this.mails) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
    return counts;
  }

  to(email: string): readonly ReceivedMail[] {
    return this.mails.filter(({ envelope }) => envelope.to.includes(email));
  }

  behave(behaviour: SinkBehaviour): void {
    this.conduct.become(behaviour);
  }

  times(kind: SinkBehaviour['kind']): number {
    return this.conduct.times.get(kind) ?? 0;
  }

  clear(): void {
    this.mails.length = 0;
  }

  arrived(mails: number, withinMs?: number): Promise<void> {
    return eventually(`${mails} mails arrive`, () => this.mails.length >= mails, withinMs);
  }

  idle(): Promise<void> {
    return eventually('the mail server has nothing to do', () => this.sockets.size + this.keeping === 0, 60_000);
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets.values()) socket.destroy();
    await closed;
  }

  private serverOptions(): SMTPServerOptions {
    const { tls, auth } = this.options;
    return {
      secure: tls === 'implicit',
      disabledCommands: [...(tls ? [] : ['STARTTLS']), ...(auth ? [] : ['AUTH'])],
      authOptional: !auth,
      allowInsecureAuth: true,
      logger: false,
      closeTimeout: 500,
      onAuth: ({ username, password }, _session, answer) =>
        username === auth?.user && password === auth?.pass ? answer(null, { user: username }) : answer(refusal(535)),
      onConnect: (_session, answer) => this.onConnect(answer),
      onMailFrom: (_address, _session, answer) => answer(this.refused('refuse-sender')),
      onRcptTo: ({ address }, session, answer) => this.onRecipient(address, session, answer),
      onData: (stream, session, answer) => {
        buffer(stream).then(
          (raw) => this.onMail(raw, session, answer),
          (error: Error) => answer(error),
        );
      },
    };
  }

  private refused(kind: 'refuse-connection' | 'refuse-sender' | 'fail-after-data'): Error | null {
    const behaviour = this.conduct.is(kind);
    return behaviour && refusal(behaviour.code);
  }

  private onConnect(answer: Answer): void {
    if (this.conduct.is('hang', ({ at }) => at === 'greeting')) return;
    answer(this.refused('refuse-connection'));
  }

  private onRecipient(address: string, session: SMTPServerSession, answer: Answer): void {
    if (this.conduct.is('hang', ({ at }) => at === 'recipient')) return;
    if (this.conduct.is('drop-at-recipient')) return this.drop(session);
    const behaviour = this.conduct.is('refuse-recipient', ({ only }) => only === undefined || only === address);
    answer(behaviour && refusal(behaviour.code));
  }

  private async onMail(raw: Buffer, session: SMTPServerSession, answer: Answer): Promise<void> {
    if (this.conduct.is('hang', ({ at }) => at === 'data')) return;
    const failure = this.refused('fail-after-data');
    if (failure) return answer(failure);
    const dropped = this.conduct.is('drop-after-data') !== null;
    this.keeping += 1;
    await this.keep(raw, session, !dropped).finally(() => (this.keeping -= 1));
    if (dropped) return this.drop(session);
    const slow = this.conduct.is('slow');
    if (slow) await new Promise((resolve) => setTimeout(resolve, slow.ms));
    answer(null, 'Taken');
  }

  private async keep(raw: Buffer, { envelope }: SMTPServerSession, acknowledged: boolean): Promise<void> {
    const parsed = await simpleParser(raw);
    const { mailFrom, rcptTo } = envelope;
    const to = parsed.to && !Array.isArray(parsed.to) ? parsed.to.text : '';
    this.mails.push({
      messageId: parsed.messageId ?? '',
      envelope: { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) },
      subject: parsed.subject ?? '',
      from: parsed.from?.text ?? '',
      to,
      text: parsed.text ?? '',
      html: parsed.html === false ? '' : parsed.html,
      parsed,
      raw,
      acknowledged,
    });
  }

  private drop({ remotePort }: SMTPServerSession & { readonly remotePort?: number }): void {
    if (remotePort !== undefined) this.sockets.get(remotePort)?.destroy();
  }
}

/** Starts an SMTP server that keeps what it is sent, on a free port of this machine. */
export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const sink = new Sink(options);
  await sink.start();
  return sink;
}
