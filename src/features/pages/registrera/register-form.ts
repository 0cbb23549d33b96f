import { z } from 'zod';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { clockTime, day } from '../../../platform/http/day.js';
import { email, lineText } from '../../../platform/http/text.js';
import type { FormError, FormErrors, FormValues } from '../../../platform/web/form-errors.js';
import type { RegistrationInput } from '../../referrals/registration-input.js';
import { isLongAgo, longAgoWords, rareAnswerDay } from '../frame/rare-day.js';
import { dayIn } from '../frame/typed-day.js';
import { TypedForm } from '../frame/typed-form.js';

/** What the form calls its fields, in its order. */
export const REGISTER_LABELS = {
  namnd: 'Nämnd',
  titel: 'Ärendemening',
  avsandare: 'Avsändare',
  avsandarens: 'Avsändarens diarienummer',
  dubblettskal: 'Skäl att registrera ändå',
  arendetill: 'Ett ärende till',
  svar: 'Svar senast',
  svardagstammer: 'Dagen stämmer',
  klockslag: 'Klockslag',
  inkom: 'Inkom',
  inkomgammal: 'Dagen stämmer',
  handlaggare: 'Handläggare',
  sammantrade: 'Sammanträde',
  svartill: 'Svaret skickas till',
  datum: 'Remissens datum',
  avdelning: 'Avdelning',
  sekretess: 'Sekretess',
  interntitel: 'Intern ärendemening',
};

/** What each field is called at the start of a sentence, in the same order. */
export const THE: Record<keyof typeof REGISTER_LABELS, string> = {
  namnd: 'Nämnden',
  titel: 'Ärendemeningen',
  avsandare: 'Avsändaren',
  avsandarens: 'Avsändarens diarienummer',
  dubblettskal: 'Skälet',
  arendetill: 'Ett ärende till',
  svar: 'Svarsdagen',
  svardagstammer: 'Att dagen stämmer',
  klockslag: 'Klockslaget',
  inkom: 'Dagen då remissen kom in',
  inkomgammal: 'Att dagen stämmer',
  handlaggare: 'Handläggaren',
  sammantrade: 'Sammanträdesdagen',
  svartill: 'Adressen',
  datum: 'Remissens datum',
  avdelning: 'Avdelningen',
  sekretess: 'Sekretessbestämmelsen',
  interntitel: 'Den interna ärendemeningen',
};

/** What is wrong between the fields, though each of them may be right. */
export function faultsBetween(values: FormValues, today: LocalDate): FormErrors {
  const faults: FormError[] = [];
  const has = (name: string): boolean => (values[name] ?? '').trim() !== '';
  if (has('klockslag') && !has('svar')) {
    faults.push({
      field: 'klockslag',
      message: 'Klockslag hör till en svarsdag. Fyll i Svar senast, eller ta bort klockslaget.',
    });
  }
  const receivedOn = dayIn(values['inkom']);
  if (receivedOn !== null && isLongAgo(receivedOn, today) && !has('inkomgammal')) {
    faults.push({ field: 'inkom', message: longAgoWords(receivedOn) });
  }
  const answerDue = dayIn(values['svar']);
  const rare = answerDue === null ? null : rareAnswerDay(answerDue, receivedOn, today);
  if (rare !== null && !has('svardagstammer')) faults.push({ field: 'svar', message: rare.words });
  return faults;
}

/** Each field as the API takes it; a field that was left empty is absent. */
const registerSchema = z.object({
  namnd: lineText(12),
  titel: lineText(1000),
  avsandare: lineText(300),
  avsandarens: lineText(200).optional(),
  inkom: day(),
  svar: day().optional(),
  klockslag: clockTime().optional(),
  svartill: lineText(500).optional(),
  datum: day().optional(),
  handlaggare: email().optional(),
  avdelning: lineText(24).optional(),
  sammantrade: day().optional(),
  sekretess: lineText(200).optional(),
  interntitel: lineText(1000).optional(),
  dubblettskal: lineText(1000).optional(),
  arendetill: z.string().optional(),
  inkomgammal: z.string().optional(),
  svardagstammer: z.string().optional(),
  nyckel: z.string().max(64).optional(),
});

export const REGISTER_FORM = new TypedForm(registerSchema, {
  the: THE,
  kinds: {
    titel: 'line',
    avsandare: 'line',
    avsandarens: 'line',
    dubblettskal: 'line',
    svar: 'day',
    klockslag: 'time',
    inkom: 'day',
    sammantrade: 'day',
    svartill: 'line',
    datum: 'day',
    sekretess: 'line',
    interntitel: 'line',
  },
  fields: {
    board: 'namnd',
    title: 'titel',
    sender: 'avsandare',
    senderReference: 'avsandarens',
    receivedOn: 'inkom',
    answerDue: 'svar',
    answerDueTime: 'klockslag',
    answerTo: 'svartill',
    documentDate: 'datum',
    officer: 'handlaggare',
    department: 'avdelning',
    meeting: 'sammantrade',
    secrecy: 'sekretess',
    internalTitle: 'interntitel',
    duplicateReason: 'dubblettskal',
  },
});

export const registrationOf = (form: z.output<typeof registerSchema>): RegistrationInput => ({
  board: form.namnd,
  title: form.titel,
  sender: form.avsandare,
  senderReference: form.avsandarens,
  receivedOn: form.inkom,
  answerDue: form.svar,
  answerDueTime: form.klockslag,
  answerTo: form.svartill,
  documentDate: form.datum,
  officer: form.handlaggare,
  department: form.avdelning,
  meeting: form.sammantrade,
  secrecy: form.sekretess === undefined ? undefined : { provision: form.sekretess },
  internalTitle: form.interntitel,
  duplicateReason: form.dubblettskal,
});
