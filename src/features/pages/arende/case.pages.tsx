import { Controller, Get, Param, Query } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.port.js';
import { Page } from '../../../platform/web/page.js';
import type { Actor } from '../../people/actor.js';
import { handsOverAt } from '../../referrals/hand-over-cases.js';
import type { ReferralView } from '../../referrals/referral.dto.js';
import { Frame } from '../frame/frame.js';
import { CurrentVisit, type Visit } from '../frame/visit.js';
import { NO_CHOICES, type Choices } from './acts/act-form.js';
import { formOf, receiptOf } from './acts/act-forms.js';
import { nextAct } from './acts/next-act.js';
import { CaseChoices } from './case-choices.js';
import { ReadCase } from './read-case.js';
import { CaseNumber, CaseView, MaskedView, StatusLine } from './views/case-view.js';

/** The page of a case. */
@Controller('arenden')
export class CasePages {
  constructor(
    private readonly frame: Frame,
    private readonly clock: Clock,
    private readonly cases: ReadCase,
    private readonly choices: CaseChoices,
  ) {}

  @Get(':id')
  @Page()
  async show(@CurrentVisit() visit: Visit, @Param('id') id: string, @Query('klart') done: unknown): Promise<string> {
    const { actor } = visit;
    const seen = await this.cases.seen(actor, id);
    const { view } = seen;
    if (!view.readable) return this.masked(visit, view);
    const whole = await this.cases.rest(actor, seen);
    const today = this.clock.today();
    const context = { view, today, now: this.clock.now(), choices: await this.choicesOf(actor, view) };
    return this.frame.page(visit, {
      title: view.title ?? view.diarienummer,
      above: <CaseNumber view={view} />,
      lede: <StatusLine view={view} />,
      current: 'cases',
      content: (
        <CaseView
          whole={whole}
          context={context}
          receipt={receiptOf(done)}
          mayHandOver={handsOverAt(actor, view.board)}
        />
      ),
    });
  }

  private masked(visit: Visit, view: ReferralView): Promise<string> {
    const content = <MaskedView view={view} />;
    return this.frame.page(visit, { title: view.diarienummer, current: 'cases', content });
  }

  /** Asked for only where the first form on the page needs them. */
  private async choicesOf(actor: Actor, view: ReferralView): Promise<Choices> {
    const act = nextAct(view, this.clock.today());
    const needed = act !== null && formOf(act)?.needsChoices === true;
    return needed ? this.choices.of(actor, view.board) : NO_CHOICES;
  }
}
