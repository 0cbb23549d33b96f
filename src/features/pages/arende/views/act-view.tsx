import type { ComponentChildren, VNode } from 'preact';
import { Button, ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { Callout } from '../../../../platform/web/components/callout.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import type { Option } from '../../../../platform/web/components/field.js';
import { Question } from '../../../../platform/web/components/question.js';
import type { FormErrors, FormValues } from '../../../../platform/web/form-errors.js';
import type { CalledChoice } from '../../../../platform/web/typed-fields.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { questionOf, type ActForm, type FormContext, type FormField } from '../acts/act-form.js';
import { casePath } from '../acts/act-forms.js';
import { STATUS_WORDS } from '../words/case-words.js';
import { inFull } from '../words/days.js';
import { typedWords } from '../words/typed-words.js';
import { FormFields, Versioned } from './act-fields.js';
import { ConflictView, type Conflict } from './conflict-view.js';
import { Why } from './why.js';

/** The way back to the case. */
export const BackToCase = ({ view }: { readonly view: ReferralView }): VNode => (
  <a class="back" href={casePath(view.id)}>
    <span aria-hidden="true">← </span>
    {view.diarienummer}
  </a>
);

/** The case in a few words, beside a form. */
export const InBrief = ({ view }: { readonly view: ReferralView }): VNode => (
  <section class="panel" aria-labelledby="korthet">
    <header>
      <h2 id="korthet">Ärendet i korthet</h2>
    </header>
    <div class="pad">
      <p>
        <bdi>{view.title}</bdi>
      </p>
      <dl class="facts">
        <dt>Läge</dt>
        <dd>{view.status === null ? '' : STATUS_WORDS[view.status]}</dd>
        <dt>Svar senast</dt>
        <dd>{view.answerDue === null ? 'Saknas' : inFull(view.answerDue)}</dd>
        <dt>Sammanträde</dt>
        <dd>{view.meeting === null ? 'Inget' : inFull(view.meeting.date)}</dd>
        <dt>Handläggare</dt>
        <dd>{view.officer?.name ?? 'Ingen än'}</dd>
      </dl>
    </div>
  </section>
);

interface ActProps {
  readonly form: ActForm;
  readonly context: FormContext;
  /** What was typed, when the form has been sent once. */
  readonly values?: FormValues;
  readonly errors?: FormErrors;
  readonly conflict?: Conflict;
}

const NoticeOfWarnings = ({ texts }: { readonly texts: readonly string[] }): VNode | null =>
  texts.length === 0 ? null : (
    <Callout tone="warn" title="Att tänka på">
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Callout>
  );

interface PartProps {
  readonly form: ActForm;
  readonly view: ReferralView;
  readonly children: ComponentChildren;
}

/** What an act is about in a panel, and beside it the case in brief. */
const BesideBrief = ({ view, children }: Omit<PartProps, 'form'>): VNode => (
  <div class="cols">
    <section class="panel">
      <div class="pad">{children}</div>
    </section>
    <InBrief view={view} />
  </div>
);

/** What is sent of an act, with its buttons and the way out. */
const SentForm = ({ form, view, children, buttons }: PartProps & { readonly buttons: ComponentChildren }): VNode => (
  <Versioned
    action={casePath(view.id, form.slug)}
    version={view.version}
    class="act-form"
    refill={`${casePath(view.id, form.slug)}/ifyllt`}
  >
    {children}
    <Buttons>
      {buttons}
      <ButtonLink href={casePath(view.id)} kind="quiet">
        Avbryt
      </ButtonLink>
    </Buttons>
  </Versioned>
);

const kindOf = ({ isDanger }: ActForm) => (isDanger === true ? 'danger' : 'primary');

/** An act on a page of its own: the form, what is wrong with it, and who was there before. */
export const ActView = ({ form, context, values, errors = [], conflict }: ActProps): VNode => {
  const { view } = context;
  const fields = form.fields(context);
  const button = conflict === undefined ? form.button : `${form.button}, ovanpå den nya versionen`;
  return (
    <div class="case act">
      {conflict === undefined ? <ErrorSummary errors={errors} /> : <ConflictView conflict={conflict} />}
      <BesideBrief view={view}>
        <p>{form.lead}</p>
        <Why of={form.title}>{form.why}</Why>
        <NoticeOfWarnings texts={form.warnings?.(context, values ?? {}) ?? []} />
        <SentForm form={form} view={view} buttons={<Button kind={kindOf(form)}>{button}</Button>}>
          <FormFields fields={fields} values={values} errors={errors} />
        </SentForm>
      </BesideBrief>
    </div>
  );
};

/** What was typed, with the fields it was typed in. */
export interface TypedProps {
  readonly fields: readonly FormField[];
  readonly values: FormValues;
  /** What the form that was sent called its choices. */
  readonly called?: CalledChoice | undefined;
}

/** What was typed, in words. */
export const Typed = ({ fields, values, called }: TypedProps): VNode => (
  <dl class="facts">
    {fields.map((field) => (
      <>
        <dt>{field.label}</dt>
        <dd>{typedWords(field, values, called)}</dd>
      </>
    ))}
  </dl>
);

interface ConfirmProps extends Required<Pick<ActProps, 'form' | 'context' | 'values'>> {
  /** What the rules want confirmed. */
  readonly cautions: readonly string[];
}

/** Of many options the one that was chosen, so that it goes along by name. */
const chosenIn = (field: FormField, values: FormValues): readonly Option[] =>
  'options' in field ? field.options.filter(({ value }) => value === values[field.name]) : [];

/** The question before what cannot be undone, with all that was typed going along unseen. */
export const ConfirmView = ({ form, context, values, cautions }: ConfirmProps): VNode => {
  const { view } = context;
  const question = questionOf(form, context, values);
  const warnings = [...(form.warnings?.(context, values) ?? []), ...(question === null ? [] : cautions)];
  const fields = form.fields(context).filter(({ name }) => (values[name] ?? '') !== '');
  const carried = fields.map((field) => ({
    name: field.name,
    value: values[field.name] ?? '',
    called: { label: field.label, options: chosenIn(field, values) },
  }));
  return (
    <div class="case act">
      <BesideBrief view={view}>
        <Question
          action={casePath(view.id, form.slug)}
          said={question === null ? cautions : [question]}
          told={fields.map((field) => ({ label: field.label, text: typedWords(field, values) }))}
          carried={[{ name: 'version', value: view.version }, ...carried]}
          yes={`Ja, ${form.button.charAt(0).toLowerCase()}${form.button.slice(1)}`}
          kind={kindOf(form)}
          cancel={casePath(view.id)}
          mayChange={fields.length > 0}
        >
          <NoticeOfWarnings texts={warnings} />
        </Question>
      </BesideBrief>
    </div>
  );
};

/** What is shown of a form that could not be taken. */
export interface Refused {
  /** What was typed, so that it can be copied. */
  readonly typed?: TypedProps | undefined;
  readonly conflict?: Conflict;
}

interface RefusedProps extends Refused {
  readonly view: ReferralView;
  readonly title: string;
}

/** What was typed and is not saved; nothing where all was left empty. */
const TypedPanel = ({ fields, values, called }: TypedProps): VNode | null => {
  const filled = fields.filter(({ name }) => (values[name] ?? '') !== '');
  if (filled.length === 0) return null;
  return (
    <section class="panel typed" aria-labelledby="ifyllt">
      <header>
        <h2 id="ifyllt">Det du fyllde i</h2>
      </header>
      <div class="pad">
        <p class="sub">Inget av det är sparat. Kopiera det du vill ha kvar, innan du går vidare.</p>
        <Typed fields={filled} values={values} called={called} />
      </div>
    </section>
  );
};

/** An act that this person cannot do now. */
export const RefusedView = ({ view, title, typed, conflict }: RefusedProps): VNode => (
  <div class="case act">
    {conflict === undefined ? null : <ConflictView conflict={conflict} isOver />}
    <Callout tone="warn" title="Det går inte nu">
      <p>
        {view.readable
          ? `”${title}” går inte att göra i ärendets läge, eller är någon annans uppgift. Ärendet visar vad du kan göra nu.`
          : 'Ärendet är sekretessmarkerat, och du kan inte öppna det.'}
      </p>
    </Callout>
    {typed === undefined ? null : <TypedPanel {...typed} />}
    <Buttons>
      <ButtonLink href={casePath(view.id)}>Till ärendet</ButtonLink>
    </Buttons>
  </div>
);
