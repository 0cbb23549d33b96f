import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { RuleError } from '../../../domain/errors.js';
import type { Act } from '../../../domain/referral/lifecycle.js';
import { assertAnswerTime } from '../../../domain/referral/answer-time.js';
import { assertStepDay } from '../../../domain/referral/step-days.js';
import { BoardRepository } from '../../boards/board.repository.js';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type ActContext, type ActOutcome, type Acted, type ActRequest } from '../act-on-referral.js';
import type { Referral, ReferralChange } from '../referral.js';
import { ReferralRepository } from '../referral.repository.js';
import { assertReceived } from '../register-referral.js';
import { senderKey, senderReferenceKey } from '../sender-key.js';

/** What may be corrected; what is left out stays, null takes away. */
export interface Correction {
  readonly title?: string | undefined;
  readonly internalTitle?: string | null | undefined;
  readonly sender?: string | undefined;
  readonly senderReference?: string | null | undefined;
  readonly receivedOn?: LocalDate | undefined;
  readonly documentDate?: LocalDate | null | undefined;
  readonly answerDue?: LocalDate | null | undefined;
  readonly answerDueTime?: string | null | undefined;
  readonly answerTo?: string | null | undefined;
  readonly department?: string | null | undefined;
  readonly note?: string | null | undefined;
  readonly secrecy?: { readonly provision: string } | null | undefined;
  readonly duplicateReason?: string | null | undefined;
}

const PLAIN = [
  'title', 'internalTitle', 'sender', 'senderReference', 'receivedOn', 'documentDate', 'answerDue', 'answerDueTime',
  'answerTo', 'department', 'note', 'duplicateReason',
] as const; // prettier-ignore

/** Corrects what was registered. The journal keeps what stood there before (JO 4639-2007). */
@Injectable()
export class CorrectReferral {
  constructor(
    private readonly acts: ActOnReferral,
    private readonly boards: BoardRepository,
    private readonly referrals: ReferralRepository,
  ) {}

  /** @throws RuleError as every act, and `received-in-future`, `already-done`, `date-out-of-order`, `time-without-day`, `time-skipped`, `department-unknown`, `duplicate-referral` */
  async inTransaction(tx: EntityManager, actor: Actor, request: ActRequest, correction: Correction): Promise<Acted> {
    return this.acts.perform(
      tx,
      actor,
      request,
      (referral) => actsFor(correction, referral),
      (context) => this.decide(context, correction),
    );
  }

  private async decide(context: ActContext, correction: Correction): Promise<ActOutcome> {
    const { referral, today, tx, actor, days } = context;
    if (correction.receivedOn) {
      assertReceived(correction.receivedOn, today);
      assertStepDay('received', correction.receivedOn, days, today, 'receivedOn');
    }
    if (correction.department) await this.boards.department(tx, referral.board, correction.department);
    const change: { -readonly [K in keyof ReferralChange]: ReferralChange[K] } = {};
    for (const name of PLAIN) {
      const value = correction[name];
      if (value !== undefined) Object.assign(change, { [name]: value });
    }
    const due = { ...referral, ...change };
    if (change.answerDue !== undefined || change.answerDueTime !== undefined) {
      assertAnswerTime(due.answerDue, due.answerDueTime);
    }
    if (correction.sender !== undefined) change.senderKey = senderKey(correction.sender);
    if (correction.senderReference !== undefined) {
      change.senderReferenceKey = senderReferenceKey(correction.senderReference);
    }
    if (correction.secrecy !== undefined) {
      const mark = correction.secrecy;
      if (mark && mark.provision === referral.secrecy?.provision) {
        const facts = { field: 'secrecy', doneOn: referral.secrecy.date };
        throw new RuleError('already-done', 'the case is marked with that provision', facts);
      }
      change.secrecy = mark && { provision: mark.provision, date: today, by: actor.name };
    }
    await this.assertNoDuplicate(context, change);
    const moved = change.answerDue !== undefined && change.answerDue !== referral.answerDue;
    return { change, what: eventOf(correction, referral), choice: { kind: moved ? 'recommended' : 'keep' } };
  }

  private async assertNoDuplicate({ referral, tx }: ActContext, change: ReferralChange): Promise<void> {
    const reference = change.senderReferenceKey === undefined ? referral.senderReferenceKey : change.senderReferenceKey;
    const sender = change.senderKey ?? referral.senderKey;
    const same = sender === referral.senderKey && reference === referral.senderReferenceKey;
    if (reference === null || same || (change.duplicateReason ?? referral.duplicateReason) !== null) return;
    const known = await this.referrals.duplicateOf(tx, referral.board, sender, reference, referral.id);
    if (!known) return;
    throw new RuleError('duplicate-referral', `already registered as ${known.diarienummer}`, {
      field: 'senderReference',
      existing: { id: known.id, diarienummer: known.diarienummer },
    });
  }
}

/** A secrecy mark may be set, changed and lifted on a closed case too; everything else is a correction. */
function actsFor(correction: Correction, { secrecy: standing }: Referral): Act[] {
  const { secrecy, ...rest } = correction;
  const acts: Act[] = Object.values(rest).some((value) => value !== undefined) ? ['correct'] : [];
  if (secrecy !== undefined) {
    acts.push(secrecy === null ? 'lift-secrecy' : standing === null ? 'mark-secret' : 'change-secrecy');
  }
  return acts.length === 0 ? ['correct'] : acts;
}

function eventOf(correction: Correction, { secrecy: standing }: Referral): string {
  const only = Object.entries(correction).filter(([, value]) => value !== undefined);
  if (only.length !== 1 || correction.secrecy === undefined) return 'referral-corrected';
  if (correction.secrecy === null) return 'secrecy-lifted';
  return standing === null ? 'secrecy-marked' : 'secrecy-changed';
}
