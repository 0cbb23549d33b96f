import { Body, Controller, Post } from '@nestjs/common';
import { z } from 'zod';
import { ROLES } from '../../domain/referral/permissions.js';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { Operation } from '../../platform/http/operation.js';
import { email } from '../../platform/http/text.js';
import { CurrentActor } from '../people/actor-decorators.js';
import { rolesByBoard, type Actor } from '../people/actor.js';
import { ReopenAccount } from './reopen-account.js';

const reopeningBody = z.strictObject({ email: email() });

const reopened = z
  .strictObject({
    person: z.strictObject({ email: z.string(), name: z.string() }),
    roles: z.record(z.string(), z.array(z.enum(ROLES))).describe('Roller per nämnd, så som de var'),
    invited: z.boolean().describe('Om en länk att välja lösenord med är på väg; nej för ett konto som ännu var i bruk'),
  })
  .meta({ id: 'Reopening' });

/** Opening accounts again. */
@Controller('api/v1/reopenings')
export class ReopeningApi {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly reopen: ReopenAccount,
  ) {}

  @Post()
  @Operation({
    summary: 'Återöppna ett konto',
    description:
      'Ett konto som har avslutats, eller ska avslutas. Kontot får rollerna det hade; ärenden som är överlämnade blir ' +
      'kvar där de är. Har det avslutats gäller varken lösenord eller nycklar från förr, och en länk att välja lösenord ' +
      'med mejlas. Kräver systemförvaltare i varje nämnd där personen har en roll. Den som inte har någon roll hör till ' +
      'avdelningens nämnd; utan avdelning räcker systemförvaltare i någon nämnd. Adressen till någon som bara finns i ' +
      'andra nämnder besvaras som en adress som ingen har.',
    answers: { 201: { description: 'Återöppnat', schema: reopened } },
    errors: [403, 409, 422],
    idempotent: true,
  })
  open(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Body({ schema: reopeningBody }) body: z.infer<typeof reopeningBody>,
  ): Promise<z.infer<typeof reopened>> {
    return this.idempotency.execute(
      exchange,
      actor,
      async (tx) => {
        const { person, roles, isInvited } = await this.reopen.inTransaction(tx, actor, body.email);
        const byBoard = Object.fromEntries([...rolesByBoard(roles)].map(([board, there]) => [board, [...there]]));
        const who = { email: person.email, name: person.name };
        return { status: 201, body: { person: who, roles: byBoard, invited: isInvited } };
      },
      async (tx, earlier) => {
        await this.reopen.allowed(tx, actor, earlier.person.email);
        return earlier;
      },
    );
  }
}
