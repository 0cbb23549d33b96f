import { Body, Controller, Post } from '@nestjs/common';
import { z } from 'zod';
import { day } from '../../platform/http/day.js';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { Operation } from '../../platform/http/operation.js';
import { email } from '../../platform/http/text.js';
import { CurrentActor } from '../people/actor-decorators.js';
import type { Actor } from '../people/actor.js';
import type { Person } from '../people/people.repository.js';
import { HandOverCases } from './hand-over-cases.js';

const handOverBody = z.strictObject({
  from: email(),
  to: email(),
  leavesOn: day().optional(),
  manager: email()
    .optional()
    .describe(
      'Ny avdelningschef för avdelningarna som den som lämnar över är chef för. Har redan rollen `manager` där',
    ),
});

const who = z.strictObject({ email: z.string(), name: z.string() });
const whoIs = ({ email: address, name }: Person): z.infer<typeof who> => ({ email: address, name });

const receipt = z
  .strictObject({
    from: who,
    to: who,
    cases: z.array(z.strictObject({ id: z.uuid(), board: z.string(), diarienummer: z.string() })),
    at: z.iso.datetime(),
    leavesOn: z.iso.date().nullable(),
    departments: z
      .array(z.strictObject({ board: z.string(), code: z.string(), name: z.string(), manager: who.nullable() }))
      .describe(
        'Avdelningarna som personen är chef för, när de får en ny chef eller kontot avslutas. `manager` är null för den som då står utan chef: ingen kan attestera dess ärenden',
      ),
  })
  .meta({ id: 'HandOverReceipt' });

/** Handing over all open cases of a person. */
@Controller('api/v1/handovers')
export class HandOverApi {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly handOver: HandOverCases,
  ) {}

  @Post()
  @Operation({
    summary: 'Lämna över alla öppna ärenden',
    description:
      'I ett steg, med kvitto. Med `leavesOn` avslutas kontot från den dagen, i dag eller senare; det kräver ' +
      'systemförvaltare i varje nämnd där personen har en roll, och nämndens sista systemförvaltare kan inte avslutas. ' +
      'Den som inte har någon roll hör till avdelningens nämnd; utan avdelning räcker systemförvaltare i någon nämnd. ' +
      'Med `manager` får avdelningarna en ny chef i samma steg; det kräver systemförvaltare i deras nämnder. Adressen ' +
      'till någon som bara finns i andra nämnder besvaras som en adress som ingen har.',
    answers: { 201: { description: 'Kvittot', schema: receipt } },
    errors: [403, 409, 422],
    idempotent: true,
  })
  all(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Body({ schema: handOverBody }) body: z.infer<typeof handOverBody>,
  ): Promise<z.infer<typeof receipt>> {
    return this.idempotency.execute(
      exchange,
      actor,
      async (tx) => {
        const done = await this.handOver.inTransaction(tx, actor, body);
        const { at, leavesOn } = done;
        const departments = done.departments.map(({ manager, ...one }) => ({
          ...one,
          manager: manager && whoIs(manager),
        }));
        const cases = done.cases.map(({ id, board, diarienummer }) => ({ id, board, diarienummer }));
        const [from, to] = [whoIs(done.from), whoIs(done.to)];
        return { status: 201, body: { from, to, cases, at, leavesOn, departments } };
      },
      (tx, earlier) => this.handOver.seenAgain(tx, actor, earlier),
    );
  }
}
