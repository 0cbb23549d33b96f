import type { ComponentChildren, VNode } from 'preact';
import { STEP_FIELD, STEPS } from '../steps.js';
import { Button, ButtonLink, Buttons } from './button.js';
import { Callout } from './callout.js';
import { Form, Hidden } from './form.js';
import type { FieldLabel } from './form-labels.js';

/** What was filled in on the page before, and goes along unseen. */
export interface Carried {
  readonly name: string;
  readonly value: string | number;
  readonly called?: FieldLabel;
}

export interface QuestionProps {
  /** Where the answer is sent: the address that the form was sent to. */
  readonly action: string;
  /** What happens, in sentences, and whether it can be undone. */
  readonly said: readonly string[];
  /** What was filled in, in words. */
  readonly told?: readonly { readonly label: string; readonly text: ComponentChildren }[];
  readonly carried: readonly Carried[];
  /** On the button that does it: `Ja, ställ in det`. */
  readonly yes: string;
  readonly kind?: 'danger' | 'primary';
  /** Where someone goes who does not want it. */
  readonly cancel: string;
  /** Whether there is a form to go back to, with what was filled in. */
  readonly mayChange?: boolean;
  /** Between the question and what was filled in, such as warnings. */
  readonly children?: ComponentChildren;
}

/**
 * The question before what cannot be undone. It is a page of its own and not a part of the form: whoever presses Enter
 * in a field gets it too, with scripts and without.
 */
export const Question = (props: QuestionProps): VNode => {
  const { action, said, told = [], carried, yes, kind = 'danger', cancel, mayChange = false, children } = props;
  return (
    <>
      <Callout tone={kind === 'danger' ? 'danger' : 'warn'} title="Stämmer det?">
        {said.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </Callout>
      {children}
      {told.length === 0 ? null : (
        <dl class="facts">
          {told.map(({ label, text }) => (
            <>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </>
          ))}
        </dl>
      )}
      <Form action={action} class="act-form">
        {carried.map((one) => (
          <Hidden key={one.name} {...one} />
        ))}
        <Buttons>
          <Button kind={kind} name={STEP_FIELD} value={STEPS.confirm}>
            {yes}
          </Button>
          {mayChange ? (
            <Button kind="secondary" name={STEP_FIELD} value={STEPS.change}>
              Ändra
            </Button>
          ) : null}
          <ButtonLink href={cancel} kind="quiet">
            Avbryt
          </ButtonLink>
        </Buttons>
      </Form>
    </>
  );
};

/** The question alone on its page. */
export const QuestionPanel = (props: QuestionProps): VNode => (
  <div class="act">
    <section class="panel">
      <div class="pad">
        <Question {...props} />
      </div>
    </section>
  </div>
);
