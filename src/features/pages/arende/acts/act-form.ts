import type { EntityManager } from 'typeorm';
import type { ZodType, z } from 'zod';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import type { Act } from '../../../../domain/referral/lifecycle.js';
import type { Option } from '../../../../platform/web/components/field.js';
import type { FormError, FormErrors, FormValues } from '../../../../platform/web/form-errors.js';
import type { Actor } from '../../../people/actor.js';
import type { Acted, ActRequest } from '../../../referrals/act-on-referral.js';
import type { Acts } from '../../../referrals/acts/acts.js';
import type { CorrectReferral } from '../../../referrals/acts/correct-referral.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { readTypedForm, type TypedKind, type TypedKinds } from '../../frame/typed-form.js';

/** The people and departments that a form may offer. */
export interface Choices {
  readonly officers: readonly Option[];
  readonly departments: readonly Option[];
}

export const NO_CHOICES: Choices = { officers: [], departments: [] };

/** What a form is made from. */
export interface FormContext {
  readonly view: ReferralView;
  readonly today: LocalDate;
  readonly now: Date;
  readonly choices: Choices;
}

interface FieldBase {
  /** As the API calls it, so that a broken rule finds its field. */
  readonly name: string;
  readonly label: string;
  /** At the start of a sentence: `Skälet`. */
  readonly the: string;
  readonly hint?: string;
  readonly optional?: boolean | 'unsaid';
  /** What stands there at first. */
  readonly value?: string;
  /** What the case has there now, in words. */
  readonly now?: string;
}

interface ChoiceBase extends FieldBase {
  readonly options: readonly Option[];
  readonly missing: string;
  /** What a choice is called that is not among the options, or no longer: by its value. */
  readonly known?: readonly (readonly [value: string, label: string])[];
}

/** One field of an act's form. */
export type FormField =
  | (FieldBase & { readonly kind: 'text' | 'area' | 'day' | 'time'; readonly maxLength?: number })
  | (ChoiceBase & { readonly kind: 'choice' })
  | (ChoiceBase & { readonly kind: 'select'; readonly empty: string });

/** The use cases that acts are done with. */
export interface ActDoers {
  readonly acts: Acts;
  readonly correct: CorrectReferral;
  /** Whether the person has been asked about what is possible, but seldom right. */
  readonly confirmed: boolean;
}

export type Perform = (doers: ActDoers, tx: EntityManager, actor: Actor, request: ActRequest) => Promise<Acted>;

/** A form as it was sent: an act ready to be done, or what is to be mended. */
export type ReadAct = { readonly values: FormValues } & (
  { readonly perform: Perform; readonly errors: null } | { readonly perform: null; readonly errors: FormErrors }
);

export interface ActWords {
  /** The page's heading, and the link to it. */
  readonly title: string;
  /** On the button. */
  readonly button: string;
  /** What pressing the button means, in a sentence or two: it is read before the thing is done, too. */
  readonly lead: string;
  /** The rule behind it, with its paragraph; where no law says so, whose rule it is. */
  readonly why: string;
  /** What is said when it has been done. */
  readonly done: string;
}

/** An act of the case as a form. */
export interface ActForm extends ActWords {
  readonly act: Act;
  /** Its part of the address. */
  readonly slug: string;
  /** What cannot be undone, or is seldom right, is asked about once more, with this. */
  readonly confirm?: string | ((context: FormContext, values: FormValues) => string | null);
  readonly isDanger?: boolean;
  /** Whether it offers people and departments. */
  readonly needsChoices?: boolean;
  /** The form's names of fields, by the rules' where they differ. */
  readonly renamed?: Readonly<Record<string, string>>;
  fields(context: FormContext): readonly FormField[];
  /** What to know before doing it: warnings that follow from the case, or from what is chosen. */
  warnings?(context: FormContext, values: FormValues): readonly string[];
  read(body: unknown, fields: readonly FormField[]): ReadAct;
}

interface ActDefinition<S extends ZodType> extends Omit<ActForm, 'read'> {
  readonly schema: S;
  perform(doers: ActDoers, tx: EntityManager, actor: Actor, request: ActRequest, input: z.output<S>): Promise<Acted>;
}

/** A choice that was not made, or was forged, is told in words of its own. */
function worded({ field, message }: FormError, fields: readonly FormField[]): FormError {
  const found = fields.find(({ name }) => name === field);
  const isChoice = found?.kind === 'choice' || found?.kind === 'select';
  return { field, message: isChoice ? found.missing : message };
}

export const labelsOf = (fields: readonly FormField[]): Record<string, string> =>
  Object.fromEntries(fields.map(({ name, the }) => [name, the]));

const KINDS: Partial<Record<FormField['kind'], TypedKind>> = { text: 'line', area: 'lines', day: 'day', time: 'time' };

/** How what is typed in each field is read. */
export const kindsOf = (fields: readonly FormField[]): TypedKinds =>
  Object.fromEntries(fields.flatMap(({ name, kind }) => (KINDS[kind] === undefined ? [] : [[name, KINDS[kind]]])));

/** An act's form, with what reads it and what does it held together by its schema. */
export function actForm<S extends ZodType>({ schema, perform, ...form }: ActDefinition<S>): ActForm {
  return {
    ...form,
    read: (body, fields) => {
      const { values, data, errors } = readTypedForm(schema, body, labelsOf(fields), kindsOf(fields));
      if (errors) return { values, perform: null, errors: errors.map((error) => worded(error, fields)) };
      return { values, perform: (doers, tx, actor, request) => perform(doers, tx, actor, request, data), errors: null };
    },
  };
}

/** The question to be asked before an act is done as it was filled in, or null when none is. */
export function questionOf({ confirm }: ActForm, context: FormContext, values: FormValues): string | null {
  return typeof confirm === 'function' ? confirm(context, values) : (confirm ?? null);
}
