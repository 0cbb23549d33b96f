import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { sessionSecretOf } from '../config/session-secret.js';

const CIPHER = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

/** What is made with `SESSION_SECRET`. Every purpose has a key of its own, so that nothing serves for two. */
@Injectable()
export class Signer {
  private readonly keys = new Map<string, Buffer>();

  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  /** A code over the text that nobody else can make: 32 bytes. */
  sign(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.key(purpose)).update(text).digest();
  }

  /** The text, such that only we can read it and a changed one is noticed. For short-lived cookies. */
  seal(purpose: string, text: string): string {
    const iv = randomBytes(IV);
    const cipher = createCipheriv(CIPHER, this.key(purpose), iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
  }

  /** What was sealed; null when it was not, or has been changed. */
  unseal(purpose: string, sealed: string): string | null {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < IV + TAG) return null;
    const decipher = createDecipheriv(CIPHER, this.key(purpose), bytes.subarray(0, IV), { authTagLength: TAG });
    decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString('utf8');
    } catch {
      return null; // the one error that a forged or damaged text gives
    }
  }

  /** The secret is read when the first page needs it, so that a command without pages makes none. */
  private key(purpose: string): Buffer {
    const known = this.keys.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', sessionSecretOf(this.config), 'diarium', purpose, 32));
    this.keys.set(purpose, key);
    return key;
  }
}

/** Whether two codes are the same, in a time that does not tell where they differ. */
export const sameCode = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
