import { Body, Controller, Get, Param, Patch, Post, Query, UseGuards } from '@nestjs/common';
import type { z } from 'zod';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { IfMatchVersion, etagOf } from '../../platform/http/if-match.js';
import { Operation } from '../../platform/http/operation.js';
import { UUID } from '../../platform/http/uuid-param.js';
import { CurrentActor } from '../people/actor-decorators.js';
import type { Actor } from '../people/actor.js';
import { CorrectReferral } from './acts/correct-referral.js';
import { ListReferrals } from './list-referrals.js';
import { ReadCaseJournal } from './read-case-journal.js';
import {
  correctBody, journalView, listQuery, referralPage, referralView, registerBody, type ReferralPage, type ReferralView,
} from './referral.dto.js'; // prettier-ignore
import { ReferralVersionGuard } from './referral-version.guard.js';
import { RegisterReferral } from './register-referral.js';
import { ViewReferral } from './view-referral.js';

const ETAG = { ETag: 'Ärendets version, att skicka tillbaka som If-Match' };

/** Registering, finding, reading and correcting cases. */
@Controller('api/v1/referrals')
export class ReferralApi {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly register: RegisterReferral,
    private readonly correct: CorrectReferral,
    private readonly list: ListReferrals,
    private readonly view: ViewReferral,
    private readonly journal: ReadCaseJournal,
  ) {}

  @Post()
  @Operation({
    summary: 'Registrera en remiss',
    description: 'Ger diarienummer, tidplan och förslag om omedelbar justering. Allt eller inget sparas.',
    answers: {
      201: { description: 'Registrerad', schema: referralView, headers: { ...ETAG, Location: 'Ärendets adress' } },
    },
    errors: [403, 409, 422],
    idempotent: true,
  })
  create(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Body({ schema: registerBody }) body: z.infer<typeof registerBody>,
  ): Promise<ReferralView> {
    return this.idempotency.execute(
      exchange,
      actor,
      async (tx) => {
        const { referral, ...known } = await this.register.inTransaction(tx, actor, body);
        const headers = { Location: `/api/v1/referrals/${referral.id}`, ETag: etagOf(referral.version) };
        return { status: 201, headers, body: await this.view.view(tx, actor, referral, { ...known, extensions: [] }) };
      },
      this.view.seenAgainBy(actor),
    );
  }

  @Get()
  @Operation({
    summary: 'Lista remisser',
    description: 'Sorterade på svarsdag eller registreringstid. `next` är `cursor` för nästa sida.',
    answers: { 200: { description: 'En sida', schema: referralPage } },
  })
  page(
    @CurrentActor() actor: Actor,
    @Query({ schema: listQuery }) query: z.infer<typeof listQuery>,
  ): Promise<ReferralPage> {
    return this.list.execute(actor, query);
  }

  @Get(':id')
  @Operation({
    summary: 'Läs ett ärende',
    answers: { 200: { description: 'Ärendet', schema: referralView, headers: ETAG } },
    errors: [404],
  })
  async one(
    @CurrentExchange() { reply }: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
  ): Promise<ReferralView> {
    const found = await this.view.execute(actor, id);
    void reply.header('ETag', etagOf(found.version));
    return found;
  }

  @Patch(':id')
  @UseGuards(ReferralVersionGuard)
  @Operation({
    summary: 'Rätta ett ärende',
    description: 'Det som utelämnas står kvar, null tar bort. Journalen behåller det gamla värdet.',
    answers: { 200: { description: 'Rättat', schema: referralView, headers: ETAG } },
    errors: [403, 404, 409, 412, 422, 428],
    idempotent: true,
    ifMatch: 'required',
  })
  patch(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
    @IfMatchVersion() ifVersion: number,
    @Body({ schema: correctBody }) body: z.infer<typeof correctBody>,
  ): Promise<ReferralView> {
    return this.idempotency.execute(
      exchange,
      actor,
      async (tx) => {
        const request = { referralId: id, ifVersion };
        const { referral, ...known } = await this.correct.inTransaction(tx, actor, request, body);
        const headers = { ETag: etagOf(referral.version) };
        return { status: 200, headers, body: await this.view.view(tx, actor, referral, known) };
      },
      this.view.seenAgainBy(actor),
    );
  }

  @Get(':id/journal')
  @Operation({
    summary: 'Läs ärendets händelser',
    answers: { 200: { description: 'Händelserna, äldst först', schema: journalView } },
    errors: [403, 404],
  })
  events(@CurrentActor() actor: Actor, @Param('id', UUID) id: string): Promise<z.infer<typeof journalView>> {
    return this.journal.execute(actor, id);
  }
}
