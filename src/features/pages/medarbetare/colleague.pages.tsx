import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../../domain/errors.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { FormOnce } from '../../../platform/http/form-once.js';
import { UUID } from '../../../platform/http/uuid-param.js';
import { FORM_KEY_FIELD } from '../../../platform/web/components/form-key.js';
import { QuestionPanel, type QuestionProps } from '../../../platform/web/components/question.js';
import { mendableErrors, typedValues, type FormErrors, type FormValues } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { stepIn } from '../../../platform/web/steps.js';
import { IdentityProvider } from '../../accounts/identity-provider.js';
import { InviteAgain } from '../../organisation/invite-again.js';
import { ReopenAccount } from '../../organisation/reopen-account.js';
import { SetRoles, type RolesThere } from '../../organisation/set-roles.js';
import type { Actor } from '../../people/actor.js';
import { CurrentActor } from '../../people/actor-decorators.js';
import { HandOverCases, type HandedOver } from '../../referrals/hand-over-cases.js';
import { Frame } from '../frame/frame.js';
import { readTypedForm } from '../frame/typed-form.js';
import {
  LeaveForm,
  NO_ROLE,
  PEOPLE_FIELDS,
  PEOPLE_KINDS,
  PEOPLE_THE,
  ROLES_FIELDS,
  RolesForm,
} from './people-forms.js';
import { noticeOf } from './people-notices.js';
import { leaveQuestion, reopenQuestion, rolesQuestion } from './people-questions.js';
import { assertAdministrator, ReadColleagues, type BoardPeople, type OneColleague } from './read-colleagues.js';
import { ReadHandOvers } from './read-handovers.js';
import {
  basisIn, basisOf, compareRoles, merged, rolesThere, sentRoles, valuesOf, type RolesConflict,
} from './roles-form.js'; // prettier-ignore
import { personHref, type Typed } from './views/people-parts.js';
import { PersonView } from './views/person-view.js';
import { othersName, WhoChanged } from './who-changed.js';

const NOTHING: Typed = { values: {}, errors: [] };

interface Shown {
  readonly roles?: Typed;
  /** What the form of roles starts from; without it, how things are. */
  readonly basis?: RolesThere | null;
  readonly conflict?: RolesConflict;
  readonly leave?: Typed;
  readonly notice?: string | null;
  /** Code of the board whose roles are shown; else the first. */
  readonly board?: string | undefined;
}

/** What is asked before it is done. */
interface Asked {
  readonly title: string;
  readonly one: OneColleague;
  readonly question: QuestionProps;
}

/** A form of roles that came too late. */
interface Overtaken {
  readonly board: string;
  readonly sent: RolesThere;
  readonly basis: RolesThere | null;
  /** The next manager of the person's departments, where one was chosen. */
  readonly manager: string | undefined;
}

/** One colleague, for the administrators: given roles, sent the link again, ended by handing over, and opened again. */
@Controller('medarbetare/:id')
export class ColleaguePages {
  constructor(
    private readonly frame: Frame,
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly read: ReadColleagues,
    private readonly changed: WhoChanged,
    private readonly roles: SetRoles,
    private readonly handOver: HandOverCases,
    private readonly handOvers: ReadHandOvers,
    private readonly reopening: ReopenAccount,
    private readonly inviting: InviteAgain,
    private readonly once: FormOnce,
    private readonly signIn: IdentityProvider,
  ) {}

  @Get()
  @Page()
  show(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const board = typeof query['namnd'] === 'string' ? query['namnd'] : undefined;
    return this.one(exchange, actor, id, { board, notice: noticeOf(query['meddelande']) });
  }

  @Post('roller')
  @HttpCode(200)
  @Page()
  async changeRoles(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { values, data, errors } = readTypedForm(RolesForm, body, PEOPLE_THE, PEOPLE_KINDS);
    const basis = basisIn(values['grund']);
    if (errors) return this.one(exchange, actor, id, { roles: { values, errors }, basis, board: values['namnd'] });
    const { namnd: board } = data;
    const { sent, errors: faults } = sentRoles(board, values);
    const wrong = [...faults, ...(sent.roles.length === 0 ? await this.mayHaveNone(actor, id, board) : [])];
    if (wrong.length > 0) return this.one(exchange, actor, id, { roles: { values, errors: wrong }, basis, board });
    const { nychef: manager } = data;
    if (basis === null) return this.overtaken(exchange, actor, id, { board, sent, basis, manager });
    const step = stepIn(body);
    if (step === 'change') return this.one(exchange, actor, id, { roles: { values, errors: [] }, basis, board });
    const asked = step === 'confirm' ? null : await this.askedOfRoles(actor, id, { board, sent, manager, values });
    const act = (tx: EntityManager) => this.roles.execute(tx, actor, id, { board, ...sent, manager, from: basis });
    try {
      const refused = await (asked === null ? this.refused(act, ROLES_FIELDS) : this.faultsOf(act, ROLES_FIELDS));
      if (refused.length > 0)
        return this.one(exchange, actor, id, { roles: { values, errors: refused }, basis, board });
    } catch (error) {
      if (!(error instanceof RuleError) || error.code !== 'version-stale') throw error;
      return this.overtaken(exchange, actor, id, { board, sent, basis, manager });
    }
    if (asked !== null) return this.ask(exchange, actor, asked);
    const next = sent.roles.length === 0 ? '/medarbetare?meddelande=lamnat' : after(id, 'roller', board);
    return void exchange.reply.redirect(next, 303);
  }

  private async askedOfRoles(
    actor: Actor,
    id: string,
    { board, ...asked }: { board: string; sent: RolesThere; manager: string | undefined; values: FormValues },
  ): Promise<Asked | null> {
    assertAdministrator(actor);
    const one = await this.read.one(actor, id);
    const place = placeOf(one, board);
    const question = rolesQuestion({ one, place, isSelf: id === actor.personId, ...asked });
    return question && { title: `Ändra rollerna för ${one.person.name}?`, one, question };
  }

  /** Someone else was first: theirs and one's own side by side, and the form with one's own on top of theirs. */
  private async overtaken(
    exchange: Exchange,
    actor: Actor,
    id: string,
    { board, sent, basis, manager }: Overtaken,
  ): Promise<string> {
    assertAdministrator(actor);
    const place = placeOf(await this.read.one(actor, id), board);
    const now = rolesThere(id, place);
    const last = basis === null ? null : await this.changed.rolesAt(place.board.code, id);
    const conflict = { by: othersName(last, actor), last, compared: compareRoles(sent, now, place) };
    const values = valuesOf(merged(sent, basis, now), place.board.code);
    const roles = { values: manager === undefined ? values : { ...values, nychef: manager }, errors: [] };
    return this.one(exchange, actor, id, { roles, conflict, board });
  }

  /** Who has a role at another board may leave this one. */
  private async mayHaveNone(actor: Actor, id: string, board: string): Promise<FormErrors> {
    assertAdministrator(actor);
    const { boards } = await this.read.one(actor, id);
    return boards.some((one) => one !== board) ? [] : NO_ROLE;
  }

  @Post('sluta')
  @HttpCode(200)
  @Page()
  async leave(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const one = await this.read.one(actor, id);
    const { values, data, errors } = readTypedForm(LeaveForm, body, PEOPLE_THE, PEOPLE_KINDS);
    if (errors) return this.one(exchange, actor, id, { leave: { values, errors } });
    const step = stepIn(body);
    if (step === 'change') return this.one(exchange, actor, id, { leave: { values, errors: [] } });
    const input = { from: one.person.email, to: data.till, leavesOn: data.dag, manager: data.chef };
    const handed: HandedOver[] = [];
    const act = async (tx: EntityManager) => void handed.push(await this.handOver.inTransaction(tx, actor, input));
    const refused = await (step === 'confirm' ? this.refused(act) : this.faultsOf(act));
    if (refused.length > 0) return this.one(exchange, actor, id, { leave: { values, errors: refused } });
    const would = handed.at(-1);
    if (step !== 'confirm' && would !== undefined) {
      const question = leaveQuestion(one, would, data.dag, values);
      return this.ask(exchange, actor, { title: `Avsluta kontot för ${one.person.name}?`, one, question });
    }
    return void exchange.reply.redirect(after(id, 'slutar'), 303);
  }

  @Post('ateroppna')
  @HttpCode(200)
  @Page()
  async reopen(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const one = await this.read.one(actor, id);
    let isInvited = false;
    const act = async (tx: EntityManager) => {
      ({ isInvited } = await this.reopening.inTransaction(tx, actor, one.person.email));
    };
    const isAnswered = stepIn(body) === 'confirm';
    const refused = await (isAnswered ? this.refused(act) : this.faultsOf(act));
    if (refused.length > 0) return this.one(exchange, actor, id, { leave: { values: {}, errors: refused } });
    if (!isAnswered) {
      const question = reopenQuestion(one, this.clock.today());
      return this.ask(exchange, actor, { title: `Ska ${one.person.name} ha kvar sitt konto?`, one, question });
    }
    return void exchange.reply.redirect(after(id, isInvited ? 'ateroppnat' : 'kvar'), 303);
  }

  @Post('skicka-lanken')
  @HttpCode(200)
  @Page()
  async inviteAgain(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { person } = await this.read.one(actor, id);
    const key = typedValues(body)[FORM_KEY_FIELD];
    const path = `${personHref(id)}/skicka-lanken`;
    const form = { personId: actor.personId, path, key, contents: null, isAnother: false };
    let word = 'lanken';
    const refused = await this.refused(async (tx) => {
      await this.inviting.allowed(tx, actor, person.email);
      const act = async () => (await this.inviting.inTransaction(tx, actor, person.email)).id;
      const { isRepeat } = await this.once.inTransaction(tx, form, act);
      if (isRepeat) word = 'lanken-redan';
    });
    if (refused.length > 0) return this.one(exchange, actor, id, { leave: { values: {}, errors: refused } });
    return void exchange.reply.redirect(after(id, word), 303);
  }

  private refused(act: (tx: EntityManager) => Promise<unknown>, fields = PEOPLE_FIELDS): Promise<FormErrors> {
    return mendableErrors(this.work.run(act), PEOPLE_THE, fields);
  }

  /** The same, of what is only tried: what would be refused is told before anyone is asked. */
  private faultsOf(act: (tx: EntityManager) => Promise<unknown>, fields = PEOPLE_FIELDS): Promise<FormErrors> {
    return mendableErrors(this.work.tryOut(act), PEOPLE_THE, fields);
  }

  private ask(exchange: Exchange, actor: Actor, { title, one, question }: Asked): Promise<string> {
    const above = <a href={personHref(one.person.id)}>{one.person.name}</a>;
    const content = <QuestionPanel {...question} />;
    return this.frame.page({ ...exchange, actor }, { title, above, current: 'people', content });
  }

  private async one(exchange: Exchange, actor: Actor, id: string, shown: Shown): Promise<string> {
    assertAdministrator(actor);
    const found = await this.read.one(actor, id);
    const place = placeOf(found, shown.board);
    const now = rolesThere(id, place);
    const { conflict = null, leave = NOTHING, notice = null } = shown;
    const roles = shown.roles ?? { values: valuesOf(now, place.board.code), errors: [] };
    const hasErrors = roles.errors.length + leave.errors.length > 0;
    const basis = basisOf(shown.basis ?? now);
    const boards = found.places.map(({ board }) => board.code);
    const heirs = found.mayEnd ? await this.handOvers.heirs(boards, id) : [];
    const known = { one: found, heirs, place, today: this.clock.today(), provider: this.signIn.name };
    const props = { ...known, roles, basis, conflict, leave, notice };
    return this.frame.page(
      { ...exchange, actor },
      {
        title: found.person.name,
        lede: found.person.email,
        above: <a href="/medarbetare">Medarbetare</a>,
        current: 'people',
        hasErrors: hasErrors || conflict !== null,
        status: conflict === null ? undefined : 409,
        content: <PersonView {...props} />,
      },
    );
  }
}

function placeOf({ places }: OneColleague, code: string | undefined): BoardPeople {
  const place = places.find(({ board }) => board.code === code) ?? places[0];
  if (!place) throw new Error('a colleague without a board');
  return place;
}

const after = (id: string, word: string, board?: string): string =>
  `${personHref(id)}?meddelande=${word}${board === undefined ? '' : `&namnd=${encodeURIComponent(board)}`}`;
