import { Controller, Get, Query } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import type { FormValues } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { rolesOn, type Actor } from '../../people/actor.js';
import { CurrentActor } from '../../people/actor-decorators.js';
import { ListReferrals } from '../../referrals/list-referrals.js';
import { Frame } from '../frame/frame.js';
import { readTypedForm } from '../frame/typed-form.js';
import { ReadListChoices } from './list-choices.js';
import { isNarrowed, LIST_KINDS, LIST_LABELS, ListForm, pageHref, queryOf, trailOf } from './list-query.js';
import { CaseListView } from './views/case-list-view.js';

const NOTHING = { items: [], next: null };

/** The list of cases, and searching in it. */
@Controller('arenden')
export class CaseListPages {
  constructor(
    private readonly frame: Frame,
    private readonly clock: Clock,
    private readonly list: ListReferrals,
    private readonly choices: ReadListChoices,
  ) {}

  /** @throws RuleError `cursor-invalid` */
  @Get()
  @Page()
  async show(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Query() query: unknown,
  ): Promise<string> {
    const { values, data, errors } = readTypedForm(ListForm, query, LIST_LABELS, LIST_KINDS);
    if (errors) void exchange.reply.code(422);
    const { items, next } = data ? await this.list.execute(actor, queryOf(data)) : NOTHING;
    const choices = await this.choices.of(actor);
    return this.frame.page(exchange, actor, {
      title: 'Ärenden',
      current: 'cases',
      hasErrors: errors !== null,
      content: (
        <CaseListView
          values={values}
          errors={errors ?? []}
          choices={choices}
          items={items}
          today={this.clock.today()}
          isSearch={(values['q'] ?? '').trim() !== ''}
          isNarrowed={isNarrowed(values)}
          mayRegister={choices.boards.some(({ code }) => rolesOn(actor, code).has('registrar'))}
          links={linksOf(values, data ? trailOf(data) : [], next)}
        />
      ),
    });
  }
}

/** The way to the page before and after. The page before the second one is the first, which has no cursor. */
function linksOf(values: FormValues, trail: readonly string[], next: string | null) {
  return {
    first: trail.length > 1 ? pageHref(values, []) : null,
    newer: trail.length > 0 ? pageHref(values, trail.slice(0, -1)) : null,
    older: next === null ? null : pageHref(values, [...trail, next]),
  };
}
