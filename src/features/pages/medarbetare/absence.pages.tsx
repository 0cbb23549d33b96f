import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { CurrentExchange, type Exchange } from '../../../platform/http/exchange.js';
import { FormOnce } from '../../../platform/http/form-once.js';
import { UUID } from '../../../platform/http/uuid-param.js';
import { FORM_KEY_FIELD, newFormKey } from '../../../platform/web/components/form-key.js';
import { QuestionPanel } from '../../../platform/web/components/question.js';
import { mendableErrors, type FormErrors } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { stepIn } from '../../../platform/web/steps.js';
import { AbsenceRepository, type Absence } from '../../people/absence.repository.js';
import { boardsAdministered, type Actor } from '../../people/actor.js';
import { CurrentActor } from '../../people/actor-decorators.js';
import { KeepAbsences } from '../../people/keep-absences.js';
import { ListAbsences, type NamedAbsence } from '../../people/list-absences.js';
import { Frame } from '../frame/frame.js';
import { readTypedForm } from '../frame/typed-form.js';
import { ABSENCE_FIELDS, ABSENCE_KINDS, ABSENCE_THE, AbsenceForm } from './people-forms.js';
import { revokeQuestion } from './people-questions.js';
import { ReadColleagues } from './read-colleagues.js';
import { AbsencesView } from './views/absences-view.js';
import type { Typed } from './views/people-parts.js';

/** What the page says above all, by the word in its address: no other text can be put there by a link. */
const NOTICES: ReadonlyMap<string, string> = new Map([
  ['anmald', 'Frånvaron är anmäld.'],
  ['tillbaka', 'Frånvaron är tillbakatagen.'],
]);

const TAKEN_BACK =
  'Frånvaron har tagits tillbaka sedan dess. Ska den gälla ändå, så anmäl den igen: dagarna står kvar i formuläret.';
const OVER = 'Frånvaron är över.';
const TAKEN_BACK_AND_OVER = 'Frånvaron togs tillbaka, och dagarna har varit.';
const STANDS_AGAIN = 'Frånvaron togs tillbaka, men samma dagar har anmälts igen sedan dess och gäller.';

const OWN_SUBSTITUTE = { field: 'ersattare', message: 'Ersättaren måste vara någon annan.' };

const LEDE = 'Den som är borta har en ersättare, som får påminnelserna och får göra det som behövs.';

interface Told {
  readonly notice?: string | null;
  /** What has become of what the same form had given before. */
  readonly sentBefore?: string | null;
}

/** Who is away and who stands in: for oneself, and for an administrator the people of the boards. */
@Controller('franvaro')
export class AbsencePages {
  constructor(
    private readonly frame: Frame,
    private readonly db: ReadDatabase,
    private readonly work: UnitOfWork,
    private readonly once: FormOnce,
    private readonly keep: KeepAbsences,
    private readonly kept: AbsenceRepository,
    private readonly clock: Clock,
    private readonly absences: ListAbsences,
    private readonly read: ReadColleagues,
  ) {}

  @Get()
  @Page()
  show(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Query('meddelande') word: unknown,
  ): Promise<string> {
    const notice = typeof word === 'string' ? (NOTICES.get(word) ?? null) : null;
    return this.page(exchange, actor, { values: {}, errors: [] }, { notice });
  }

  @Post()
  @Page()
  async add(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { values, data, errors } = readTypedForm(AbsenceForm, body, ABSENCE_THE, ABSENCE_KINDS);
    if (errors) return this.page(exchange, actor, { values, errors });
    const { person = actor.email, ersattare: substitute, fran: from, till: to } = data;
    if (substitute === person.toLowerCase()) return this.page(exchange, actor, { values, errors: [OWN_SUBSTITUTE] });
    const absence = { person, substitute, from, to };
    const key = values[FORM_KEY_FIELD];
    const form = { personId: actor.personId, path: '/franvaro', key, contents: absence, isAnother: true };
    const before: Absence[] = [];
    const refused = await this.refused(async (tx) => {
      const add = async (): Promise<string> => (await this.keep.add(tx, actor, absence)).id;
      const { result: id, isRepeat } = await this.once.inTransaction(tx, form, add);
      const found = isRepeat ? await this.kept.find(tx, id) : null;
      if (found) before.push(found);
    });
    if (refused.length > 0) return this.page(exchange, actor, { values, errors: refused });
    const sentBefore = await this.goneSince(before.at(-1));
    if (sentBefore !== null) {
      const anew = sentBefore === STANDS_AGAIN ? {} : { ...values, [FORM_KEY_FIELD]: newFormKey() };
      return this.page(exchange, actor, { values: anew, errors: [] }, { sentBefore });
    }
    return void exchange.reply.redirect('/franvaro?meddelande=anmald', 303);
  }

  @Post(':id/ta-tillbaka')
  @HttpCode(200)
  @Page()
  async revoke(
    @CurrentActor() actor: Actor,
    @CurrentExchange() exchange: Exchange,
    @Param('id', UUID) id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const isAnswered = stepIn(body) === 'confirm';
    const named: NamedAbsence[] = [];
    const act = async (tx: EntityManager) => {
      named.push(...(await this.absences.named(tx, [await this.keep.assertKeeps(tx, actor, id)])));
      await this.keep.revoke(tx, actor, id);
    };
    const refused = await (isAnswered ? this.refused(act) : this.faultsOf(act));
    if (refused.length > 0) return this.page(exchange, actor, { values: {}, errors: refused });
    const absence = named.at(-1);
    if (!isAnswered && absence !== undefined) return this.ask(exchange, actor, absence);
    return void exchange.reply.redirect('/franvaro?meddelande=tillbaka', 303);
  }

  /** What has become of an absence that a form had given before; null while it is there. */
  private async goneSince(absence: Absence | undefined): Promise<string | null> {
    if (absence === undefined) return null;
    const { personId, fromDay, toDay, revokedAt } = absence;
    if (toDay < this.clock.today()) return revokedAt === null ? OVER : TAKEN_BACK_AND_OVER;
    if (revokedAt === null) return null;
    const living = await this.kept.ofPersonWithin(this.db.manager, personId, fromDay, toDay);
    return living.some((one) => one.fromDay === fromDay && one.toDay === toDay) ? STANDS_AGAIN : TAKEN_BACK;
  }

  private ask(exchange: Exchange, actor: Actor, absence: NamedAbsence): Promise<string> {
    return this.frame.page(
      { ...exchange, actor },
      {
        title: 'Ta tillbaka frånvaron?',
        above: <a href="/franvaro">Frånvaro</a>,
        content: <QuestionPanel {...revokeQuestion(absence)} />,
      },
    );
  }

  /** What would be refused, of what is only tried. */
  private faultsOf(act: (tx: EntityManager) => Promise<unknown>): Promise<FormErrors> {
    return mendableErrors(this.work.tryOut(act), ABSENCE_THE, ABSENCE_FIELDS);
  }

  private refused(act: (tx: EntityManager) => Promise<unknown>): Promise<FormErrors> {
    return mendableErrors(this.work.run(act), ABSENCE_THE, ABSENCE_FIELDS);
  }

  private async page(exchange: Exchange, actor: Actor, typed: Typed, told: Told = {}): Promise<string> {
    if (typed.errors.length > 0) void exchange.reply.code(422);
    const isAdministrator = boardsAdministered(actor).length > 0;
    return this.frame.page(
      { ...exchange, actor },
      {
        title: 'Frånvaro',
        lede: LEDE,
        above: isAdministrator ? <a href="/medarbetare">Medarbetare</a> : <a href="/konto">Mitt konto</a>,
        ...(isAdministrator ? { current: 'people' as const } : {}),
        hasErrors: typed.errors.length > 0,
        content: (
          <AbsencesView
            absences={await this.absences.execute(this.db.manager, actor)}
            kept={await this.read.keptBy(actor)}
            substitutes={await this.read.substitutes(actor)}
            notice={told.notice ?? null}
            sentBefore={told.sentBefore ?? null}
            {...typed}
          />
        ),
      },
    );
  }
}
