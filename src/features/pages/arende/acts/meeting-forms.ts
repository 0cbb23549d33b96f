import { z } from 'zod';
import { assertClockShows, instantAt, localDateAt, localTimeAt } from '../../../../domain/calendar/stockholm-time.js';
import { clockTime, day } from '../../../../platform/http/day.js';
import { decisionBody, meetingBody, type ReferralView } from '../../../referrals/referral.dto.js';
import { OUTCOMES, type Outcome } from '../../../../domain/referral/lifecycle.js';
import { outcomesOfRoute } from '../../../../domain/referral/routes.js';
import { isLocalDate, type LocalDate } from '../../../../domain/calendar/local-date.js';
import { cautionsOfDecision, cautionsOfTakingDown } from '../../../../domain/referral/cautions.js';
import type { FormValues } from '../../../../platform/web/form-errors.js';
import { inFull } from '../words/days.js';
import { isDeclined, optionInWords } from '../words/option-words.js';
import { actForm, type ActForm, type FormContext, type FormField } from './act-form.js';
import { noFields } from './fields.js';
import { stepForm } from './preparation-forms.js';

const [chosenMeeting] = meetingBody.options;

/** A meeting that comes too late for the answer day is asked about, whether it was chosen in the form or beside the others. */
function afterAnswerDay({ view }: FormContext, { meeting }: FormValues): string | null {
  const option = view.options.find((one) => one.meeting === meeting);
  const { answerDue, workBy } = view;
  if (option?.adjustment !== 'too_late' || answerDue === null || workBy === null) return null;
  if (isDeclined(option, view)) {
    return `Omedelbar justering är avböjd för sammanträdet ${inFull(option.meeting)}, så svaret kan gå först ${inFull(option.leavesOn)}, efter svarsdagen ${inFull(answerDue)}. Kom överens med avsändaren om anstånd, eller välj ett annat sammanträde eller en annan väg.`;
  }
  const late =
    option.meeting > answerDue
      ? `svarsdagen ${inFull(answerDue)}`
      : `${inFull(workBy)}, den sista arbetsdagen före svarsdagen`;
  return `Sammanträdet ${inFull(option.meeting)} ligger efter ${late}: svaret kan gå först ${inFull(option.leavesOn)}. Kom överens med avsändaren om anstånd, eller välj ett annat sammanträde eller en annan väg.`;
}

const chooseMeeting = actForm({
  act: 'choose-meeting',
  slug: 'sammantrade',
  title: 'Välj sammanträde',
  button: 'Välj sammanträdet',
  lead: 'Tidplanen och påminnelserna räknas om från det sammanträde du väljer.',
  why: 'Nämnden bestämmer själv när den sammanträder (KL 6 kap. 23 §). Att det senaste sammanträde som ger svaret tid att gå fram föreslås är en ordning i Diarium; du får välja ett annat.',
  done: 'Sammanträdet är valt och tidplanen omräknad.',
  confirm: afterAnswerDay,
  schema: chosenMeeting,
  fields: ({ view, today }) => [
    {
      kind: 'choice',
      name: 'meeting',
      label: 'Sammanträde',
      the: 'Sammanträdet',
      missing: 'Välj ett av sammanträdena.',
      value: view.meeting?.date ?? view.recommended ?? '',
      now: view.meeting === null ? 'Inget' : inFull(view.meeting.date),
      options: view.options
        .filter(({ meeting }) => meeting >= today)
        .map((option) => ({
          value: option.meeting,
          label: `${inFull(option.meeting)}${option.meeting === view.recommended ? ' (föreslås)' : ''}`,
          hint: optionInWords(option, view),
        })),
    },
  ],
  perform: ({ acts }, tx, actor, request, input) => acts.way.inTransaction(tx, actor, request, input),
});

const OUTCOME_CHOICES: Record<Outcome, { readonly label: string; readonly hint: string }> = {
  adopted: { label: 'Svaret antogs', hint: 'Förslaget blev nämndens svar, ändrat eller inte.' },
  declined: { label: 'Nämnden avstår från att svara', hint: 'Också det är ett beslut, som avsändaren ska få veta.' },
  returned: {
    label: 'Återremiss',
    hint: 'Ärendet bereds på nytt. Svarsdagen står kvar, och ett nytt sammanträde söks. I en nämnd räcker enkel majoritet; rätten för en tredjedel att få återremiss gäller bara i fullmäktige (KL 5 kap. 50 §).',
  },
  tabled: {
    label: 'Bordlagt',
    hint: 'Ärendet tas upp på ett senare sammanträde. Svarsdagen står kvar. I en nämnd räcker enkel majoritet (KL 6 kap. 33 §).',
  },
  noted: { label: 'Antecknat utan svar', hint: 'Nämnden tog del av remissen, och inget svar ska skickas.' },
};

/** The day of the case's meeting, when a meeting is to decide it. */
const meetingDayOf = ({ route, meeting }: ReferralView): LocalDate | null =>
  route === 'meeting' && isLocalDate(meeting?.date) ? meeting.date : null;

/** A board decides at its meeting; another day is either a slip or worth a thought. */
function lateDecision({ view }: FormContext, { date }: FormValues): string[] {
  if (!isLocalDate(date)) return [];
  return cautionsOfDecision(date, meetingDayOf(view)).map(
    ({ day }) =>
      `Ärendets sammanträde är ${inFull(day ?? '')}, och beslutsdagen ligger efter det. Nämnden beslutar vid sitt sammanträde (KL 6 kap. 23 §), så kontrollera dagen.`,
  );
}

/** A notice that comes down too early is asked about, with the day from which it may come down. */
function downTooEarly({ view, today }: FormContext, { on = today }: FormValues): string | null {
  const ends = view.timetable.find(({ milestone }) => milestone === 'appealEnds')?.date;
  if (!isLocalDate(ends) || !isLocalDate(on)) return null;
  const [caution] = cautionsOfTakingDown(on, { appealEnds: ends });
  if (caution === undefined) return null;
  return `Tiden för överklagande löper till och med ${inFull(ends)}. Anslaget får tas ned från och med ${inFull(caution.day ?? '')}; tas det ned tidigare går tiden inte ut.`;
}

/** The day of the meeting once it has been; before that nobody can have decided then. */
function decisionDayOf({ view, today }: FormContext): string {
  const meeting = meetingDayOf(view);
  if (meeting === null) return today;
  return meeting > today ? '' : meeting;
}

const decide = actForm({
  act: 'record-decision',
  slug: 'beslut',
  title: 'Anteckna beslutet',
  button: 'Anteckna beslutet',
  lead: 'Anteckna vad som beslutades. Det styr resten: justering, anslag och när svaret kan gå.',
  why: 'Den som beslutar är nämnden, eller ordföranden (KL 6 kap. 39 §) eller en delegat (KL 6 kap. 37 §) i dess ställe.',
  done: 'Beslutet är antecknat.',
  confirm: 'Bara en registrator kan rätta beslutet eller ta tillbaka det efteråt. Läs igenom en gång till.',
  schema: decisionBody.omit({ confirm: true }),
  warnings: lateDecision,
  fields: (context) => [
    {
      kind: 'choice',
      name: 'outcome',
      label: 'Beslut',
      the: 'Beslutet',
      missing: 'Välj vad som beslutades.',
      known: OUTCOMES.map((outcome) => [outcome, OUTCOME_CHOICES[outcome].label] as const),
      options: outcomesOfRoute(context.view.route ?? 'meeting').map((outcome) => ({
        value: outcome,
        ...OUTCOME_CHOICES[outcome],
      })),
    },
    {
      kind: 'day',
      name: 'date',
      label: 'Beslutsdag',
      the: 'Beslutsdagen',
      value: decisionDayOf(context),
    },
    {
      kind: 'text',
      name: 'paragraph',
      label: 'Paragraf',
      the: 'Paragrafen',
      hint: 'Som den står i protokollet, till exempel § 14.',
      optional: true,
      maxLength: 40,
    },
    {
      kind: 'text',
      name: 'by',
      label: 'Beslutat av',
      the: 'Beslutat av',
      hint: 'Nämnden om du inte anger något annat.',
      optional: true,
      maxLength: 200,
    },
  ],
  perform: ({ acts }, tx, actor, request, input) =>
    acts.decide.inTransaction(tx, actor, request, { ...input, confirm: true }),
});

const decideAdjustment = actForm({
  act: 'decide-adjustment',
  slug: 'justeringsbeslut',
  title: 'Nämnden beslutade om omedelbar justering',
  button: 'Anteckna nämndens beslut',
  lead: 'Anteckna när nämnden har beslutat att paragrafen justeras omedelbart. Sedan återstår underskrifterna.',
  why: 'Protokollet justeras på det sätt som är bestämt (KL 5 kap. 69 §). Omedelbar justering beslutas av nämnden, paragraf för paragraf.',
  done: 'Beslutet om omedelbar justering är antecknat. Underskrifterna återstår.',
  schema: z.strictObject({}),
  fields: noFields,
  perform: ({ acts }, tx, actor, request) => acts.adjustment(tx, actor, request, { act: 'decide' }),
});

interface SignedAt {
  readonly signedOn: LocalDate;
  readonly signedTime: string;
}

/** @throws RuleError `time-skipped` */
function signedAt({ signedOn, signedTime }: SignedAt): string {
  assertClockShows(signedOn, signedTime, 'signedTime');
  return instantAt(signedOn, signedTime).toISOString();
}

const signFields = ({ now }: FormContext): readonly FormField[] => [
  { kind: 'day', name: 'signedOn', label: 'Undertecknad den', the: 'Dagen', value: localDateAt(now) },
  { kind: 'time', name: 'signedTime', label: 'Klockan', the: 'Klockslaget', value: localTimeAt(now) },
];

const sign = actForm({
  act: 'sign-adjustment',
  slug: 'underskrift',
  title: 'Paragrafen är undertecknad',
  button: 'Anteckna underskriften',
  lead: 'Anteckna när ordförande och justerare har skrivit under. Sedan kan svaret gå, och justeringen ska anslås.',
  why: 'När paragrafen är justerad får beslutet verkställas (KL 13 kap. 14 §), och justeringen ska anslås senast andra dagen därefter (KL 8 kap. 12 §).',
  done: 'Underskriften är antecknad. Svaret kan skickas, och justeringen ska anslås.',
  renamed: { signedAt: 'signedTime' },
  schema: z.strictObject({ signedOn: day(), signedTime: clockTime() }),
  fields: signFields,
  perform: ({ acts }, tx, actor, request, input) =>
    acts.adjustment(tx, actor, request, { act: 'sign', signedAt: signedAt(input) }),
});

/** What the secretary does around a meeting. */
export const MEETING_FORMS: readonly ActForm[] = [
  chooseMeeting,
  stepForm(
    { act: 'dispatch', slug: 'utskick', step: 'dispatch' },
    {
      title: 'Kallelsen är utskickad',
      button: 'Anteckna utskicket',
      lead: 'Anteckna när kallelse och handlingar har gått till ledamöterna, med ärendet på kallelsen.',
      why: 'Ledamöterna ska hinna läsa, och det som inte är med i utskicket kommer inte med på sammanträdet. Hur långt före det går ut har nämnden bestämt; det är ingen lag.',
      done: 'Utskicket är antecknat.',
    },
  ),
  decide,
  decideAdjustment,
  sign,
  stepForm(
    { act: 'record-ordinary-adjustment', slug: 'ordinarie-justering', step: 'ordinary-adjustment' },
    {
      title: 'Protokollet är justerat',
      button: 'Anteckna justeringen',
      lead: 'Anteckna när protokollet har justerats i ordinarie ordning. Sedan kan svaret gå, och justeringen ska anslås.',
      why: 'Protokollet ska justeras senast fjorton dagar efter sammanträdet (KL 5 kap. 69 §).',
      done: 'Justeringen är antecknad. Svaret kan skickas, och justeringen ska anslås.',
    },
  ),
  stepForm(
    { act: 'post-notice', slug: 'anslag', step: 'notice-posted' },
    {
      title: 'Justeringen är anslagen',
      button: 'Anteckna anslaget',
      lead: 'Anteckna när justeringen har anslagits. Från den dagen räknas tiden för överklagande.',
      why: 'Justeringen anslås senast andra dagen efter den (KL 8 kap. 12 §), och tre veckor därefter går tiden för överklagande ut (KL 13 kap. 5 §).',
      done: 'Anslaget är antecknat. Tiden för överklagande löper.',
    },
  ),
  stepForm(
    { act: 'take-down-notice', slug: 'anslag-nedtaget', step: 'notice-taken-down' },
    {
      title: 'Anslaget är nedtaget',
      button: 'Anteckna nedtagningen',
      lead: 'Anteckna när anslaget har tagits ned. Det ska sitta uppe tills tiden för överklagande har gått ut.',
      why: 'Tiden för överklagande går inte ut om anslaget tas ned för tidigt (KL 13 kap. 5 §).',
      done: 'Nedtagningen är antecknad.',
      confirm: downTooEarly,
    },
  ),
];
