import { RuleError } from '../../../../domain/errors.js';
import { isFormsOwn } from '../../../../platform/web/form-tokens.js';
import { STEP_FIELD, stepIn } from '../../../../platform/web/steps.js';
import { calledChoices, type CalledChoice } from '../../../../platform/web/typed-fields.js';

/** A form of a case as it was sent: its own fields, and what every such form has. */
export interface SentForm {
  /** The version of the case that the form was about. */
  readonly version: number;
  /** Which button, where there are several. */
  readonly step: ReturnType<typeof stepIn>;
  readonly fields: Readonly<Record<string, unknown>>;
  /** What it called its choices. */
  readonly called: CalledChoice;
}

const VERSION = /^\d{1,9}$/;

/** @throws RuleError `version-missing`, for a form that none of our pages has shown */
export function sentForm(body: unknown): SentForm {
  const sent = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const { version, [STEP_FIELD]: _step, ...fields } = Object.fromEntries(sent.filter(([name]) => !isFormsOwn(name)));
  if (typeof version !== 'string' || !VERSION.test(version)) {
    throw new RuleError('version-missing', 'The form does not say which version it is about', { field: 'version' });
  }
  return { version: Number(version), step: stepIn(body), fields, called: calledChoices(body) };
}
