import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.port.js';
import { IdempotencyStore } from './idempotency-store.js';

const KEY = /^[0-9a-f-]{36}$/;

/** A form of a page as it was sent, by its key: made when the form was shown, and the same however often it is sent. */
export interface KeyedForm {
  readonly personId: string;
  /** Where the form is sent. */
  readonly path: string;
  /** Its key; without one that we make, the form is taken anew each time. */
  readonly key: string | undefined;
  /** What it held. */
  readonly contents: unknown;
  /** Whether the same form with other contents asks for another thing, and not for the same one again. */
  readonly isAnother: boolean;
}

/** What a form has given. */
export interface DoneOnce<T> {
  readonly result: T;
  /** Whether the form had been sent before: what it gave then may have been changed or taken back since. */
  readonly isRepeat: boolean;
  /** Whether the form held something else by then. */
  readonly changed: boolean;
}

/** The answer that is kept by the key of a form. */
interface Kept<T> {
  readonly result: T;
  readonly contents: string;
}

/**
 * Does what a form asks for, once: sent twice, by an impatient click or by going back or reloading, it gives what it
 * gave the first time. Whether that is there still, is for the page to look up and to tell. Kept for as long as the answers
 * of the API.
 */
@Injectable()
export class FormOnce {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly clock: Clock,
  ) {}

  /** @param act what is done; its result is kept as JSON, so it holds ids and no secrets */
  async inTransaction<T>(tx: EntityManager, form: KeyedForm, act: () => Promise<T>): Promise<DoneOnce<T>> {
    const { personId, path, key: formKey = '', isAnother } = form;
    if (!KEY.test(formKey)) return { result: await act(), isRepeat: false, changed: false };
    const contents = createHash('sha256').update(JSON.stringify(form.contents)).digest('hex');
    const key = isAnother ? `${formKey}.${contents}` : formKey;
    const request = { personId, method: 'POST', path, key, bodyHash: 'form' };
    const earlier = await this.store.claim<Kept<T>>(tx, request, this.clock.now());
    if (earlier) {
      return { result: earlier.body.result, isRepeat: true, changed: earlier.body.contents !== contents };
    }
    const result = await act();
    await this.store.keep<Kept<T>>(tx, request, { status: 303, body: { result, contents } });
    return { result, isRepeat: false, changed: false };
  }
}
