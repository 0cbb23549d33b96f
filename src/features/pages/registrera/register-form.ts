import { z } from 'zod';
import { clockTime, day } from '../../../platform/http/day.js';
import { email, lineText } from '../../../platform/http/text.js';
import type { RegistrationInput } from '../../referrals/registration-input.js';
import type { TypedKinds } from '../frame/typed-form.js';

/** What the form calls its fields, in its order. */
export const REGISTER_LABELS = {
  namnd: 'Nämnd',
  titel: 'Ärende',
  avsandare: 'Avsändare',
  avsandarens: 'Avsändarens diarienummer',
  dubblettskal: 'Skäl att registrera ändå',
  svar: 'Svar senast',
  klockslag: 'Klockslag',
  inkom: 'Inkom',
  handlaggare: 'Handläggare',
  sammantrade: 'Sammanträde',
  svartill: 'Svaret skickas till',
  datum: 'Remissens datum',
  avdelning: 'Avdelning',
  sekretess: 'Sekretess',
  interntitel: 'Intern ärendemening',
};

/** The form's fields by what the rules call them. */
export const REGISTER_FIELDS = {
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
};

/** How what is typed in each field is read. */
export const REGISTER_KINDS: TypedKinds = {
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
};

/** Each field as the API takes it; a field that was left empty is absent. */
export const RegisterForm = z.object({
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
  nyckel: z.string().max(64).optional(),
});

export const registrationOf = (form: z.output<typeof RegisterForm>): RegistrationInput => ({
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
