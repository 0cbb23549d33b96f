import { Body, Controller, Param, Post } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { etagOf, versionFrom } from '../../platform/http/if-match.js';
import { Operation } from '../../platform/http/operation.js';
import { UUID } from '../../platform/http/uuid-param.js';
import { CurrentActor } from '../people/actor-decorators.js';
import type { Actor } from '../people/actor.js';
import type { Acted, ActRequest } from './act-on-referral.js';
import { Acts } from './acts/acts.js';
import {
  adjustmentBody, answerBody, approvalBody, assignmentBody, closingBody, decisionBody, dormancyBody, extensionBody,
  meetingBody, reasonBody, recordCorrectionBody, referralView, stepBody, takingBackBody, type ReferralView,
} from './referral.dto.js'; // prettier-ignore
import { ViewReferral } from './view-referral.js';

const act = (summary: string, description?: string): MethodDecorator =>
  Operation({
    summary,
    ...(description === undefined ? {} : { description }),
    answers: { 200: { description: 'Ärendet efteråt', schema: referralView, headers: { ETag: 'Ärendets version' } } },
    errors: [403, 404, 409, 412, 422],
    idempotent: true,
    ifMatch: 'optional',
  });

type Perform = (tx: EntityManager, request: ActRequest) => Promise<Acted>;

/** One act each on a case. If-Match is honoured when it is sent, so that nobody acts on what they have not seen. */
@Controller('api/v1/referrals/:id')
export class ActsApi {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly acts: Acts,
    private readonly view: ViewReferral,
  ) {}

  @Post('assignment')
  @act('Fördela ärendet', 'Handläggaren får veta det genast.')
  assignment(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: assignmentBody }) body: z.infer<typeof assignmentBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.assign.inTransaction(tx, actor, request, body));
  }

  @Post('meeting')
  @act('Välj sammanträde eller annan väg', 'Ett sammanträde, eller ordförandebeslut, delegation eller att avstå.')
  meeting(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: meetingBody }) body: z.infer<typeof meetingBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.way.inTransaction(tx, actor, request, body));
  }

  @Post('steps')
  @act('Anteckna ett steg som gjort', 'Utkast, utskick, ordinarie justering, anslag uppsatt och nedtaget.')
  steps(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: stepBody }) body: z.infer<typeof stepBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.step.inTransaction(tx, actor, request, body));
  }

  @Post('approval')
  @act('Attestera', 'Först avdelningschefen, sist förvaltningschefen.')
  approval(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: approvalBody }) body: z.infer<typeof approvalBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.approve.inTransaction(tx, actor, request, body));
  }

  @Post('extension')
  @act(
    'Anteckna anstånd',
    'Begärt, beviljat med ny svarsdag, eller avslaget. En dag om mer än två år bekräftas med `confirm`.',
  )
  extension(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: extensionBody }) body: z.infer<typeof extensionBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.extension(tx, actor, request, body));
  }

  @Post('adjustment')
  @act('Omedelbar justering', 'Bekräfta, avböj med skäl, anteckna nämndens beslut eller underskriften.')
  adjustment(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: adjustmentBody }) body: z.infer<typeof adjustmentBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.adjustment(tx, actor, request, body));
  }

  @Post('decision')
  @act('Anteckna beslutet', 'Antaget, avstår, återremiss, bordlagt eller antecknat.')
  decision(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: decisionBody }) body: z.infer<typeof decisionBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.decide.inTransaction(tx, actor, request, body));
  }

  @Post('answer')
  @act('Anteckna att svaret är expedierat')
  answer(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: answerBody }) body: z.infer<typeof answerBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.answer.inTransaction(tx, actor, request, body));
  }

  @Post('correction')
  @act(
    'Rätta en anteckning',
    'Dag, paragraf, vem som beslutade eller hur svaret skickades. En återremiss eller bordläggning som följts av' +
      ' ett beslut heter `earlier-decision`. Det som utelämnas står kvar, null tar bort. Vad som' +
      ' beslutades rättas genom att beslutet tas tillbaka och antecknas på nytt.',
  )
  correction(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: recordCorrectionBody }) body: z.infer<typeof recordCorrectionBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.correctRecord(tx, actor, request, body));
  }

  @Post('taking-back')
  @act(
    'Ta tillbaka det senast antecknade',
    'Ärendet står sedan som förut, och tidplan och påminnelser görs om. Påminnelser som uteblev under tiden går genast, en till var och en.',
  )
  takingBack(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: takingBackBody }) body: z.infer<typeof takingBackBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.takeBack.inTransaction(tx, actor, request, body));
  }

  @Post('cancellation')
  @act('Makulera', 'Numret, skälet, vem och när står kvar.')
  cancellation(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: reasonBody }) body: z.infer<typeof reasonBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.end.cancel(tx, actor, request, body.reason));
  }

  @Post('closing')
  @act('Avsluta ärendet', 'Bekräftas med `confirm` när anslaget sitter uppe eller tiden för överklagande löper.')
  closing(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: closingBody }) body: z.infer<typeof closingBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.end.close(tx, actor, request, body.confirm));
  }

  @Post('reopening')
  @act('Återuppta ett avslutat ärende')
  reopening(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: reasonBody }) body: z.infer<typeof reasonBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.end.reopen(tx, actor, request, body.reason));
  }

  @Post('dormancy')
  @act('Lägg ärendet vilande, eller väck det')
  dormancy(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @Body({ schema: dormancyBody }) body: z.infer<typeof dormancyBody>,
  ): Promise<ReferralView> {
    return this.done(exchange, actor, id, (tx, request) => this.acts.rest.inTransaction(tx, actor, request, body));
  }

  private done(exchange: Exchange, actor: Actor, referralId: string, perform: Perform): Promise<ReferralView> {
    const ifMatch = exchange.request.headers['if-match'];
    const request = ifMatch === undefined ? { referralId } : { referralId, ifVersion: versionFrom(ifMatch) };
    return this.idempotency.execute(
      exchange,
      actor,
      async (tx) => {
        const { referral, ...known } = await perform(tx, request);
        const body = await this.view.view(tx, actor, referral, known);
        return { status: 200, headers: { ETag: etagOf(referral.version) }, body };
      },
      this.view.seenAgainBy(actor),
    );
  }
}
