import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { Clock } from '../clock/clock.port.js';
import { composeMail } from './mail-message.js';
import { Mailer, MailError, type Delivery, type OutgoingMail } from './mailer.port.js';
import { toMailError } from './smtp-failure.js';

/** Readable for the owner alone: mails hold names and cases. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Named after the Message-ID, so that a repeat of a mail is the same file. */
function fileName(messageId: string): string {
  const plain = messageId.slice(1, -1);
  if (/^[A-Za-z0-9][A-Za-z0-9._@+-]{0,120}$/.test(plain)) return `${plain}.eml`;
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16);
  return `${plain.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 80)}-${hash}.eml`;
}

/** Writes mails to a folder, for as long as no mail server is set. */
export class EmlMailer extends Mailer {
  private readonly composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  private closed = false;

  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
  ) {
    super();
  }

  async send(mail: OutgoingMail): Promise<Delivery> {
    if (this.closed) throw new MailError(false, 'closed', 'The mailer has been closed');
    const message = composeMail(mail, this.clock.now());
    try {
      const { message: bytes } = await this.composer.sendMail(message);
      if (!Buffer.isBuffer(bytes)) throw new Error('The mail was not composed');
      const path = join(this.folder, fileName(mail.messageId));
      await this.write(path, bytes);
      return { response: path };
    } catch (error) {
      throw toMailError(error);
    }
  }

  async verify(): Promise<void> {
    if (this.closed) throw new MailError(false, 'closed', 'The mailer has been closed');
    try {
      const probe = await this.draft(Buffer.alloc(0));
      await rm(probe);
    } catch (error) {
      throw toMailError(error);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    this.composer.close();
  }

  /** Whole or not at all, also when the power goes. */
  private async write(path: string, bytes: Buffer): Promise<void> {
    const draft = await this.draft(bytes);
    try {
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    const folder = await open(this.folder, 'r');
    await folder.sync().finally(() => folder.close());
  }

  private async draft(bytes: Buffer): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: FOLDER_MODE });
    const path = join(this.folder, `.${randomUUID()}.draft`);
    const file = await open(path, 'wx', FILE_MODE);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return path;
  }
}
