import { Body, Controller, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { CurrentExchange, type Exchange } from '../../platform/http/exchange.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { Operation } from '../../platform/http/operation.js';
import { email, lineText } from '../../platform/http/text.js';
import { CurrentActor } from '../people/actor-decorators.js';
import { assertKnows, type Actor } from '../people/actor.js';
import { PeopleRepository } from '../people/people.repository.js';
import { parseDepartmentCode } from './organisation-file.js';
import { SaveDepartment } from './save-department.js';
import { assertAdministers } from './role-rules.js';

const departmentBody = z.strictObject({
  name: lineText(500),
  manager: email().nullish().describe('Chefens e-postadress; null för ingen, utelämnad för den som är chef redan'),
});

const savedDepartment = z
  .strictObject({
    board: z.string(),
    code: z.string(),
    name: z.string(),
    manager: z.strictObject({ name: z.string(), email: z.string() }).nullable(),
  })
  .meta({ id: 'SavedDepartment' });

type SavedDepartmentView = z.infer<typeof savedDepartment>;

/** A board's departments: added, renamed, and given to a manager. */
@Controller('api/v1/boards/:code/departments/:department')
export class DepartmentApi {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly saving: SaveDepartment,
    private readonly people: PeopleRepository,
  ) {}

  @Put()
  @Operation({
    summary: 'Lägg till eller ändra en avdelning',
    description:
      'Namn och chef, som ska ha rollen avdelningschef i nämnden. Koden går inte att ändra, och två koder får inte ' +
      'skilja sig bara i stora och små bokstäver. Nämndens öppna ärenden ' +
      'planeras om när chefen byts. Kräver systemförvaltare i nämnden.',
    answers: {
      200: { description: 'Ändrad', schema: savedDepartment },
      201: { description: 'Tillagd', schema: savedDepartment },
    },
    errors: [403, 404, 409, 422],
    idempotent: true,
  })
  put(
    @CurrentExchange() exchange: Exchange,
    @CurrentActor() actor: Actor,
    @Param('code') board: string,
    @Param('department') code: string,
    @Body({ schema: departmentBody }) body: z.infer<typeof departmentBody>,
  ): Promise<SavedDepartmentView> {
    return this.idempotency.execute(
      exchange,
      actor,
      async (tx) => {
        const wanted = { board, code: parseDepartmentCode(code), ...body };
        const { department, created } = await this.saving.inTransaction(tx, actor, wanted);
        const { managerId, name } = department;
        const manager = managerId === null ? null : await this.people.findById(tx, managerId);
        const view = { board, code: department.code, name, manager: manager && named(manager) };
        return { status: created ? 201 : 200, body: view };
      },
      (_tx, earlier) => {
        assertKnows(actor, earlier.board);
        assertAdministers(actor, earlier.board);
        return earlier;
      },
    );
  }
}

const named = ({ name, email: address }: { readonly name: string; readonly email: string }) => ({
  name,
  email: address,
});
