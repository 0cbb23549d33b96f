import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Actor } from '../../people/actor.js';
import type { Acted, ActRequest } from '../act-on-referral.js';
import type { adjustmentBody, extensionBody, recordCorrectionBody } from '../referral.dto.js';
import { AdjustImmediately } from './adjust-immediately.js';
import { AnswerExtension } from './answer-extension.js';
import { ApproveReferral } from './approve-referral.js';
import { AskExtension } from './ask-extension.js';
import { AssignReferral } from './assign-referral.js';
import { ChooseWay } from './choose-way.js';
import { CorrectRecord } from './correct-record.js';
import { EndReferral } from './end-referral.js';
import { RecordDecision } from './record-decision.js';
import { RecordStep } from './record-step.js';
import { RestReferral } from './rest-referral.js';
import { SendAnswer } from './send-answer.js';
import { TakeBackRecord } from './take-back-record.js';

/** The acts on a case, side by side for those that offer all of them: the API and the pages. */
@Injectable()
export class Acts {
  constructor(
    readonly assign: AssignReferral,
    readonly way: ChooseWay,
    readonly step: RecordStep,
    readonly approve: ApproveReferral,
    readonly decide: RecordDecision,
    readonly answer: SendAnswer,
    readonly end: EndReferral,
    readonly rest: RestReferral,
    readonly takeBack: TakeBackRecord,
    private readonly ask: AskExtension,
    private readonly answered: AnswerExtension,
    private readonly adjust: AdjustImmediately,
    private readonly correction: CorrectRecord,
  ) {}

  extension(tx: EntityManager, actor: Actor, request: ActRequest, body: z.infer<typeof extensionBody>): Promise<Acted> {
    if (body.act === 'ask') return this.ask.inTransaction(tx, actor, request, body);
    const { note } = body;
    const answer =
      body.act === 'granted'
        ? { outcome: body.act, newDue: body.newDue, note, confirm: body.confirm }
        : { outcome: body.act, note };
    return this.answered.inTransaction(tx, actor, request, answer);
  }

  correctRecord(
    tx: EntityManager,
    actor: Actor,
    request: ActRequest,
    { signedAt, ...rest }: z.infer<typeof recordCorrectionBody>,
  ): Promise<Acted> {
    const signed = signedAt === undefined ? {} : { signedAt: new Date(signedAt) };
    return this.correction.inTransaction(tx, actor, request, { ...rest, ...signed });
  }

  adjustment(
    tx: EntityManager,
    actor: Actor,
    request: ActRequest,
    body: z.infer<typeof adjustmentBody>,
  ): Promise<Acted> {
    if (body.act !== 'sign') return this.adjust.inTransaction(tx, actor, request, body);
    const signedAt = body.signedAt === undefined ? undefined : new Date(body.signedAt);
    return this.adjust.inTransaction(tx, actor, request, { act: 'sign', signedAt });
  }
}
