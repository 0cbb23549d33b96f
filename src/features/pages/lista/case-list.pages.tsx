import { Controller, Get, Query } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import type { FormValues } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { boardsAdministered, rolesOn } from '../../people/actor.js';
import { ListReferrals } from '../../referrals/list-referrals.js';
import { Frame } from '../frame/frame.js';
import { CurrentVisit, type Visit } from '../frame/visit.js';
import { ReadListChoices } from './list-choices.js';
import { isNarrowed, LIST_FORM, pageHref, queryOf, trailOf } from './list-query.js';
import { CaseListView } from './views/case-list-view.js';
import { NoCasesSeen } from './views/no-cases-seen.js';

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
  async show(@CurrentVisit() visit: Visit, @Query() query: unknown): Promise<string> {
    const { actor } = visit;
    const { values, data, errors } = LIST_FORM.read(query);
    const { items, next } = data ? await this.list.execute(actor, queryOf(data)) : NOTHING;
    const choices = await this.choices.of(actor);
    if (choices.boards.length === 0) return this.nothing(visit);
    return this.frame.page(visit, {
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

  /** For who only administers, or has no role. */
  private nothing(visit: Visit): Promise<string> {
    const administers = boardsAdministered(visit.actor).length > 0;
    return this.frame.page(visit, {
      title: 'Ärenden',
      current: 'cases',
      content: <NoCasesSeen administers={administers} />,
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
