import { z } from 'zod';
import { clockTime, day } from '../../../platform/http/day.js';
import { email, lineText } from '../../../platform/http/text.js';
import type { RegistrationInput } from '../../referrals/registration-input.js';
import { typedDay, typedTime } from './typed-day.js';

/** What the form calls its fields, in its order. */
export const REGISTER_LABELS = {
  namnd: 'Nämnd',
  titel: 'Ärende',
  avsandare: 'Avsändare',
  avsandarens: 'Avsändarens diarienummer',
  inkom: 'Inkom',
  svar: 'Svar senast',
  klockslag: 'Klockslag',
  svartill: 'Svaret skickas till',
  datum: 'Remissens datum',
  handlaggare: 'Handläggare',
  avdelning: 'Avdelning',
  sammantrade: 'Sammanträde',
  sekretess: 'Sekretess',
  interntitel: 'Intern ärendemening',
  dubblettskal: 'Skäl att registrera ändå',
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

/** What is copied out of a letter may be broken over lines; a title is one line. */
const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ');
const titleField = () => z.string().transform(oneLine).pipe(lineText(1000));
const dayField = () => z.string().transform(typedDay).pipe(day());

/** Each field as the API takes it; a field that was left empty is absent. */
export const RegisterForm = z.object({
  namnd: lineText(12),
  titel: titleField(),
  avsandare: lineText(300),
  avsandarens: lineText(200).optional(),
  inkom: dayField(),
  svar: dayField().optional(),
  klockslag: z.string().transform(typedTime).pipe(clockTime()).optional(),
  svartill: lineText(500).optional(),
  datum: dayField().optional(),
  handlaggare: email().optional(),
  avdelning: lineText(24).optional(),
  sammantrade: dayField().optional(),
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
