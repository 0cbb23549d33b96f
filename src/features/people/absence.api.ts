import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { day } from '../../platform/http/day.js';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { Operation } from '../../platform/http/operation.js';
import { UUID } from '../../platform/http/uuid-param.js';
import { email } from '../../platform/http/text.js';
import { CurrentActor } from './actor-decorators.js';
import type { Actor } from './actor.js';
import { KeepAbsences } from './keep-absences.js';
import { ListAbsences } from './list-absences.js';

const absenceBody = z.strictObject({ person: email().optional(), substitute: email(), from: day(), to: day() });

const who = z.strictObject({ email: z.string(), name: z.string() });
const absenceView = z
  .strictObject({ id: z.uuid(), person: who, substitute: who, from: z.iso.date(), to: z.iso.date() })
  .meta({ id: 'Absence' });
type AbsenceView = z.infer<typeof absenceView>;

/** Who is away, and who stands in. */
@Controller('api/v1/absences')
export class AbsenceApi {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly keep: KeepAbsences,
    private readonly absences: ListAbsences,
    private readonly db: ReadDatabase,
  ) {}

  @Get()
  @Operation({
    summary: 'Frånvaror som rör mig',
    description: 'Mina egna, dem jag ersätter, och för en systemförvaltare alla vid nämndens förvaltning.',
    answers: { 200: { description: 'Pågående och kommande', schema: z.array(absenceView) } },
  })
  list(@CurrentActor() actor: Actor): Promise<AbsenceView[]> {
    return this.absences.execute(this.db.manager, actor);
  }

  @Post()
  @Operation({
    summary: 'Anmäl frånvaro med ersättare',
    description:
      'Ersättaren får påminnelserna och rättigheterna de dagarna, och ska själv arbeta med ärenden vid samma nämnder. ' +
      'Får den som är borta en roll vid en nämnd till, där ersättaren inte arbetar, gäller ersättningen inte där. ' +
      'Utan `person` gäller det en själv; för en annan krävs systemförvaltare i alla dennes nämnder.',
    answers: { 201: { description: 'Anmäld', schema: absenceView } },
    errors: [403, 409, 422],
    idempotent: true,
  })
  add(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Body({ schema: absenceBody }) body: z.infer<typeof absenceBody>,
  ): Promise<AbsenceView> {
    return this.idempotency.execute(
      exchange,
      actor,
      async (tx) => {
        const absence = await this.keep.add(tx, actor, { ...body, person: body.person ?? actor.email });
        const [view] = await this.absences.named(tx, [absence]);
        if (!view) throw new Error('an absence without people');
        return { status: 201, body: view };
      },
      async (tx, earlier) => {
        await this.keep.assertKeeps(tx, actor, earlier.id);
        return earlier;
      },
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Ta tillbaka en frånvaro',
    answers: { 204: { description: 'Tillbakatagen' } },
    errors: [403, 404, 409],
    idempotent: true,
  })
  revoke(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('id', UUID) id: string,
  ): Promise<null> {
    return this.idempotency.execute(
      exchange,
      actor,
      async (tx) => {
        await this.keep.revoke(tx, actor, id);
        return { status: 204, body: null };
      },
      (_tx, nothing) => nothing,
    );
  }
}
