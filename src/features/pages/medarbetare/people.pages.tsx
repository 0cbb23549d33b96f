import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { ButtonLink, Buttons } from '../../../platform/web/components/button.js';
import { mendableErrors, type FormErrors } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { IdentityProvider } from '../../accounts/identity-provider.js';
import { AddColleague, type AddedColleague } from '../../organisation/add-colleague.js';
import { LeftToDo } from '../../organisation/left-to-do.js';
import { boardsAdministered, type Actor } from '../../people/actor.js';
import { CurrentActor } from '../../people/actor-decorators.js';
import { Frame } from '../frame/frame.js';
import { readTypedForm } from '../frame/typed-form.js';
import {
  ColleagueForm,
  departmentIn,
  NO_ROLE,
  PEOPLE_FIELDS,
  PEOPLE_KINDS,
  PEOPLE_THE,
  rolesIn,
} from './people-forms.js';
import { noticeOf } from './people-notices.js';
import { assertAdministrator, ReadColleagues } from './read-colleagues.js';
import { LeftToDoView } from './views/left-to-do-view.js';
import type { Typed } from './views/people-parts.js';
import { PeopleView } from './views/people-view.js';

const NOTHING: Typed = { values: {}, errors: [] };
const LEDE = 'Vilka som arbetar här, med vilka roller. Den som slutar lämnar över sina ärenden i samma steg.';

/** The boards' people, for their administrators, and new ones. */
@Controller('medarbetare')
export class PeoplePages {
  constructor(
    private readonly frame: Frame,
    private readonly work: UnitOfWork,
    private readonly read: ReadColleagues,
    private readonly adding: AddColleague,
    private readonly left: LeftToDo,
    private readonly db: ReadDatabase,
    private readonly signIn: IdentityProvider,
  ) {}

  @Get()
  @Page()
  show(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Query() { meddelande, namnd }: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const asked = typeof namnd === 'string' ? { values: { namnd }, errors: [] } : NOTHING;
    return this.list(exchange, actor, asked, noticeOf(meddelande));
  }

  @Post()
  @Page()
  async add(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { values, data, errors } = readTypedForm(ColleagueForm, body, PEOPLE_THE, PEOPLE_KINDS);
    if (errors) return this.list(exchange, actor, { values, errors: [...errors, ...noRole(values)] });
    const { namnd: board, namn: name, epost: email } = data;
    const { code: department, errors: faults } = departmentIn(board, data.avdelning);
    const roles = rolesIn(values);
    const wrong = [...faults, ...noRole(values)];
    if (wrong.length > 0) return this.list(exchange, actor, { values, errors: wrong });
    let word = 'tillagd';
    const refused = await this.refused(async (tx) => {
      const added = await this.adding.inTransaction(tx, actor, { board, name, email, roles, department });
      word = wordFor(added);
    });
    if (refused.length > 0) return this.list(exchange, actor, { values, errors: refused });
    return void exchange.reply.redirect(`/medarbetare?meddelande=${word}`, 303);
  }

  private refused(act: (tx: EntityManager) => Promise<unknown>): Promise<FormErrors> {
    return mendableErrors(this.work.run(act), PEOPLE_THE, PEOPLE_FIELDS);
  }

  private async list(exchange: Exchange, actor: Actor, typed: Typed, notice: string | null = null): Promise<string> {
    assertAdministrator(actor);
    if (typed.errors.length > 0) void exchange.reply.code(422);
    const places = await this.read.all(actor);
    const lacking = await this.left.at(this.db.manager, boardsAdministered(actor));
    const withoutRole = await this.read.withoutRole();
    return this.frame.page(
      { ...exchange, actor },
      {
        title: 'Medarbetare',
        lede: LEDE,
        beside: (
          <Buttons>
            <ButtonLink href="/avdelningar" kind="secondary">
              Avdelningar
            </ButtonLink>
            <ButtonLink href="/franvaro" kind="secondary">
              Frånvaro och ersättare
            </ButtonLink>
          </Buttons>
        ),
        current: 'people',
        hasErrors: typed.errors.length > 0,
        content: (
          <PeopleView
            places={places}
            withoutRole={withoutRole}
            notice={notice}
            provider={this.signIn.name}
            leftToDo={<LeftToDoView lacking={lacking} reader={actor.personId} />}
            {...typed}
          />
        ),
      },
    );
  }
}

const wordFor = ({ staysElsewhere, isManagedByOther }: AddedColleague): string =>
  `tillagd${staysElsewhere ? '-annan' : ''}${isManagedByOther ? '-chef-finns' : ''}`;

const noRole = (values: Typed['values']): FormErrors => (rolesIn(values).length > 0 ? [] : NO_ROLE);
