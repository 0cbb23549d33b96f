import { Body, Controller, Post } from '@nestjs/common';
import { z } from 'zod';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { Operation } from '../../platform/http/operation.js';
import { email } from '../../platform/http/text.js';
import { CurrentActor } from '../people/actor-decorators.js';
import type { Actor } from '../people/actor.js';
import { InviteAgain } from './invite-again.js';

const invitationBody = z.strictObject({ email: email() });

const invited = z
  .strictObject({ person: z.strictObject({ email: z.string(), name: z.string() }) })
  .meta({ id: 'Invitation' });

/** Sending links to choose a password with again. */
@Controller('api/v1/invitations')
export class InvitationApi {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly invite: InviteAgain,
  ) {}

  @Post()
  @Operation({
    summary: 'Skicka länken att välja lösenord igen',
    description:
      'Till någon som har ett konto men inget lösenord, också där inloggning finns hos en identitetsleverantör. En ny länk ' +
      'mejlas och gäller i ett dygn; tidigare länkar gäller tills mejlet är skickat. Har personen valt lösenord innan dess ' +
      'skickas inget. Svaret är 409 med reason has-password för den som har ett lösenord, just-sent inom fem minuter från ' +
      'det att länken senast skickades igen, on-its-way så länge ett mejl med en länk väntar på att skickas och ' +
      'account-ended för ett konto som är avslutat. Kräver systemförvaltare i varje nämnd där personen har en roll. Den som inte har ' +
      'någon roll hör till avdelningens nämnd; utan avdelning räcker systemförvaltare i någon nämnd. Adressen till någon ' +
      'som bara finns i andra nämnder besvaras som en adress som ingen har.',
    answers: { 201: { description: 'Länken är på väg', schema: invited } },
    errors: [403, 409, 422],
    idempotent: true,
  })
  send(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Body({ schema: invitationBody }) body: z.infer<typeof invitationBody>,
  ): Promise<z.infer<typeof invited>> {
    return this.idempotency.execute(
      exchange,
      actor,
      async (tx) => {
        const { email: address, name } = await this.invite.inTransaction(tx, actor, body.email);
        return { status: 201, body: { person: { email: address, name } } };
      },
      async (tx, earlier) => {
        await this.invite.allowed(tx, actor, earlier.person.email);
        return earlier;
      },
    );
  }
}
