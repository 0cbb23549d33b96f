import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../../domain/errors.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { QuestionPanel } from '../../../platform/web/components/question.js';
import type { FormErrors, FormValues } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { stepIn } from '../../../platform/web/steps.js';
import { boardsSeen } from '../../people/actor.js';
import { HandOverCases, type HandedOver } from '../../referrals/hand-over-cases.js';
import { Frame } from '../frame/frame.js';
import { noticeOf, type Notices } from '../frame/notices.js';
import { CurrentVisit, leadOn, type Visit } from '../frame/visit.js';
import { HAND_OVER_FORM, HAND_OVER_PATH } from './hand-over-form.js';
import { handOverQuestion } from './people-questions.js';
import { ReadHandOvers } from './read-handovers.js';
import { HandOverView } from './views/hand-over-view.js';
import type { Typed } from './views/people-parts.js';

const TITLE = 'Lämna över ärenden';
const LEDE =
  'Alla öppna ärenden som någon är handläggare för får en annan handläggare, i ett steg. Kontot påverkas inte.';

const NOTICES: Notices = new Map([
  ['klart', 'Ärendena är överlämnade. Den som tog över får ett mejl, och varje ärende visar från vem det kom.'],
]);

const TO_ONESELF: FormErrors = [{ field: 'till', message: 'Den som tar över måste vara någon annan.' }];
const NOTHING_OPEN: FormErrors = [{ field: 'fran', message: 'Den du har valt har inga öppna ärenden att lämna över.' }];
const ELSEWHERE: FormErrors = [
  {
    field: 'fran',
    message:
      'Den du har valt hör också till en nämnd där du inte lämnar över ärenden. Be någon som är registrator eller systemförvaltare i alla nämnderna.',
  },
];

/** Ends a handing over of nothing, so that none is noted: it was sent twice, or another was first. */
class NothingOpen extends Error {}

/** All open cases of somebody handed over, for registrars and administrators: as over the API, without ending an account. */
@Controller('overlamna')
export class HandOverPages {
  constructor(
    private readonly frame: Frame,
    private readonly work: UnitOfWork,
    private readonly read: ReadHandOvers,
    private readonly handOver: HandOverCases,
  ) {}

  @Get()
  @Page()
  show(@CurrentVisit() visit: Visit, @Query() query: Readonly<Record<string, unknown>>): Promise<string> {
    const fran = typeof query['fran'] === 'string' ? query['fran'] : '';
    return this.page(visit, { values: { fran }, errors: [] }, noticeOf(NOTICES, query['meddelande']));
  }

  @Post()
  @HttpCode(200)
  @Page()
  async give(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string | void> {
    const { values, data, errors } = HAND_OVER_FORM.read(body);
    if (errors) return this.page(visit, { values, errors });
    const step = stepIn(body);
    if (step === 'change') return this.page(visit, { values, errors: [] });
    await this.read.choices(visit.actor);
    if (data.fran === data.till) return this.page(visit, { values, errors: TO_ONESELF });
    const handed: HandedOver[] = [];
    const act = async (tx: EntityManager) => {
      const given = await this.handOver.inTransaction(tx, visit.actor, { from: data.fran, to: data.till });
      if (given.cases.length === 0) throw new NothingOpen();
      handed.push(given);
    };
    const refused = await this.refused(act, step !== 'confirm');
    if (refused.length > 0) return this.page(visit, { values, errors: refused });
    const would = handed.at(-1);
    if (step === 'confirm' || would === undefined) return leadOn(visit, `${HAND_OVER_PATH}?meddelande=klart`);
    return this.ask(visit, would, values);
  }

  /**
   * What a person can mend of it; that somebody belongs to other boards too is told at its field.
   *
   * @param isTried to find out only what would be refused
   */
  private async refused(act: (tx: EntityManager) => Promise<unknown>, isTried: boolean): Promise<FormErrors> {
    try {
      return await HAND_OVER_FORM.mendableErrors(isTried ? this.work.tryOut(act) : this.work.run(act));
    } catch (error) {
      if (error instanceof NothingOpen) return NOTHING_OPEN;
      if (error instanceof RuleError && error.code === 'forbidden') return ELSEWHERE;
      throw error;
    }
  }

  private ask(visit: Visit, would: HandedOver, values: FormValues): Promise<string> {
    const content = <QuestionPanel {...handOverQuestion(would, values)} />;
    return this.frame.page(visit, { title: `Lämna över allt från ${would.from.name}?`, ...placed(visit), content });
  }

  private async page(visit: Visit, typed: Typed, notice: string | null = null): Promise<string> {
    const choices = await this.read.choices(visit.actor);
    return this.frame.page(visit, {
      title: TITLE,
      lede: LEDE,
      ...placed(visit),
      hasErrors: typed.errors.length > 0,
      status: typed.errors.length > 0 ? 422 : undefined,
      content: <HandOverView choices={choices} notice={notice} {...typed} />,
    });
  }
}

/** Where the page belongs: with the watch list, or for who sees no cases with the people. */
function placed({ actor }: Visit) {
  return boardsSeen(actor).length > 0
    ? { above: <a href="/bevakning">Bevakning</a>, current: 'watch' as const }
    : { above: <a href="/medarbetare">Medarbetare</a>, current: 'people' as const };
}
