import type { VNode } from 'preact';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import type { Act } from '../../../../domain/referral/lifecycle.js';
import { Button, ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import type { FormContext, FormField } from '../acts/act-form.js';
import { casePath, formOf, slugOf, titleOf } from '../acts/act-forms.js';
import { nextStepWords, whenWords, type OfferedActs } from '../acts/next-act.js';
import type { ReadOn } from '../words/days.js';
import { FormFields, Versioned } from './act-fields.js';
import { Why } from './why.js';

interface ActsProps {
  readonly context: FormContext;
  readonly offered: OfferedActs;
  readonly at: ReadOn;
  /** Whether something above the panel is more pressing. */
  readonly isSecond: boolean;
}

interface ActLinkProps {
  readonly id: string;
  readonly act: Act;
}

/** What is short enough to be filled in at once; the rest has a page of its own. */
const isShort = (fields: readonly FormField[]): boolean =>
  fields.length <= 2 && fields.every(({ kind }) => kind !== 'choice' && kind !== 'area');

const NextForm = ({ context, act, isSecond }: ActLinkProps & Pick<ActsProps, 'context' | 'isSecond'>): VNode => {
  const { view } = context;
  const form = formOf(act);
  const kind = isSecond ? 'secondary' : 'primary';
  const fields = form?.fields(context) ?? [];
  if (form === undefined || !isShort(fields) || (form.warnings?.(context, {}) ?? []).length > 0) {
    return (
      <ButtonLink href={casePath(view.id, slugOf(act))} kind={kind}>
        {titleOf(act)}
      </ButtonLink>
    );
  }
  return (
    <Versioned action={casePath(view.id, form.slug)} version={view.version} label={form.title} class="next-form">
      <FormFields fields={fields} />
      <Button kind={kind}>{form.button}</Button>
    </Versioned>
  );
};

const ActLine = ({ id, act }: ActLinkProps): VNode => (
  <li>
    <a href={casePath(id, slugOf(act))}>{titleOf(act)}</a>
    <span class="sub">
      {formOf(act)?.lead ?? 'Ändra det som registrerats. Händelserna visar vad som stod där förut.'}
    </span>
  </li>
);

const Rest = ({ id, rest }: { readonly id: string; readonly rest: OfferedActs['rest'] }): VNode | null => {
  const count = rest.reduce((sum, { acts }) => sum + acts.length, 0);
  if (count === 0) return null;
  return (
    <details class="more-acts">
      <summary>Fler åtgärder ({count})</summary>
      <div class="act-groups">
        {rest.map(({ title, acts }) => (
          <section key={title}>
            <h3>{title}</h3>
            <ul>
              {acts.map((act) => (
                <ActLine key={act} id={id} act={act} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </details>
  );
};

function When({ view, at }: { readonly view: ReferralView; readonly at: ReadOn }): VNode | null {
  const { nextStep } = view;
  if (nextStep === null || nextStep.on === null) return null;
  const { text, late } = whenWords(nextStep.step, nextStep.on, at, view);
  return <p class={late ? 'when late' : 'when'}>{text}</p>;
}

const headline = ({ nextStep, acts, status }: ReferralView, today: LocalDate): string => {
  if (status === 'closed') return 'Ärendet är avslutat';
  if (status === 'cancelled') return 'Ärendet är makulerat';
  if (nextStep !== null) return nextStepWords(nextStep, today).what;
  return acts.length === 0 ? 'Inget mer att göra' : 'Inget måste göras nu';
};

/** What is to be done next and, for those who do it, the form to do it with; then all else that may be done. */
export const ActsPanel = ({ context, offered, isSecond, at }: ActsProps): VNode => {
  const { view } = context;
  const { next, beside, rest } = offered;
  const form = next === null ? undefined : formOf(next);
  const words = view.nextStep === null ? null : nextStepWords(view.nextStep, at.today);
  return (
    <section class="panel next" aria-labelledby="nasta">
      <div class="pad">
        <div class="next-head">
          {view.nextStep === null ? null : <p class="eyebrow">Nästa steg</p>}
          <h2 id="nasta">{headline(view, at.today)}</h2>
          <When view={view} at={at} />
          {next === null && words !== null ? <p class="sub">{words.who}</p> : null}
          {form === undefined ? null : <p class="sub">{form.lead}</p>}
          {form === undefined ? null : <Why of={form.title}>{form.why}</Why>}
        </div>
        {next === null ? null : <NextForm id={view.id} act={next} context={context} isSecond={isSecond} />}
        {beside.length === 0 ? null : (
          <div class="beside-acts">
            <Buttons>
              {beside.map((act) => (
                <ButtonLink key={act} href={casePath(view.id, slugOf(act))} kind="secondary">
                  {titleOf(act)}
                </ButtonLink>
              ))}
            </Buttons>
          </div>
        )}
      </div>
      <Rest id={view.id} rest={rest} />
    </section>
  );
};
