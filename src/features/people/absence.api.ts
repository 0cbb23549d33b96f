import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { day } from '../../platform/http/day.js';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { Operation } from '../../platform/http/operation.js';
import { UUID } from '../../platform/http/uuid-param.js';
import { email } from '../../platform/http/text.js';
import { AbsenceRepository, type Absence } from './absence.repository.js';
import { CurrentActor } from './actor-decorators.js';
import type { Actor } from './actor.js';
import { KeepAbsences } from './keep-absences.js';
import { PeopleRepository } from './people.repository.js';

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
    private readonly absences: AbsenceRepository,
    private readonly people: PeopleRepository,
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Operation({
    summary: 'Mina frånvaror och dem jag ersätter',
    answers: { 200: { description: 'Pågående och kommande', schema: z.array(absenceView) } },
  })
  async mine(@CurrentActor() actor: Actor): Promise<AbsenceView[]> {
    const em = this.db.manager;
    return this.views(em, await this.absences.concerning(em, [actor.personId], this.clock.today()));
  }

  @Post()
  @Operation({
    summary: 'Anmäl frånvaro med ersättare',
    description: 'Ersättaren får påminnelserna och rättigheterna de dagarna. Utan `person` gäller det en själv.',
    answers: { 201: { description: 'Anmäld', schema: absenceView } },
    errors: [403, 422],
    idempotent: true,
  })
  add(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Body({ schema: absenceBody }) body: z.infer<typeof absenceBody>,
  ): Promise<AbsenceView> {
    return this.idempotency.execute(exchange, actor, async (tx) => {
      const absence = await this.keep.add(tx, actor, { ...body, person: body.person ?? actor.email });
      const [view] = await this.views(tx, [absence]);
      if (!view) throw new Error('an absence without people');
      return { status: 201, body: view };
    });
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
    return this.idempotency.execute(exchange, actor, async (tx) => {
      await this.keep.revoke(tx, actor, id);
      return { status: 204, body: null };
    });
  }

  private async views(em: EntityManager, absences: readonly Absence[]): Promise<AbsenceView[]> {
    const ids = absences.flatMap(({ personId, substituteId }) => [personId, substituteId]);
    const people = await this.people.byIds(em, ids);
    return absences.flatMap(({ id, personId, substituteId, fromDay, toDay }) => {
      const person = people.get(personId);
      const substitute = people.get(substituteId);
      if (!person || !substitute) return [];
      const named = ({ email: address, name }: { email: string; name: string }) => ({ email: address, name });
      return [{ id, person: named(person), substitute: named(substitute), from: fromDay, to: toDay }];
    });
  }
}
