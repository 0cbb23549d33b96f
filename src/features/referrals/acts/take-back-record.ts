import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { stepOfRecord, takenBack, type RecordName } from '../../../domain/referral/records.js';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type ActContext, type ActOutcome, type Acted, type ActRequest } from '../act-on-referral.js';
import { recordedCase } from '../referral.js';

/** What is taken back, named so that nobody takes back what someone else has just recorded. */
export interface TakingBack {
  readonly record: RecordName;
  readonly reason: string;
}

/** Takes back what was recorded last and should not have been: the case stands as before, and the journal keeps both. */
@Injectable()
export class TakeBackRecord {
  constructor(private readonly acts: ActOnReferral) {}

  /** @throws RuleError as every act, and `record-unknown`, `record-not-latest` */
  inTransaction(tx: EntityManager, actor: Actor, request: ActRequest, asked: TakingBack): Promise<Acted> {
    return this.acts.perform(tx, actor, request, 'take-back-record', (context) => outcomeOf(context, asked));
  }
}

function outcomeOf({ referral }: ActContext, { record, reason }: TakingBack): ActOutcome {
  const change = takenBack(recordedCase(referral), record);
  const isAnswer = record === 'answer';
  return {
    change: {
      ...change,
      ...(isAnswer ? { answerSentOn: null, answerSentHow: null } : {}),
      ...(record === 'adjustment' ? { adjustmentSignedAt: null } : {}),
    },
    what: 'record-taken-back',
    says: { record, reason },
    undoes: stepOfRecord(referral.steps, record).at,
  };
}
