import type { VNode } from 'preact';
import { assetHref } from '../../../../platform/web/assets.js';
import { Button, Buttons } from '../../../../platform/web/components/button.js';
import { Callout } from '../../../../platform/web/components/callout.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Checkbox, Field, Select, TextArea } from '../../../../platform/web/components/field.js';
import { FormKey, FORM_KEY_FIELD } from '../../../../platform/web/components/form-key.js';
import { Form, Hidden } from '../../../../platform/web/components/form.js';
import { NewTabLink } from '../../../../platform/web/components/new-tab-link.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import type { FormErrors, FormValues } from '../../../../platform/web/form-errors.js';
import { CORRECT_SLUG, casePath } from '../../arende/acts/act-forms.js';
import { isLongAgo, LONG_AGO_TICK, rareAnswerDay } from '../../frame/rare-day.js';
import { DayField, TimeField } from '../../frame/views/typed-fields.js';
import { caseHref } from '../../lista/case-address.js';
import type { Preview } from '../preview-plan.js';
import type { RegisterChoices } from '../register-choices.js';
import { REGISTER_LABELS as LABELS } from '../register-form.js';
import { PlanView } from './plan-view.js';

export const PREVIEW_PATH = '/registrera/forhandsvisa';

/** The case that a letter seems to be registered as. */
export interface Duplicate {
  readonly id: string;
  readonly diarienummer: string;
}

export interface RegisterViewProps {
  readonly values: FormValues;
  readonly errors: FormErrors;
  readonly choices: RegisterChoices;
  readonly preview: Preview;
  /** Set when registering was stopped, for a reason to be given. */
  readonly duplicate: Duplicate | null;
  /** The case that this form has given already, when it was sent once more with something else in it. */
  readonly earlier: Duplicate | null;
  /** The plan was asked for: it has the focus then. */
  readonly showsPlan: boolean;
}

type Parts = Pick<RegisterViewProps, 'values' | 'errors' | 'choices'>;

const BoardChoice = ({ values, errors, choices }: Parts): VNode =>
  choices.boards.length < 2 ? (
    <Hidden name="namnd" value={values['namnd'] ?? ''} />
  ) : (
    <div class="board-choice">
      {/* Enter in a field presses the first button of the form: that is to register, not to change board. */}
      <button type="submit" class="ds-sr-only" tabIndex={-1} aria-hidden="true">
        Registrera
      </button>
      <Select name="namnd" label={LABELS.namnd} options={choices.boards} value={values['namnd']} errors={errors} />
      <Button kind="secondary" formAction={PREVIEW_PATH} name="byt" value="ja">
        Byt nämnd
      </Button>
    </div>
  );

const Letter = ({ values, errors, showsPlan }: Parts & Pick<RegisterViewProps, 'showsPlan'>): VNode => {
  return (
    <>
      <TextArea
        name="titel"
        label={LABELS.titel}
        hint="Vad remissen gäller, neutralt: den här raden är offentlig (OSL 5 kap. 2 §)."
        value={values['titel']}
        rows={2}
        autoFocus={errors.length === 0 && !showsPlan}
        errors={errors}
      />
      <Field name="avsandare" label={LABELS.avsandare} value={values['avsandare']} autoComplete="off" errors={errors} />
      <Field
        name="avsandarens"
        label={LABELS.avsandarens}
        value={values['avsandarens']}
        width="short"
        autoComplete="off"
        spellcheck={false}
        optional
        errors={errors}
      />
    </>
  );
};

const Days = ({ values, errors }: Parts): VNode => {
  return (
    <>
      <div class="side-by-side">
        <DayField name="svar" label={LABELS.svar} value={values['svar']} optional errors={errors} />
        <TimeField name="klockslag" label={LABELS.klockslag} value={values['klockslag']} optional errors={errors} />
      </div>
      <DayField
        name="inkom"
        label={LABELS.inkom}
        hint="Dagen då remissen nådde myndigheten eller en behörig tjänsteman (FL 22 §)."
        value={values['inkom']}
        errors={errors}
      />
    </>
  );
};

const NO_OFFICERS =
  'Nämnden har ingen handläggare eller avdelningschef än. En systemförvaltare lägger till dem under Medarbetare.';

const Handling = ({ values, errors, choices }: Parts): VNode => (
  <>
    <Select
      name="handlaggare"
      label={LABELS.handlaggare}
      {...(choices.officers.length > 0 ? {} : { hint: NO_OFFICERS })}
      options={choices.officers}
      value={values['handlaggare']}
      empty="Fördelas senare"
      optional
      errors={errors}
    />
    <Select
      name="sammantrade"
      label={LABELS.sammantrade}
      hint="Utan eget val tas det som föreslås i planen."
      options={choices.meetings}
      value={values['sammantrade']}
      empty="Det som föreslås"
      optional
      errors={errors}
    />
  </>
);

const MORE = ['svartill', 'datum', 'avdelning', 'sekretess', 'interntitel'];

/** What is seldom needed: unfolded when something of it is filled in or wrong. */
const More = (parts: Parts): VNode => {
  const { values, errors, choices } = parts;
  const used = MORE.some((name) => (values[name] ?? '') !== '' || errors.some(({ field }) => field === name));
  return (
    <details class="more-fields" open={used}>
      <summary>Fler uppgifter</summary>
      <Field
        name="svartill"
        label={LABELS.svartill}
        hint="E-postadress eller annan adress, om den är en annan än avsändarens."
        value={values['svartill']}
        autoComplete="off"
        optional
        errors={errors}
      />
      <DayField name="datum" label={LABELS.datum} value={values['datum']} optional errors={errors} />
      <Select
        name="avdelning"
        label={LABELS.avdelning}
        options={choices.departments}
        value={values['avdelning']}
        empty="Handläggarens"
        optional
        errors={errors}
      />
      <Field
        name="sekretess"
        label={LABELS.sekretess}
        hint="Bestämmelsen som markeringen vilar på, till exempel OSL 21 kap. 1 §. Den är en varning, inget beslut (OSL 5 kap. 5 §)."
        value={values['sekretess']}
        width="short"
        autoComplete="off"
        optional
        errors={errors}
      />
      <Field
        name="interntitel"
        label={LABELS.interntitel}
        hint="Syns bara för dem som får öppna ärendet."
        value={values['interntitel']}
        autoComplete="off"
        optional
        errors={errors}
      />
    </details>
  );
};

const Reason = ({
  duplicate,
  values,
  errors,
}: Pick<RegisterViewProps, 'duplicate' | 'values' | 'errors'>): VNode | null =>
  duplicate === null && (values['dubblettskal'] ?? '') === '' ? null : (
    <Callout tone="warn" title="Registrera ändå?">
      {duplicate === null ? null : (
        <p>
          Remissen finns som <NewTabLink href={caseHref(duplicate.id)}>{duplicate.diarienummer}</NewTabLink>. Ska den
          ändå bli ett nytt ärende, skriv varför; skälet står sedan i ärendet.
        </p>
      )}
      <Field
        name="dubblettskal"
        label={LABELS.dubblettskal}
        value={values['dubblettskal']}
        autoComplete="off"
        errors={errors}
      />
    </Callout>
  );

const Another = ({
  earlier,
  values,
  errors,
}: Pick<RegisterViewProps, 'earlier' | 'values' | 'errors'>): VNode | null =>
  earlier === null && (values['arendetill'] ?? '') === '' ? null : (
    <Callout tone="warn" title={earlier === null ? 'Ett ärende till' : `Redan registrerat som ${earlier.diarienummer}`}>
      {earlier === null ? null : (
        <p>
          {'Det du har ändrat sedan dess är inte sparat. '}
          <NewTabLink href={casePath(earlier.id, CORRECT_SLUG)}>Rätta uppgifterna i {earlier.diarienummer}</NewTabLink>
          {' om det är samma remiss.'}
        </p>
      )}
      <Checkbox
        name="arendetill"
        label="Det här är ett ärende till, och ska ha ett eget nummer"
        checked={(values['arendetill'] ?? '') !== ''}
        errors={errors}
      />
    </Callout>
  );

const LongAgo = ({ values, preview }: Pick<RegisterViewProps, 'values' | 'preview'>): VNode | null =>
  preview.receivedOn === null || !isLongAgo(preview.receivedOn, preview.today) ? null : (
    <Checkbox name="inkomgammal" label={LONG_AGO_TICK} checked={(values['inkomgammal'] ?? '') !== ''} />
  );

/** Once it has been asked about; what it says follows the day that stands there. */
const RareAnswer = ({ values, preview }: Pick<RegisterViewProps, 'values' | 'preview'>): VNode | null => {
  const { plan, receivedOn, today } = preview;
  const rare = plan.answerDue === null ? null : rareAnswerDay(plan.answerDue, receivedOn, today);
  if (rare === null) return null;
  return <Checkbox name="svardagstammer" label={rare.tick} checked={(values['svardagstammer'] ?? '') !== ''} />;
};

/** The form, and beside it what registering would give. */
export const RegisterView = (props: RegisterViewProps): VNode => {
  const { values, errors, preview, showsPlan } = props;
  return (
    <>
      <ErrorSummary errors={errors} />
      <div class="cols halves">
        <Panel title="Uppgifter">
          <Form action="/registrera" class="register" refill={PREVIEW_PATH}>
            <FormKey sent={values[FORM_KEY_FIELD]} />
            <span data-preview={PREVIEW_PATH} />
            <BoardChoice {...props} />
            <Letter {...props} />
            <Reason {...props} />
            <Another {...props} />
            <Days {...props} />
            <RareAnswer {...props} />
            <LongAgo {...props} />
            <Handling {...props} />
            <More {...props} />
            <Buttons>
              <Button>Registrera</Button>
              <Button kind="secondary" formAction={`${PREVIEW_PATH}#planen`}>
                Visa plan
              </Button>
            </Buttons>
          </Form>
        </Panel>
        <section
          class="panel plan-panel"
          id="planen"
          tabIndex={-1}
          aria-labelledby="planen-rubrik"
          autoFocus={showsPlan}
        >
          <header>
            <h2 id="planen-rubrik">Planen</h2>
            <p>Räknas om medan du skriver, eller med Visa plan</p>
          </header>
          <p id="plan-besked" class="ds-sr-only" role="status" aria-live="polite" />
          <div class="pad" id="plan">
            <PlanView preview={preview} />
          </div>
        </section>
      </div>
      <script type="module" src={assetHref('preview.js')} />
    </>
  );
};
