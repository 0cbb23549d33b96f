import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { RuleError } from '../../../domain/errors.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { inOrder, type FormErrors, type FormValues } from '../../../platform/web/form-errors.js';
import { Page } from '../../../platform/web/page.js';
import type { Actor } from '../../people/actor.js';
import type { ReferralView } from '../../referrals/referral.dto.js';
import { Frame } from '../frame/frame.js';
import { CurrentVisit, leadOn, type Visit } from '../frame/visit.js';
import { labelsOf, NO_CHOICES, type FormField } from './acts/act-form.js';
import { CORRECT_SLUG, CORRECT_TITLE, casePath } from './acts/act-forms.js';
import {
  changedIn, correctionFields, merged, rareFaults, readCorrection, sentCorrection, standing, type SentCorrection,
} from './acts/correction.js'; // prettier-ignore
import { DoAct } from './acts/do-act.js';
import { sentForm } from './acts/sent-form.js';
import { CaseChoices } from './case-choices.js';
import { CaseConflicts } from './case-conflict.js';
import { ReadCase } from './read-case.js';
import { BackToCase, RefusedView, type Refused, type TypedProps } from './views/act-view.js';
import type { Compared, Conflict } from './views/conflict-view.js';
import { CorrectView } from './views/correct-view.js';
import { errorsOfForm } from './words/rule-words.js';
import { typedWords } from './words/typed-words.js';

interface Shown {
  readonly values: FormValues;
  readonly base: FormValues;
  readonly errors?: FormErrors;
  readonly conflict?: Conflict;
}

/** The page on which the facts of a case are corrected. */
@Controller('arenden/:id/andra')
export class CorrectPages {
  constructor(
    private readonly frame: Frame,
    private readonly clock: Clock,
    private readonly cases: ReadCase,
    private readonly choices: CaseChoices,
    private readonly conflicts: CaseConflicts,
    private readonly doAct: DoAct,
  ) {}

  @Get()
  @Page()
  async show(@CurrentVisit() visit: Visit, @Param('id') id: string): Promise<string> {
    const view = await this.cases.view(visit.actor, id);
    if (!view.acts.includes('correct')) return this.refused(visit, view);
    const now = standing(view);
    return this.form(visit, view, { values: now, base: now });
  }

  @Post()
  @HttpCode(200)
  @Page()
  async save(@CurrentVisit() visit: Visit, @Param('id') id: string, @Body() body: unknown): Promise<string | void> {
    const { actor } = visit;
    const view = await this.cases.view(actor, id);
    const { version, fields: typed, called } = sentForm(body);
    const sent: SentCorrection = { ...sentCorrection(typed, view), called };
    if (version !== view.version) return this.overtaken(visit, view, version, sent);
    if (!view.acts.includes('correct'))
      return this.refused(visit, view, { typed: await this.typedOf(actor, view, sent) });
    const fields = await this.fieldsOf(actor, view);
    const shown = { values: { ...sent.typed, ...sent.ticks }, base: sent.base };
    const read = readCorrection(sent, fields);
    const faults = [...(read.errors ?? []), ...rareFaults(sent, this.clock.today())];
    const errors = inOrder(faults, labelsOf(fields));
    if (read.errors || errors.length > 0) return this.form(visit, view, { ...shown, errors });
    try {
      const { correction } = read;
      await this.doAct.execute(actor, { referralId: id, ifVersion: version }, ({ correct }, tx, who, request) =>
        correct.inTransaction(tx, who, request, correction),
      );
    } catch (error) {
      if (error instanceof RuleError && error.code === 'version-stale') {
        return this.overtaken(visit, await this.cases.view(actor, id), version, sent);
      }
      return this.form(visit, view, { ...shown, errors: errorsOfForm(error, labelsOf(fields)) });
    }
    return leadOn(visit, `${casePath(id)}?klart=${CORRECT_SLUG}`);
  }

  /** Someone else was first: theirs and one's own side by side, and the form with one's own on top of theirs. */
  private async overtaken(visit: Visit, view: ReferralView, version: number, sent: SentCorrection): Promise<string> {
    const typed = await this.typedOf(visit.actor, view, sent);
    if (!view.readable) return this.refused(visit, view, { typed });
    const now = standing(view);
    const fields = await this.fieldsOf(visit.actor, view);
    const conflict = await this.conflicts.since(visit.actor, view, version, compare(sent, now, fields));
    if (!view.acts.includes('correct')) return this.refused(visit, view, { typed, conflict });
    return this.form(visit, view, { values: merged(sent, now), base: now, conflict });
  }

  private async fieldsOf(actor: Actor, view: ReferralView): Promise<FormField[]> {
    return correctionFields(view.readable ? await this.choices.of(actor, view.board) : NO_CHOICES, view.department);
  }

  /** What the person had changed, to be shown where it cannot be saved. */
  private async typedOf(actor: Actor, view: ReferralView, sent: SentCorrection): Promise<TypedProps> {
    const own = new Set<string>(changedIn(sent));
    const fields = await this.fieldsOf(actor, view);
    const { typed: values, called } = sent;
    return { fields: fields.filter(({ name }) => own.has(name)), values, called };
  }

  private async form(visit: Visit, view: ReferralView, shown: Shown): Promise<string> {
    const { errors = [], conflict = null } = shown;
    const fields = await this.fieldsOf(visit.actor, view);
    return this.frame.page(visit, {
      title: CORRECT_TITLE,
      above: <BackToCase view={view} />,
      current: 'cases',
      hasErrors: errors.length > 0 || conflict !== null,
      status: conflict === null ? undefined : 409,
      content: (
        <CorrectView
          view={view}
          fields={fields}
          today={this.clock.today()}
          {...shown}
          errors={errors}
          conflict={conflict}
        />
      ),
    });
  }

  /** It cannot be corrected, or not by this person; with `conflict`, because someone else was first. */
  private refused(visit: Visit, view: ReferralView, shown: Refused = {}): Promise<string> {
    return this.frame.page(visit, {
      title: CORRECT_TITLE,
      above: <BackToCase view={view} />,
      current: 'cases',
      hasErrors: shown.conflict !== undefined,
      status: shown.conflict === undefined ? 403 : 409,
      content: <RefusedView view={view} title={CORRECT_TITLE} {...shown} />,
    });
  }
}

/** What either has changed, side by side. */
function compare(sent: SentCorrection, now: FormValues, fields: readonly FormField[]): Compared[] {
  const own = new Set<string>(changedIn(sent));
  const theirs = new Set<string>(changedIn({ typed: now, base: sent.base }));
  return fields
    .filter(({ name }) => own.has(name) || theirs.has(name))
    .map((field) => ({
      label: field.label,
      now: `${typedWords(field, now)}${theirs.has(field.name) ? ' (ändrat nu)' : ''}`,
      typed: own.has(field.name) ? typedWords(field, sent.typed, sent.called) : 'oförändrat',
    }));
}
