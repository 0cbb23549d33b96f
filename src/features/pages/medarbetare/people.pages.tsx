import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../../domain/errors.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { UUID } from '../../../platform/http/uuid-param.js';
import { ButtonLink } from '../../../platform/web/components/button.js';
import { mendableErrors, type FormErrors } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { AddColleague } from '../../organisation/add-colleague.js';
import { SetRoles } from '../../organisation/set-roles.js';
import { boardsAdministered, type Actor } from '../../people/actor.js';
import { CurrentActor } from '../../people/actor-decorators.js';
import { HandOverCases } from '../../referrals/hand-over-cases.js';
import { Frame } from '../frame/frame.js';
import { readTypedForm } from '../frame/typed-form.js';
import {
  ChangedRolesForm, ColleagueForm, departmentIn, departmentValue, LeaveForm, PEOPLE_FIELDS, PEOPLE_KINDS, PEOPLE_LABELS, roleField, ROLES_FIELDS, rolesIn,
} from './people-forms.js'; // prettier-ignore
import { ReadColleagues, type BoardPeople, type OneColleague } from './read-colleagues.js';
import { personHref, type Typed } from './views/people-parts.js';
import { PeopleView } from './views/people-view.js';
import { PersonView } from './views/person-view.js';

/** What the page says above all, by the word in its address: no other text can be put there by a link. */
const NOTICES: ReadonlyMap<string, string> = new Map([
  ['tillagd', 'Medarbetaren är tillagd. Ett mejl med en länk att välja lösenord med är på väg.'],
  ['roller', 'Rollerna är sparade.'],
  ['lamnat', 'Medarbetaren har inte längre någon roll i nämnden.'],
  ['slutar', 'Ärendena är överlämnade, och kontot avslutas den valda dagen.'],
]);

const NOTHING: Typed = { values: {}, errors: [] };
const LEDE = 'Vilka som arbetar här, med vilka roller. Den som slutar lämnar över sina ärenden i samma steg.';

const noticeOf = (word: unknown): string | null => (typeof word === 'string' ? (NOTICES.get(word) ?? null) : null);

interface Shown {
  readonly roles?: Typed;
  readonly leave?: Typed;
  readonly notice?: string | null;
  /** Code of the board whose roles are shown; else the first. */
  readonly board?: string | undefined;
}

/** The board's people, for its administrators: added, given roles, and ended by handing over. */
@Controller('medarbetare')
export class PeoplePages {
  constructor(
    private readonly frame: Frame,
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly read: ReadColleagues,
    private readonly adding: AddColleague,
    private readonly roles: SetRoles,
    private readonly handOver: HandOverCases,
  ) {}

  @Get()
  @Page()
  show(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Query('meddelande') notice: unknown,
  ): Promise<string> {
    return this.list(exchange, actor, NOTHING, noticeOf(notice));
  }

  @Post()
  @Page()
  async add(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { values, data, errors } = readTypedForm(ColleagueForm, body, PEOPLE_LABELS, PEOPLE_KINDS);
    if (errors) return this.list(exchange, actor, { values, errors: [...errors, ...withoutRole(values)] });
    const { namnd: board, namn: name, epost: email } = data;
    const { code: department, errors: faults } = departmentIn(board, data.avdelning);
    const roles = rolesIn(values);
    const wrong = [...faults, ...withoutRole(values)];
    const refused =
      wrong.length > 0
        ? wrong
        : await this.refused((tx) => this.adding.inTransaction(tx, actor, { board, name, email, roles, department }));
    if (refused.length > 0) return this.list(exchange, actor, { values, errors: refused });
    return void exchange.reply.redirect('/medarbetare?meddelande=tillagd', 303);
  }

  @Get(':id')
  @Page()
  showOne(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const board = typeof query['namnd'] === 'string' ? query['namnd'] : undefined;
    return this.one(exchange, actor, id, { board, notice: noticeOf(query['meddelande']) });
  }

  @Post(':id/roller')
  @Page()
  async changeRoles(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { values, data, errors } = readTypedForm(ChangedRolesForm, body, PEOPLE_LABELS, PEOPLE_KINDS);
    if (errors) return this.one(exchange, actor, id, { roles: { values, errors }, board: values['namnd'] });
    const { namnd: board } = data;
    const { code: department, errors: faults } = departmentIn(board, data.avdelning);
    const roles = rolesIn(values);
    const wrong = [...faults, ...(roles.length === 0 ? await this.mayHaveNone(actor, id, board) : [])];
    const wanted = { board, roles, department, manager: data.nychef };
    const refused =
      wrong.length > 0 ? wrong : await this.refused((tx) => this.roles.execute(tx, actor, id, wanted), ROLES_FIELDS);
    if (refused.length > 0) return this.one(exchange, actor, id, { roles: { values, errors: refused }, board });
    const next = roles.length === 0 ? '/medarbetare?meddelande=lamnat' : after(id, 'roller', board);
    return void exchange.reply.redirect(next, 303);
  }

  /** Who has a role at another board may leave this one. */
  private async mayHaveNone(actor: Actor, id: string, board: string): Promise<FormErrors> {
    assertAdministrator(actor);
    const { boards } = await this.read.one(actor, id);
    return boards.some((one) => one !== board) ? [] : NO_ROLE;
  }

  @Post(':id/sluta')
  @Page()
  async leave(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { person } = await this.read.one(actor, id);
    const { values, data, errors } = readTypedForm(LeaveForm, body, PEOPLE_LABELS, PEOPLE_KINDS);
    if (errors) return this.one(exchange, actor, id, { leave: { values, errors } });
    const input = { from: person.email, to: data.till, leavesOn: data.dag, manager: data.chef };
    const refused = await this.refused((tx) => this.handOver.inTransaction(tx, actor, input));
    if (refused.length > 0) return this.one(exchange, actor, id, { leave: { values, errors: refused } });
    return void exchange.reply.redirect(after(id, 'slutar'), 303);
  }

  private refused(act: (tx: EntityManager) => Promise<unknown>, fields = PEOPLE_FIELDS): Promise<FormErrors> {
    return mendableErrors(this.work.run(act), PEOPLE_LABELS, fields);
  }

  private async list(exchange: Exchange, actor: Actor, typed: Typed, notice: string | null = null): Promise<string> {
    assertAdministrator(actor);
    if (typed.errors.length > 0) void exchange.reply.code(422);
    const places = await this.read.all(actor);
    return this.frame.page(
      { ...exchange, actor },
      {
        title: 'Medarbetare',
        lede: LEDE,
        beside: (
          <ButtonLink href="/franvaro" kind="secondary">
            Frånvaro och ersättare
          </ButtonLink>
        ),
        current: 'people',
        hasErrors: typed.errors.length > 0,
        content: <PeopleView places={places} notice={notice} {...typed} />,
      },
    );
  }

  private async one(exchange: Exchange, actor: Actor, id: string, shown: Shown): Promise<string> {
    assertAdministrator(actor);
    const found = await this.read.one(actor, id);
    const place = found.places.find(({ board }) => board.code === shown.board) ?? found.places[0];
    if (!place) throw new Error('a colleague without a board');
    const { roles = standing(found, place), leave = NOTHING, notice = null } = shown;
    const hasErrors = roles.errors.length + leave.errors.length > 0;
    if (hasErrors) void exchange.reply.code(422);
    const today = this.clock.today();
    return this.frame.page(
      { ...exchange, actor },
      {
        title: found.person.name,
        lede: found.person.email,
        above: <a href="/medarbetare">Medarbetare</a>,
        current: 'people',
        hasErrors,
        content: <PersonView one={found} place={place} today={today} roles={roles} leave={leave} notice={notice} />,
      },
    );
  }
}

function assertAdministrator(actor: Actor): void {
  if (boardsAdministered(actor).length > 0) return;
  throw new RuleError('forbidden', 'people are looked after by administrators', { act: 'people', needs: 'admin' });
}

const NO_ROLE: FormErrors = [{ field: 'roller', message: 'Välj minst en roll.' }];

const withoutRole = (values: Typed['values']): FormErrors => (rolesIn(values).length > 0 ? [] : NO_ROLE);

const after = (id: string, word: string, board?: string): string =>
  `${personHref(id)}?meddelande=${word}${board === undefined ? '' : `&namnd=${encodeURIComponent(board)}`}`;

/** The form of roles as things are. */
function standing({ person }: OneColleague, { board, people }: BoardPeople): Typed {
  const own = people.find(({ id }) => id === person.id);
  const ticked = (own?.roles ?? []).map((role) => [roleField(role), 'ja'] as const);
  const department = own?.department ?? null;
  const chosen = department === null ? [] : [['avdelning', departmentValue(board.code, department)] as const];
  return { values: Object.fromEntries([...ticked, ...chosen]), errors: [] };
}
