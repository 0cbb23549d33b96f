import { z } from 'zod';
import { approvalBody, assignmentBody, stepBody } from '../../../referrals/referral.dto.js';
import type { RecordedStep } from '../../../referrals/acts/record-step.js';
import { actForm, type ActForm, type ActWords, type FormContext } from './act-form.js';
import { dayDone } from './fields.js';

const stepDay = z.strictObject({ on: stepBody.shape.on });
const approvalDay = z.strictObject({ on: approvalBody.shape.on });

type StepForm = Pick<ActForm, 'act' | 'slug'> & { readonly step: RecordedStep; readonly the?: string };

type StepWords = ActWords & Pick<ActForm, 'confirm'>;

/** A step that is recorded as done on a day; what is to be confirmed is asked on the page. */
export const stepForm = ({ act, slug, step }: StepForm, words: StepWords): ActForm =>
  actForm({
    act,
    slug,
    ...words,
    schema: stepDay,
    fields: (context) => [dayDone(context)],
    perform: ({ acts }, tx, actor, request, { on }) =>
      acts.step.inTransaction(tx, actor, request, { step, on, confirm: true }),
  });

const approvalForm = (
  { act, slug, level }: Pick<ActForm, 'act' | 'slug'> & { readonly level: 'manager' | 'director' },
  words: ActWords,
): ActForm =>
  actForm({
    act,
    slug,
    ...words,
    schema: approvalDay,
    fields: (context) => [dayDone(context, 'Attestens dag', 'Attestens dag')],
    perform: ({ acts }, tx, actor, request, { on }) => acts.approve.inTransaction(tx, actor, request, { level, on }),
  });

const assign = actForm({
  act: 'assign',
  slug: 'fordela',
  title: 'Fördela ärendet',
  button: 'Fördela',
  lead: 'Handläggaren får veta det genast, och får påminnelserna om utkast och svarsdag.',
  why: 'En person bereder svaret och påminns om det, så att alla vet vem. Vem som fördelar är förvaltningens egen ordning, ingen lag: registratorn, eller avdelningschefen inom sin avdelning.',
  done: 'Ärendet är fördelat. Handläggaren får ett mejl om det.',
  needsChoices: true,
  schema: assignmentBody,
  warnings: ({ choices }) =>
    choices.officers.length > 0
      ? []
      : [
          'Nämnden har ingen handläggare eller avdelningschef än. En systemförvaltare lägger till dem under Medarbetare.',
        ],
  fields: ({ view, choices }: FormContext) => [
    {
      kind: 'select',
      name: 'officer',
      label: 'Handläggare',
      the: 'Handläggaren',
      missing: 'Välj en handläggare.',
      empty: 'Välj handläggare',
      options: choices.officers,
      value: view.officer?.email ?? '',
      now: view.officer?.name ?? 'Ingen',
    },
    {
      kind: 'select',
      name: 'department',
      label: 'Avdelning',
      the: 'Avdelningen',
      missing: 'Välj en avdelning som finns.',
      empty: 'Handläggarens egen',
      options: choices.departments,
      now: view.department?.name ?? 'Ingen',
      optional: true,
    },
  ],
  perform: ({ acts }, tx, actor, request, input) => acts.assign.inTransaction(tx, actor, request, input),
});

/** From assignment to the last approval. */
export const PREPARATION_FORMS: readonly ActForm[] = [
  assign,
  stepForm(
    { act: 'start', slug: 'paborja', step: 'start' },
    {
      title: 'Påbörja beredningen',
      button: 'Påbörja beredningen',
      lead: 'Ärendet går från fördelat till under beredning.',
      why: 'Läget visar andra att arbetet har börjat. Det är en ordning i Diarium, ingen lag, och utkastet kan antecknas som klart utan det.',
      done: 'Beredningen är påbörjad.',
    },
  ),
  stepForm(
    { act: 'draft-done', slug: 'utkast', step: 'draft' },
    {
      title: 'Utkastet är klart',
      button: 'Utkastet är klart',
      lead: 'Markera när utkastet till svar är klart att attesteras. Sedan står avdelningschefen på tur.',
      why: 'Utkastet ska hinna attesteras före utskicket till sammanträdet. Hur lång tid det behöver har nämnden bestämt; det är ingen lag.',
      done: 'Utkastet är antecknat som klart. Avdelningschefen står på tur.',
    },
  ),
  approvalForm(
    { act: 'approve-manager', slug: 'attest-avdelningschef', level: 'manager' },
    {
      title: 'Attestera som avdelningschef',
      button: 'Attestera',
      lead: 'Attestera när du har läst utkastet till svar och står bakom det. Sedan står förvaltningschefen på tur.',
      why: 'Avdelningschefen läser före förvaltningschefen, så att båda hinner före utskicket. Attesten är förvaltningens egen ordning, ingen lag.',
      done: 'Attesterat. Förvaltningschefen står på tur.',
    },
  ),
  approvalForm(
    { act: 'approve-director', slug: 'attest-forvaltningschef', level: 'director' },
    {
      title: 'Attestera som förvaltningschef',
      button: 'Attestera',
      lead: 'Attestera när du har läst utkastet till svar och står bakom det. Sedan kan det gå till nämnden.',
      why: 'Förvaltningschefen svarar för det utkast som går till nämnden och attesterar därför sist. Attesten är förvaltningens egen ordning, ingen lag.',
      done: 'Attesterat. Utkastet kan gå till nämnden.',
    },
  ),
];
