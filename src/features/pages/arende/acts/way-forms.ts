import { z } from 'zod';
import { OTHER_WAYS } from '../../../../domain/adjustment/adjustment.js';
import { isLocalDate } from '../../../../domain/calendar/local-date.js';
import { ROUTES, UNDECIDED_STATUSES, type Route } from '../../../../domain/referral/lifecycle.js';
import type { FormValues } from '../../../../platform/web/form-errors.js';
import { adjustmentBody, extensionBody, meetingBody } from '../../../referrals/referral.dto.js';
import { ROUTE_WORDS, WAY_WORDS } from '../words/case-words.js';
import { inFull } from '../words/days.js';
import { isDeclined } from '../words/option-words.js';
import { ROUTE_LAW, warningsOfRoutes } from '../words/route-words.js';
import { actForm, type ActForm, type FormContext } from './act-form.js';
import { noFields, noteOnAnswer, reason } from './fields.js';

const [, decline] = adjustmentBody.options;
const [ask, granted, refused] = extensionBody.options;
const backToMeeting = meetingBody.options[2];

const confirmAdjustment = actForm({
  act: 'confirm-adjustment',
  slug: 'bekrafta-justering',
  title: 'Bekräfta omedelbar justering',
  button: 'Bekräfta omedelbar justering',
  lead: 'Skriv in beslutspunkten ”Ärendet justeras omedelbart” i förslaget. Nämndsekreteraren förbereder underskrifterna.',
  why: 'Ordinarie justering får ta fjorton dagar (KL 5 kap. 69 §), och så länge räcker inte tiden till svarsdagen.',
  done: 'Omedelbar justering är bekräftad. Nämnden beslutar om den vid sammanträdet.',
  schema: z.strictObject({}),
  fields: noFields,
  perform: ({ acts }, tx, actor, request) => acts.adjustment(tx, actor, request, { act: 'confirm' }),
});

const declineAdjustment = actForm({
  act: 'decline-adjustment',
  slug: 'avboj-justering',
  title: 'Välj en annan väg än omedelbar justering',
  button: 'Avböj omedelbar justering',
  lead: 'Svaret behöver ändå hinna fram. Säg varför, och vilken väg du tar i stället.',
  why: 'Utan omedelbar justering hinner svaret inte fram till svarsdagen (KL 5 kap. 69 §), så en annan väg behövs.',
  done: 'Omedelbar justering är avböjd. Nämndsekreteraren får veta det; överst står vem som tar den andra vägen.',
  schema: z.strictObject({ reason: decline.shape.reason, way: decline.shape.way }),
  fields: () => [
    {
      kind: 'choice',
      name: 'way',
      label: 'Väg i stället',
      the: 'Vägen i stället',
      missing: 'Välj vilken väg du tar i stället.',
      options: OTHER_WAYS.map((way) => ({ value: way, label: WAY_WORDS[way] })),
    },
    reason('Det står kvar i ärendet, till exempel att avsändaren redan har lovat anstånd.'),
  ],
  perform: ({ acts }, tx, actor, request, input) => acts.adjustment(tx, actor, request, { act: 'decline', ...input }),
});

interface DaysProposed {
  /** The case's own meeting and when the answer leaves by its plan, where immediate adjustment has been declined there. */
  readonly own: { readonly meeting: string; readonly leavesOn: string } | null;
  readonly none: FormContext['view']['none'];
}

const NOTHING_PROPOSED: DaysProposed = { own: null, none: null };

/** Nothing once the case is decided: its answer waits for no meeting and no minutes. And no day that has been. */
function daysProposed({ view, today }: FormContext): DaysProposed {
  if (view.status === null || !UNDECIDED_STATUSES.includes(view.status)) return NOTHING_PROPOSED;
  const declined = view.options.find((option) => isDeclined(option, view));
  if (declined === undefined) return { own: null, none: view.none };
  const leavesOn = view.timetable.find(({ milestone }) => milestone === 'expedite')?.date;
  if (leavesOn === undefined || leavesOn < today) return NOTHING_PROPOSED;
  return { own: { meeting: declined.meeting, leavesOn }, none: null };
}

/** The day to ask for, where there is one to propose: by its own meeting, or by the next one. */
function dayToAskFor(context: FormContext): string {
  const { own, none } = daysProposed(context);
  return own?.leavesOn ?? none?.extensionOrdinary ?? '';
}

/** The days to ask for, where no meeting comes in time, or its own does not. */
function daysToAskFor(context: FormContext): string {
  const { own, none } = daysProposed(context);
  if (own !== null)
    return `Med ordinarie justering efter sammanträdet ${inFull(own.meeting)} kan svaret gå ${inFull(own.leavesOn)}.`;
  if (none === null) return 'Utan dag om du inte bett om någon.';
  return (
    `Nästa sammanträde är ${inFull(none.nextMeeting)}. Be om ${inFull(none.extensionImmediate)} med omedelbar ` +
    `justering, eller ${inFull(none.extensionOrdinary)} med ordinarie.`
  );
}

const dueNow = ({ view }: Pick<FormContext, 'view'>): string =>
  view.answerDue === null ? 'Svarsdag saknas' : `Svar senast ${inFull(view.answerDue)}`;

const NOT_TAKEN_BACK = 'Anteckningen går inte att ta tillbaka.';

/** What follows on the answer as it is filled in; an answer without its day is not asked about. */
function answerFollows({ view }: FormContext, { answer, newDue }: FormValues): string {
  if (answer === 'granted' && isLocalDate(newDue)) {
    return `Svarsdagen flyttas till ${inFull(newDue)}, och tidplan och påminnelser räknas om. ${NOT_TAKEN_BACK}`;
  }
  const stays = view.answerDue === null ? '' : `Svarsdagen ${inFull(view.answerDue)} står kvar. `;
  return `${stays}${NOT_TAKEN_BACK}`;
}

const requestExtension = actForm({
  act: 'request-extension',
  slug: 'anstand',
  title: 'Begär anstånd',
  button: 'Anteckna att anstånd är begärt',
  lead: 'Hör av dig till avsändarens handläggare först; här antecknas att du har gjort det. Den gamla svarsdagen gäller tills svaret kommer.',
  why: 'Svarsdagen är avsändarens. Bara avsändaren kan ge mer tid, och beskedet ska registreras så snart det har kommit in (OSL 5 kap. 1 §).',
  done: 'Anståndet är antecknat som begärt. Du påminns var tredje arbetsdag tills svaret är antecknat.',
  confirm: `Påminnelser om avsändarens svar går var tredje arbetsdag tills det är antecknat. ${NOT_TAKEN_BACK}`,
  schema: z.strictObject({ until: ask.shape.until, note: ask.shape.note }),
  fields: (context) => [
    {
      kind: 'day',
      name: 'until',
      label: 'Begärt till',
      the: 'Dagen',
      optional: true,
      hint: daysToAskFor(context),
      value: dayToAskFor(context),
      now: dueNow(context),
    },
    noteOnAnswer('Vem du talade med, och hur.'),
  ],
  perform: ({ acts, confirmed }, tx, actor, request, input) =>
    acts.extension(tx, actor, request, { act: 'ask', ...input, confirm: confirmed }),
});

const answerExtension = actForm({
  act: 'answer-extension',
  slug: 'anstandssvar',
  title: 'Anteckna svaret om anstånd',
  button: 'Anteckna svaret',
  lead: 'Beviljas anståndet räknas tidplanen om från den nya svarsdagen. Den gamla står kvar i ärendet.',
  why: 'Svarsdagen är avsändarens, så bara avsändaren kan flytta den. Beskedet ska registreras så snart det har kommit in (OSL 5 kap. 1 §).',
  done: 'Svaret om anstånd är antecknat.',
  confirm: answerFollows,
  schema: z
    .strictObject({
      answer: z.enum(['granted', 'refused']),
      newDue: granted.shape.newDue.optional(),
      note: refused.shape.note,
    })
    .superRefine(({ answer, newDue }, { addIssue }) => {
      if ((answer === 'granted') === (newDue !== undefined)) return;
      const message =
        answer === 'granted' ? 'måste anges när anståndet är beviljat' : 'kan bara anges när anståndet är beviljat';
      addIssue({ code: 'custom', path: ['newDue'], message });
    }),
  fields: ({ view }) => [
    {
      kind: 'choice',
      name: 'answer',
      label: 'Avsändarens svar',
      the: 'Avsändarens svar',
      missing: 'Välj om anståndet är beviljat eller avslaget.',
      options: [
        { value: 'granted', label: 'Beviljat' },
        { value: 'refused', label: 'Avslaget' },
      ],
    },
    {
      kind: 'day',
      name: 'newDue',
      label: 'Ny svarsdag',
      the: 'Den nya svarsdagen',
      now: dueNow({ view }),
      optional: 'unsaid',
      hint: `Fylls i när anståndet är beviljat.${view.answerDue === null ? '' : ` Den ska vara senare än ${inFull(view.answerDue)}.`}`,
    },
    noteOnAnswer('Var beskedet finns, eller vem som gav det.'),
  ],
  perform: ({ acts, confirmed }, tx, actor, request, { answer, newDue, note }) =>
    acts.extension(
      tx,
      actor,
      request,
      answer === 'granted' && newDue !== undefined
        ? { act: answer, newDue, note, confirm: confirmed }
        : { act: 'refused', note },
    ),
});

const isBack = (route: Route): route is 'meeting' => route === 'meeting';

const chooseRoute = actForm({
  act: 'choose-route',
  slug: 'beslutsvag',
  title: 'Välj beslutsväg',
  button: 'Välj beslutsvägen',
  lead: 'När nämnden inte hinner besluta vid ett sammanträde finns andra vägar. Tidplanen räknas om.',
  why: 'I nämndens ställe kan ordföranden ha rätt att besluta det som brådskar (KL 6 kap. 39 §), eller en delegat (KL 6 kap. 37 §). Att avstå är också ett beslut, av den som har rätt till det.',
  done: 'Beslutsvägen är vald och tidplanen omräknad.',
  schema: z
    .strictObject({ route: z.enum(ROUTES), reason: backToMeeting.shape.reason })
    .superRefine(({ route, reason: given }, { addIssue }) => {
      if (isBack(route) || given !== undefined) return;
      addIssue({ code: 'custom', path: ['reason'], message: 'måste anges' });
    }),
  fields: ({ view }) => [
    {
      kind: 'choice',
      name: 'route',
      label: 'Beslutsväg',
      the: 'Beslutsvägen',
      now: view.route === null ? '' : ROUTE_WORDS[view.route],
      missing: 'Välj en beslutsväg.',
      known: ROUTES.map((route) => [route, ROUTE_LAW[route].label] as const),
      options: ROUTES.filter((route) => route !== view.route).map((route) => ({ value: route, ...ROUTE_LAW[route] })),
    },
    view.route === 'meeting'
      ? reason('Varför den vägen tas. Det står kvar i ärendet.')
      : reason('Varför den vägen tas. Det står kvar i ärendet, och behövs inte för sammanträde.', 'unsaid'),
  ],
  warnings: warningsOfRoutes,
  perform: ({ acts }, tx, actor, request, { route, reason: why }) =>
    acts.way.inTransaction(tx, actor, request, isBack(route) ? { route, reason: why } : { route, reason: why ?? '' }),
});

/** The ways to be in time: immediate adjustment, more time, or another decision. */
export const WAY_FORMS: readonly ActForm[] = [
  confirmAdjustment,
  declineAdjustment,
  requestExtension,
  answerExtension,
  chooseRoute,
];
