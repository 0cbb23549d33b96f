import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { render } from 'preact-render-to-string';
import { z } from 'zod';
import { RuleError } from '../../../domain/errors.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { UUID } from '../../../platform/http/uuid-param.js';
import { FORM_KEY_FIELD, newFormKey } from '../../../platform/web/components/form-key.js';
import { inOrder, type FormErrors, type FormValues } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { PART_HEADER, ShowsOnly } from '../../../platform/web/shows-only.js';
import { BoardRepository, type Board } from '../../boards/board.repository.js';
import { boardsSeen, rolesOn, type Actor } from '../../people/actor.js';
import { Frame } from '../frame/frame.js';
import { CurrentVisit, leadOn, type Visit } from '../frame/visit.js';
import { PreviewPlan } from './preview-plan.js';
import { ReadReceipt } from './read-receipt.js';
import { ReadRegisterChoices } from './register-choices.js';
import { faultsBetween, REGISTER_FORM, THE, registrationOf } from './register-form.js';
import { RegisterOnce } from './register-once.js';
import { PlanView } from './views/plan-view.js';
import { ReceiptView } from './views/receipt-view.js';
import { RegisterView, type Duplicate } from './views/register-view.js';

const LEDE = 'Fyll i det som står i remissen. Numret tas när du registrerar; då räknas tidplanen och påminnelserna ut.';

const existing = z.object({ id: z.string(), diarienummer: z.string() });

/** How the form is shown. */
interface Shown {
  readonly values: FormValues;
  readonly errors?: FormErrors;
  readonly duplicate?: Duplicate | null;
  readonly earlier?: Duplicate | null;
  readonly showsPlan?: boolean;
}

/** Registering a letter that has come in. */
@Controller('registrera')
export class RegisterPages {
  constructor(
    private readonly frame: Frame,
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly boards: BoardRepository,
    private readonly choices: ReadRegisterChoices,
    private readonly preview: PreviewPlan,
    private readonly register: RegisterOnce,
    private readonly receipt: ReadReceipt,
  ) {}

  @Get()
  @Page()
  async show(@CurrentVisit() visit: Visit, @Query('namnd') board: unknown): Promise<string> {
    const values = {
      namnd: typeof board === 'string' ? board : '',
      inkom: this.clock.today(),
      [FORM_KEY_FIELD]: newFormKey(),
    };
    return this.form(visit, { values });
  }

  /** The plan alone for a script, the whole page for someone without. */
  @Post('forhandsvisa')
  @ShowsOnly()
  @Page()
  async showPlan(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string> {
    const values = REGISTER_FORM.valuesOf(body);
    if (visit.request.headers[PART_HEADER] !== 'plan') {
      return this.form(visit, { values, showsPlan: values['byt'] === undefined });
    }
    const { board } = await this.boardsOf(visit.actor, values);
    return render(<PlanView preview={await this.preview.execute(board, values)} />);
  }

  @Post()
  @Page()
  async send(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string | void> {
    const { actor } = visit;
    const { values, data, errors: wrong } = REGISTER_FORM.read(body);
    const errors = inOrder([...(wrong ?? []), ...faultsBetween(values, this.clock.today())], THE);
    if (data === null || errors.length > 0) return this.form(visit, { values, errors });
    const { nyckel: key = '', arendetill } = data;
    const input = registrationOf(data);
    try {
      const { id, changed } = await this.register.execute(actor, { key, asAnother: arendetill !== undefined, input });
      if (changed) return await this.askForAnother(visit, values, id);
      return leadOn(visit, `/registrera/kvitto/${id}`);
    } catch (error) {
      const duplicate = duplicateIn(error);
      const faults = duplicate ? doubled(duplicate, error) : REGISTER_FORM.mendable(error);
      return this.form(visit, { values, errors: faults, duplicate });
    }
  }

  @Get('kvitto/:id')
  @Page()
  async showReceipt(@CurrentVisit() visit: Visit, @Param('id', UUID) id: string): Promise<string> {
    const receipt = await this.receipt.execute(visit.actor, id);
    return this.frame.page(visit, {
      title: 'Remissen är registrerad',
      current: 'register',
      content: <ReceiptView receipt={receipt} today={this.clock.today()} />,
    });
  }

  /** The form has given a number already, and was changed since. */
  private async askForAnother(visit: Visit, values: FormValues, id: string): Promise<string> {
    const { view: earlier } = await this.receipt.execute(visit.actor, id);
    const message = `Formuläret har redan gett ${earlier.diarienummer}. Rätta det ärendet, eller kryssa i att det här är ett ärende till.`;
    return this.form(visit, { values, errors: [{ field: 'arendetill', message }], earlier });
  }

  private async form(visit: Visit, shown: Shown): Promise<string> {
    const { errors = [], duplicate = null, earlier = null, showsPlan = false } = shown;
    const { board, boards } = await this.boardsOf(visit.actor, shown.values);
    const values = { ...shown.values, namnd: board.code };
    return this.frame.page(visit, {
      title: 'Registrera remiss',
      lede: LEDE,
      current: 'register',
      hasErrors: errors.length > 0,
      content: (
        <RegisterView
          values={values}
          errors={errors}
          choices={await this.choices.of(board, boards)}
          preview={await this.preview.execute(board, values)}
          duplicate={duplicate}
          earlier={earlier}
          showsPlan={showsPlan}
        />
      ),
    });
  }

  /** The boards where the person registers, and the one that is chosen. @throws RuleError `forbidden` */
  private async boardsOf(actor: Actor, values: FormValues): Promise<{ board: Board; boards: Board[] }> {
    const own = boardsSeen(actor).filter((code) => rolesOn(actor, code).has('registrar'));
    const boards = await this.boards.boards(this.db.manager, own);
    const board = boards.find(({ code }) => code === values['namnd']) ?? boards[0];
    if (board) return { board, boards };
    throw new RuleError('forbidden', 'registering takes the role registrar', { act: 'register' });
  }
}

function duplicateIn(error: unknown): Duplicate | null {
  if (!(error instanceof RuleError) || error.code !== 'duplicate-referral') return null;
  const known = existing.safeParse(error.facts['existing']);
  return known.success ? known.data : null;
}

function doubled({ diarienummer }: Duplicate, error: unknown): FormErrors {
  const byTitle = error instanceof RuleError && error.facts['field'] === 'title';
  const where = byTitle
    ? `Samma avsändare har redan skickat ett ärende med samma namn, ${diarienummer}`
    : `Remissen finns redan som ${diarienummer}`;
  const message = `${where}. Öppna det ärendet, eller ange varför den ska registreras igen.`;
  return [{ field: 'dubblettskal', message }];
}
