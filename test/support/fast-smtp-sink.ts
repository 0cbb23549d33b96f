import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A server that takes every mail at once and only counts: for benchmarks, where `smtp-server` would be the brake. */
export interface FastSmtpSink {
  readonly port: number;
  readonly url: string;
  /** Mails taken. */
  readonly total: number;
  /** Mails by Message-ID. */
  readonly counts: ReadonlyMap<string, number>;
  clear(): void;
  stop(): Promise<void>;
}

const END_OF_DATA = Buffer.from('\r\n.\r\n');
const END_OF_LINE = Buffer.from('\r\n');

/** One client's conversation. Bytes come as they like: several commands at once (PIPELINING), or half a line. */
class Conversation {
  private rest: Buffer = Buffer.alloc(0);
  private inData = false;
  private leaving = false;

  constructor(
    private readonly socket: Socket,
    private readonly onMail: (mail: Buffer) => void,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => this.take(bytes));
    socket.on('error', () => undefined);
    socket.write('220 sink ESMTP\r\n');
  }

  private take(bytes: Buffer): void {
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    const answers: string[] = [];
    for (let answer = this.next(); answer !== null; answer = this.next()) answers.push(answer);
    if (answers.length > 0) this.socket.write(answers.join(''));
    if (this.leaving) this.socket.end();
  }

  /** The answer to the next command or mail; null when it has not come whole. */
  private next(): string | null {
    if (this.leaving) return null;
    if (this.inData) return this.mail();
    const end = this.rest.indexOf(END_OF_LINE);
    if (end < 0) return null;
    const command = this.rest.toString('latin1', 0, end);
    this.rest = this.rest.subarray(end + END_OF_LINE.length);
    return this.answer(command.slice(0, 4).toUpperCase());
  }

  private mail(): string | null {
    // A mail without any line ends in a dot alone on its first.
    const empty = this.rest.subarray(0, 3).toString('latin1') === '.\r\n';
    const end = empty ? 0 : this.rest.indexOf(END_OF_DATA);
    if (end < 0) return null;
    // Lines that begin with a dot come with a second one, which is not part of the mail.
    const text = this.rest.toString('latin1', 0, end).replace(/(^|\r\n)\.\./g, '$1.');
    this.onMail(Buffer.from(text, 'latin1'));
    this.rest = this.rest.subarray(end + (empty ? 3 : END_OF_DATA.length));
    this.inData = false;
    return '250 taken\r\n';
  }

  private answer(verb: string): string {
    if (verb === 'EHLO') return '250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n';
    if (verb === 'QUIT') {
      this.leaving = true;
      return '221 bye\r\n';
    }
    if (verb !== 'DATA') return '250 ok\r\n';
    this.inData = true;
    return '354 go on\r\n';
  }
}

function messageIdOf(mail: Buffer): string {
  const headers = mail.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  return /^Message-ID:\s*(\S+)/im.exec(headers)?.[1] ?? '';
}

export async function startFastSmtpSink(): Promise<FastSmtpSink> {
  const counts = new Map<string, number>();
  const sockets = new Set<Socket>();
  let total = 0;
  const onMail = (mail: Buffer): void => {
    const id = messageIdOf(mail);
    total += 1;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    new Conversation(socket, onMail);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    port: address.port,
    url: `smtp://127.0.0.1:${address.port}`,
    get total() {
      return total;
    },
    counts,
    clear: () => {
      total = 0;
      counts.clear();
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
