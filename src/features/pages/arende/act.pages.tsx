import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RuleError } from '../../../domain/errors.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import type { FormErrors, FormValues } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import { ShowsOnly } from '../../../platform/web/shows-only.js';
import type { Actor } from '../../people/actor.js';
import type { ActRequest } from '../../referrals/act-on-referral.js';
import type { ReferralView } from '../../referrals/referral.dto.js';
import { Frame, type FramedPage } from '../frame/frame.js';
import { CurrentVisit, leadOn, type Visit } from '../frame/visit.js';
import { NO_CHOICES, questionOf, type ActForm, type FormContext, type Perform } from './acts/act-form.js';
import { casePath, formAt } from './acts/act-forms.js';
import { DoAct } from './acts/do-act.js';
import { sentForm, type SentForm } from './acts/sent-form.js';
import { CaseChoices } from './case-choices.js';
import { CaseConflicts } from './case-conflict.js';
import { ReadCase } from './read-case.js';
import { ActView, BackToCase, ConfirmView, RefusedView, type Refused, type TypedProps } from './views/act-view.js';
import type { Conflict } from './views/conflict-view.js';
import { cautionWords } from './words/caution-words.js';
import { errorsOfAct } from './words/rule-words.js';

interface Shown {
  readonly values?: FormValues;
  readonly errors?: FormErrors;
  readonly conflict?: Conflict;
}

/** What was filled in, and what the rules want confirmed of it. */
interface AskedFirst {
  readonly values: FormValues;
  readonly cautions: readonly string[];
}

type Asked = Readonly<Record<string, unknown>>;

/** Each act of a case on a page of its own: the form, the question before what cannot be undone, and the act itself. */
@Controller('arenden/:id')
export class ActPages {
  constructor(
    private readonly frame: Frame,
    private readonly clock: Clock,
    private readonly cases: ReadCase,
    private readonly choices: CaseChoices,
    private readonly conflicts: CaseConflicts,
    private readonly doAct: DoAct,
  ) {}

  @Get(':act')
  @Page()
  async show(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Param('act') slug: string,
    @Query() asked: Asked,
  ): Promise<string> {
    const { form, context } = await this.open(visit.actor, id, slug);
    if (!context.view.acts.includes(form.act)) return this.refused(visit, form, context);
    return this.form(visit, form, context, { values: prefilled(form, context, asked) });
  }

  @Post(':act')
  @HttpCode(200)
  @Page()
  async act(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Param('act') slug: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const { actor } = visit;
    const { form, context } = await this.open(actor, id, slug);
    const { view } = context;
    const sent = sentForm(body);
    if (sent.version !== view.version) return this.overtaken(visit, form, context, sent);
    if (!view.acts.includes(form.act))
      return this.refused(visit, form, context, { typed: typedIn(form, context, sent) });
    const read = form.read(sent.fields, form.fields(context));
    const { values } = read;
    if (read.errors) return this.form(visit, form, context, { values, errors: read.errors });
    if (sent.step === 'change') return this.form(visit, form, context, { values });
    const confirmed = sent.step === 'confirm';
    const asksFirst = !confirmed && questionOf(form, context, values) !== null;
    const request = { referralId: id, ifVersion: sent.version };
    let cautions: readonly string[];
    try {
      cautions = await this.attempt(actor, request, read.perform, { asksFirst, confirmed });
    } catch (error) {
      return this.failed(visit, form, { context, sent, values, error });
    }
    if (asksFirst || cautions.length > 0) return this.ask(visit, form, context, { values, cautions });
    return leadOn(visit, `${casePath(id)}?klart=${form.slug}`);
  }

  /** The form as it was filled in, on the case as it is now: for someone whose session ended meanwhile. */
  @Post(':act/ifyllt')
  @HttpCode(200)
  @ShowsOnly()
  @Page()
  async refill(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Param('act') slug: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { form, context } = await this.open(visit.actor, id, slug);
    const sent = sentForm(body);
    if (sent.version !== context.view.version) return this.overtaken(visit, form, context, sent);
    const typed = typedIn(form, context, sent);
    if (!context.view.acts.includes(form.act)) return this.refused(visit, form, context, { typed });
    return this.form(visit, form, context, { values: typed.values });
  }

  /**
   * Does the act, or finds out whether it would go through where something is asked first. What would be refused is
   * told before anyone is asked to confirm it.
   *
   * @returns what the rules want confirmed; the act is not done then
   */
  private async attempt(
    actor: Actor,
    request: Required<ActRequest>,
    perform: Perform,
    { asksFirst, confirmed }: { readonly asksFirst: boolean; readonly confirmed: boolean },
  ): Promise<readonly string[]> {
    try {
      if (asksFirst) await this.doAct.tryOut(actor, request, perform);
      else await this.doAct.execute(actor, request, perform, confirmed);
      return [];
    } catch (error) {
      const cautions = cautionWords(error);
      if (confirmed || cautions.length === 0) throw error;
      await this.doAct.tryOut(actor, request, perform, true);
      return cautions;
    }
  }

  /** @throws RuleError `not-found` for a case, or an act, that is not there */
  private async open(actor: Actor, id: string, slug: string): Promise<{ form: ActForm; context: FormContext }> {
    const form = formAt(slug);
    if (form === undefined) throw new RuleError('not-found', 'no such act', { act: slug });
    return { form, context: await this.contextOf(actor, form, await this.cases.view(actor, id)) };
  }

  private async contextOf(actor: Actor, form: ActForm, view: ReferralView): Promise<FormContext> {
    const choices = form.needsChoices === true && view.readable ? await this.choices.of(actor, view.board) : NO_CHOICES;
    return { view, today: this.clock.today(), now: this.clock.now(), choices };
  }

  private form(visit: Visit, form: ActForm, context: FormContext, shown: Shown): Promise<string> {
    const hasErrors = (shown.errors ?? []).length > 0 || shown.conflict !== undefined;
    const status = shown.conflict === undefined ? undefined : 409;
    const content = <ActView form={form} context={context} {...shown} />;
    return this.page(visit, context.view, { title: form.title, hasErrors, status, content });
  }

  private ask(visit: Visit, form: ActForm, context: FormContext, asked: AskedFirst) {
    const content = <ConfirmView form={form} context={context} {...asked} />;
    return this.page(visit, context.view, { title: `${form.title}?`, content });
  }

  /** It cannot be done, or not by this person; with `conflict`, because someone else was first. */
  private refused(visit: Visit, form: ActForm, { view }: FormContext, shown: Refused = {}): Promise<string> {
    const status = shown.conflict === undefined ? 403 : 409;
    const content = <RefusedView view={view} title={form.title} {...shown} />;
    return this.page(visit, view, { title: form.title, hasErrors: status === 409, status, content });
  }

  /** Someone was there before: the form again, on the new version, or the news that it can no longer be done. */
  private async overtaken(visit: Visit, form: ActForm, context: FormContext, sent: SentForm): Promise<string> {
    const { view } = context;
    const typed = typedIn(form, context, sent);
    if (!view.readable) return this.refused(visit, form, context, { typed });
    const conflict = await this.conflicts.ofAct(visit.actor, view, sent.version, typed);
    if (!view.acts.includes(form.act)) return this.refused(visit, form, context, { typed, conflict });
    return this.form(visit, form, context, { values: typed.values, conflict });
  }

  private async failed(
    visit: Visit,
    form: ActForm,
    failure: { context: FormContext; sent: SentForm; values: FormValues; error: unknown },
  ): Promise<string> {
    const { context, sent, values, error } = failure;
    if (error instanceof RuleError && error.code === 'version-stale') {
      const { actor } = visit;
      const now = await this.contextOf(actor, form, await this.cases.view(actor, context.view.id));
      return this.overtaken(visit, form, now, sent);
    }
    return this.form(visit, form, context, { values, errors: errorsOfAct(error, form, context) });
  }

  private page(
    visit: Visit,
    view: ReferralView,
    shown: Pick<FramedPage, 'title' | 'hasErrors' | 'status' | 'content'>,
  ): Promise<string> {
    return this.frame.page(visit, { ...shown, above: <BackToCase view={view} />, current: 'cases' });
  }
}

/** What was typed, by the form's own fields: of a secret case they tell nothing that the person has not typed. */
function typedIn(form: ActForm, context: FormContext, sent: SentForm): TypedProps {
  const fields = form.fields(context);
  return { fields, values: form.read(sent.fields, fields).values, called: sent.called };
}

/** What a link asked for, of that which can be chosen: days, and options that there are. */
function prefilled(form: ActForm, context: FormContext, asked: Asked): FormValues {
  return Object.fromEntries(
    form.fields(context).map((field) => {
      const wanted = asked[field.name];
      const fits =
        typeof wanted === 'string' &&
        (field.kind === 'day'
          ? /^\d{4}-\d{2}-\d{2}$/.test(wanted)
          : (field.kind === 'choice' || field.kind === 'select') &&
            field.options.some(({ value }) => value === wanted));
      return [field.name, fits ? wanted : (field.value ?? '')];
    }),
  );
}
