import { RuleError } from '../../../../domain/errors.js';
import { swedish } from '../../../../platform/problem/words.js';
import { mendable, type FormErrors, type Labels } from '../../../../platform/web/form-errors.js';
import { labelsOf, type ActForm, type FormContext } from '../acts/act-form.js';
import { inFull } from './days.js';
import { recordWords } from './record-words.js';

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** What a rule says on these pages, where it can say more than in general. */
function ownWords(error: RuleError, the: string): string | null {
  const { code, facts } = error;
  if (code === 'date-out-of-order') {
    const against = textOf(facts['against']);
    if (against === 'today') return `${the} har inte varit än.`;
    if (against === 'received-day') return `${the} är före den dag då remissen kom in.`;
    const earliest = textOf(facts['earliest']);
    const bound = earliest ?? textOf(facts['latest']);
    if (against === null || bound === null) return null;
    return `${the} kan inte vara ${earliest === null ? 'efter' : 'före'} ${swedish(against)}, ${inFull(bound)}.`;
  }
  if (code === 'answer-date-invalid') {
    if (textOf(facts['today']) !== null) return `${the} har redan passerat.`;
    const old = textOf(facts['answerDue']);
    return `${the} ska vara senare än den gamla${old === null ? '' : `, ${inFull(old)}`}.`;
  }
  if (code === 'duplicate-referral') {
    const existing: unknown = facts['existing'];
    const number = typeof existing === 'object' && existing !== null ? Reflect.get(existing, 'diarienummer') : null;
    const where = typeof number === 'string' ? ` i ${number}` : '';
    return `Samma avsändare och diarienummer hos avsändaren finns redan${where}. Ange skälet nedan om det ändå ska stå så.`;
  }
  return null;
}

/** Which record does not have what was filled in, and what it has, by the names that the form gives its fields. */
function recordFieldWords({ code, facts }: RuleError, called: Labels): string | null {
  const record = textOf(facts['record']);
  if (record === null) return null;
  if (code === 'field-required') return 'Fyll i det som ska rättas.';
  if (code !== 'field-not-of-record') return null;
  const { field, possible } = facts;
  const known = (Array.isArray(possible) ? possible : []).flatMap((name) => called[String(name)] ?? []);
  const wrong = called[textOf(field) ?? ''] ?? 'Uppgiften';
  return `”${wrong}” hör inte till ”${recordWords(record)}”. Där kan rättas: ${known.join(', ')}.`;
}

/** A broken rule as errors of a form on a case. @throws the error itself when nobody can mend it */
export function errorsOfForm(error: unknown, labels: Labels, renamed: Labels = {}): FormErrors {
  const errors = mendable(error, labels, renamed);
  if (!(error instanceof RuleError)) return errors;
  return errors.map(({ field, message }) => {
    const the = field === null ? 'Dagen' : (labels[field] ?? 'Dagen');
    return { field, message: ownWords(error, the) ?? message };
  });
}

/** The same of an act's form. @throws the error itself when nobody can mend it */
export function errorsOfAct(error: unknown, form: ActForm, context: FormContext): FormErrors {
  const fields = form.fields(context);
  const errors = errorsOfForm(error, labelsOf(fields), form.renamed);
  const called = Object.fromEntries(fields.map(({ name, label }) => [name, label]));
  const own = error instanceof RuleError ? recordFieldWords(error, called) : null;
  return own === null ? errors : errors.map(({ field }) => ({ field, message: own }));
}
