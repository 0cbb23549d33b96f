import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RuleError } from '../../../domain/errors.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { QuestionPanel } from '../../../platform/web/components/question.js';
import type { FormErrors, FormValues } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { stepIn } from '../../../platform/web/steps.js';
import { SaveDepartment, type WantedDepartment } from '../../organisation/save-department.js';
import { Frame } from '../frame/frame.js';
import { noticeOf, type Notices } from '../frame/notices.js';
import { CurrentVisit, leadOn, type Visit } from '../frame/visit.js';
import { basisIn, basisOf, DEPARTMENT_FORM, DEPARTMENT_LABELS, NEW_DEPARTMENT_FORM } from './department-forms.js';
import { assertAdministrator, ReadColleagues, type BoardPeople } from './read-colleagues.js';
import {
  compareDepartment, mergedDepartment, valuesOf, type DepartmentConflict,
} from './department-conflict.js'; // prettier-ignore
import {
  DepartmentView, departmentHref, DepartmentsView, managerOf, withoutManager, type OneDepartment,
} from './views/departments-view.js'; // prettier-ignore
import type { Typed } from './views/people-parts.js';
import { othersName, WhoChanged } from './who-changed.js';

const NOTICES: Notices = new Map([
  ['tillagd', 'Avdelningen är tillagd.'],
  ['andrad', 'Avdelningen är ändrad.'],
]);

const LEDE = 'Nämndens avdelningar och deras chefer. En avdelningschef fördelar och attesterar avdelningens ärenden.';
const NOTHING: Typed = { values: {}, errors: [] };

/** The departments of the boards that one looks after: added, renamed, and given to a manager. */
@Controller('avdelningar')
export class DepartmentPages {
  constructor(
    private readonly frame: Frame,
    private readonly work: UnitOfWork,
    private readonly read: ReadColleagues,
    private readonly saving: SaveDepartment,
    private readonly changed: WhoChanged,
  ) {}

  @Get()
  @Page()
  show(@CurrentVisit() visit: Visit, @Query('meddelande') notice: unknown): Promise<string> {
    return this.list(visit, NOTHING, noticeOf(NOTICES, notice));
  }

  @Post()
  @Page()
  async add(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<string | void> {
    assertAdministrator(visit.actor);
    const { values, data, errors } = NEW_DEPARTMENT_FORM.read(body);
    if (errors) return this.list(visit, { values, errors });
    const { namnd: board, kod: code, namn: name, chef: manager } = data;
    const wanted = { board, code, name, manager: manager ?? null, isNew: true };
    const refused = await this.refused((tx) => this.saving.inTransaction(tx, visit.actor, wanted));
    if (refused.length > 0) return this.list(visit, { values, errors: refused });
    return leadOn(visit, '/avdelningar?meddelande=tillagd');
  }

  @Get(':board/:code')
  @Page()
  async showOne(
    @CurrentVisit() visit: Visit,
    @Param('board') board: string,
    @Param('code') code: string,
  ): Promise<string> {
    return this.form(visit, await this.open(visit, board, code), null);
  }

  @Post(':board/:code')
  @HttpCode(200)
  @Page()
  async change(
    @CurrentVisit() visit: Visit,
    @Param('board') board: string,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const one = await this.open(visit, board, code);
    const { values, data, errors } = DEPARTMENT_FORM.read(body);
    if (errors) return this.form(visit, one, { values, errors });
    const step = stepIn(body);
    if (step === 'change') return this.form(visit, one, { values, errors: [] });
    const from = basisIn(data.grund) ?? { name: '', managerId: null };
    const chosen = one.place.people.find(({ email }) => email === data.chef);
    // Who is named already stays, able to manage or not: another name of the department is no reason to ask.
    const stays = chosen !== undefined && chosen.id === from.managerId;
    const wanted = { board, code, name: data.namn, from, manager: stays ? undefined : (data.chef ?? null) };
    const asks = step !== 'confirm' && from.managerId !== null && !stays;
    try {
      const refused = await this.refused((tx) => this.saving.inTransaction(tx, visit.actor, wanted), asks);
      if (refused.length > 0) return this.form(visit, one, { values, errors: refused });
    } catch (error) {
      if (!(error instanceof RuleError) || error.code !== 'version-stale') throw error;
      return this.overtaken(visit, await this.open(visit, board, code), values, basisIn(data.grund));
    }
    if (asks) return this.ask(visit, one, wanted, values);
    return leadOn(visit, '/avdelningar?meddelande=andrad');
  }

  /** @throws RuleError `not-found`, for a department of a board that one does not look after too */
  private async open({ actor }: Visit, board: string, code: string): Promise<OneDepartment> {
    assertAdministrator(actor);
    const place = (await this.read.all(actor)).find((one) => one.board.code === board);
    const department = place?.departments.find((one) => one.code === code);
    if (!place || !department) throw new RuleError('not-found', 'no such department', { code });
    return { place, department };
  }

  /** Someone else was first: theirs and one's own side by side, and the form with one's own on top of theirs. */
  private async overtaken(
    visit: Visit,
    one: OneDepartment,
    values: FormValues,
    basis: ReturnType<typeof basisIn>,
  ): Promise<string> {
    const last = basis === null ? null : await this.changed.department(one.department);
    const conflict = { by: othersName(last, visit.actor), last, compared: compareDepartment(values, one) };
    return this.form(visit, one, { values: mergedDepartment(values, basis, one), errors: [] }, conflict);
  }

  private ask(visit: Visit, one: OneDepartment, wanted: WantedDepartment, values: FormValues): Promise<string> {
    const { place, department } = one;
    const action = departmentHref(department);
    const next = place.people.find(({ email }) => email === wanted.manager)?.name ?? null;
    const had = managerOf(one)?.name ?? 'Chefen';
    const content = (
      <QuestionPanel
        action={action}
        said={[
          next === null ? withoutManager(wanted.name) : `${next} blir chef, och attesterar avdelningens ärenden.`,
          `${had} är sedan inte chef för avdelningen, och kan inte attestera dess ärenden.`,
        ]}
        told={[{ label: DEPARTMENT_LABELS.namn, text: wanted.name }]}
        carried={(['namn', 'chef', 'grund'] as const).map((name) => ({ name, value: values[name] ?? '' }))}
        yes="Ja, ändra avdelningen"
        cancel={action}
        mayChange
      />
    );
    const above = <a href="/avdelningar">Avdelningar</a>;
    return this.frame.page(visit, { title: `Byta chef för ${department.name}?`, above, current: 'people', content });
  }

  /** @param isTried to find out only what would be refused */
  private refused(act: (tx: EntityManager) => Promise<unknown>, isTried = false): Promise<FormErrors> {
    return DEPARTMENT_FORM.mendableErrors(isTried ? this.work.tryOut(act) : this.work.run(act));
  }

  private async list(visit: Visit, typed: Typed, notice: string | null = null): Promise<string> {
    assertAdministrator(visit.actor);
    const places = await this.read.all(visit.actor);
    return this.frame.page(visit, {
      title: 'Avdelningar',
      lede: LEDE,
      above: <a href="/medarbetare">Medarbetare</a>,
      current: 'people',
      hasErrors: typed.errors.length > 0,
      content: <DepartmentsView places={places} notice={notice} {...typed} />,
    });
  }

  private form(
    visit: Visit,
    one: OneDepartment,
    typed: Typed | null,
    conflict: DepartmentConflict | null = null,
  ): Promise<string> {
    const { department, place } = one;
    const { values, errors } = typed ?? { values: valuesOf(one), errors: [] };
    return this.frame.page(visit, {
      title: department.name,
      lede: boardAndCode(place, department.code),
      above: <a href="/avdelningar">Avdelningar</a>,
      current: 'people',
      hasErrors: errors.length > 0 || conflict !== null,
      status: conflict === null ? undefined : 409,
      content: (
        <DepartmentView {...one} basis={basisOf(department)} values={values} errors={errors} conflict={conflict} />
      ),
    });
  }
}

const boardAndCode = ({ board }: BoardPeople, code: string): string => `${board.name}. Koden är ${code}.`;
