import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../../domain/errors.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { UUID } from '../../../platform/http/uuid-param.js';
import { QuestionPanel } from '../../../platform/web/components/question.js';
import type { FormValues } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { stepIn } from '../../../platform/web/steps.js';
import {
  CorrectColleague,
  detailsOf,
  mayNotCorrect,
  type ColleagueDetails,
} from '../../organisation/correct-colleague.js';
import type { Actor } from '../../people/actor.js';
import { CurrentActor } from '../../people/actor-decorators.js';
import { emailKey } from '../../people/people.repository.js';
import type { Compared, LastChange } from '../arende/views/conflict-view.js';
import { Frame } from '../frame/frame.js';
import { basisIn, compareDetails, DETAILS_FORM, mergedDetails, valuesOf } from './details-form.js';
import { addressQuestion } from './people-questions.js';
import { assertAdministrator, ReadColleagues } from './read-colleagues.js';
import { DetailsView } from './views/details-view.js';
import { personHref, type Typed } from './views/people-parts.js';
import { othersName, WhoChanged } from './who-changed.js';

interface Shown {
  readonly typed?: Typed;
  /** What the form starts from; without it, how things are. */
  readonly basis?: ColleagueDetails | null;
  /** Others' details beside what was typed. */
  readonly compared?: readonly Compared[];
  /** The name of who was first; null when that is not told. */
  readonly by?: string | null;
  /** The same with the instant, oneself included. */
  readonly last?: LastChange | null;
}

/** Someone's name, address, title and telephone, for those who may correct them. */
@Controller('medarbetare/:id/uppgifter')
export class DetailsPages {
  constructor(
    private readonly frame: Frame,
    private readonly work: UnitOfWork,
    private readonly read: ReadColleagues,
    private readonly changed: WhoChanged,
    private readonly correct: CorrectColleague,
  ) {}

  @Get()
  @Page()
  show(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
  ): Promise<string> {
    return this.page(exchange, actor, id, {});
  }

  @Post()
  @HttpCode(200)
  @Page()
  async save(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { values, data, errors } = DETAILS_FORM.read(body);
    const basis = basisIn(values['grund']);
    if (errors) return this.page(exchange, actor, id, { typed: { values, errors }, basis });
    const wanted = { name: data.namn, email: data.epost, title: data.titel ?? null, phone: data.telefon ?? null };
    if (basis === null) return this.overtaken(exchange, actor, id, wanted, null);
    const step = stepIn(body);
    if (step === 'change') return this.page(exchange, actor, id, { typed: { values, errors: [] }, basis });
    try {
      let isMoved = false;
      const act = async (tx: EntityManager) => {
        isMoved = await this.correct.inTransaction(tx, actor, id, { ...wanted, from: basis });
      };
      const isAsked = step !== 'confirm' && emailKey(wanted.email) !== emailKey(basis.email);
      const refused = await DETAILS_FORM.mendableErrors(isAsked ? this.work.tryOut(act) : this.work.run(act));
      if (refused.length > 0) return this.page(exchange, actor, id, { typed: { values, errors: refused }, basis });
      if (isAsked && isMoved) return await this.ask(exchange, actor, id, { address: wanted.email, values });
      const word = isMoved ? 'nyadress' : 'uppgifter';
      return void exchange.reply.redirect(`${personHref(id)}?meddelande=${word}`, 303);
    } catch (error) {
      if (!(error instanceof RuleError) || error.code !== 'version-stale') throw error;
      return this.overtaken(exchange, actor, id, wanted, basis);
    }
  }

  private async ask(
    exchange: Exchange,
    actor: Actor,
    id: string,
    { address, values }: { readonly address: string; readonly values: FormValues },
  ): Promise<string> {
    const { person } = await this.read.one(actor, id);
    return this.frame.page(
      { ...exchange, actor },
      {
        title: `Byta e-postadress för ${person.name}?`,
        above: <a href={personHref(id)}>{person.name}</a>,
        current: 'people',
        content: <QuestionPanel {...addressQuestion(person, address, values)} />,
      },
    );
  }

  /** Someone else was first: theirs and one's own side by side, and the form with one's own on top of theirs. */
  private async overtaken(
    exchange: Exchange,
    actor: Actor,
    id: string,
    wanted: ColleagueDetails,
    basis: ColleagueDetails | null,
  ): Promise<string> {
    assertAdministrator(actor);
    const now = detailsOf((await this.read.one(actor, id)).person);
    const typed = { values: valuesOf(mergedDetails(wanted, basis, now)), errors: [] };
    const last = basis === null ? null : await this.changed.detailsOf(actor, id);
    const compared = compareDetails(wanted, now);
    return this.page(exchange, actor, id, { typed, compared, by: othersName(last, actor), last });
  }

  private async page(exchange: Exchange, actor: Actor, id: string, shown: Shown): Promise<string> {
    assertAdministrator(actor);
    const { person, mayEnd } = await this.read.one(actor, id);
    if (!mayEnd) throw mayNotCorrect();
    const now = detailsOf(person);
    const { typed = { values: valuesOf(now), errors: [] }, basis, compared, by = null, last = null } = shown;
    return this.frame.page(
      { ...exchange, actor },
      {
        title: 'Rätta uppgifter',
        lede: person.name,
        above: <a href={personHref(id)}>{person.name}</a>,
        current: 'people',
        hasErrors: typed.errors.length > 0 || compared !== undefined,
        status: compared !== undefined ? 409 : typed.errors.length > 0 ? 422 : undefined,
        content: (
          <DetailsView id={id} typed={typed} basis={basis ?? now} compared={compared ?? null} by={by} last={last} />
        ),
      },
    );
  }
}
