import { z } from 'zod';
import { isLocalDate } from '../../../../domain/calendar/local-date.js';
import { cautionsOfClosing, type Caution } from '../../../../domain/referral/cautions.js';
import type { RecordName } from '../../../../domain/referral/records.js';
import { answerBody, correctBody, dormancyBody, reasonBody } from '../../../referrals/referral.dto.js';
import { inFull } from '../words/days.js';
import { actForm, type ActForm, type FormContext, type FormField } from './act-form.js';
import { dayDone, noFields, reason } from './fields.js';

const dormancyReason = z.strictObject({ reason: dormancyBody.shape.reason });
const secrecyMark = correctBody.shape.secrecy.unwrap().unwrap();

/** An answer leaves when the paragraph is adjusted; by chair or delegation there is nothing to adjust. */
function unadjustedWarning({ view }: FormContext): string[] {
  if (view.route !== 'meeting' || view.status !== 'decided') return [];
  return [
    'Paragrafen är inte antecknad som justerad än. Svaret går först när den är undertecknad eller protokollet justerat.',
  ];
}

const sendAnswer = actForm({
  act: 'send-answer',
  slug: 'svar',
  title: 'Svaret är skickat',
  button: 'Anteckna att svaret är skickat',
  lead: 'Anteckna när svaret har gått till avsändaren. Det stoppar klockan: inga fler påminnelser om svarsdagen.',
  why: 'Ett beslut får verkställas innan det har fått laga kraft (KL 13 kap. 14 §), så svaret behöver inte vänta på överklagandetiden.',
  done: 'Svaret är antecknat som skickat.',
  warnings: unadjustedWarning,
  confirm:
    'Påminnelserna om svarsdagen upphör, och bara en registrator kan rätta uppgiften eller ta tillbaka den efteråt.',
  schema: answerBody,
  fields: (context) => [
    dayDone(context, 'Skickat den', 'Dagen'),
    {
      kind: 'text',
      name: 'how',
      label: 'Hur',
      the: 'Hur',
      hint: 'Till exempel e-post, brev eller e-tjänst.',
      optional: true,
      maxLength: 200,
    },
  ],
  perform: ({ acts }, tx, actor, request, input) => acts.answer.inTransaction(tx, actor, request, input),
});

const CLOSING_WORDS: Record<Caution['code'], (day: string) => string> = {
  'appeal-running': (day) => `Tiden för överklagande går ut ${day}. Avsluta helst inte före dess.`,
  'notice-not-posted': () =>
    'Justeringen är inte antecknad som anslagen, så tiden för överklagande har inte börjat löpa.',
  'notice-still-up': () => 'Anslaget är inte antecknat som nedtaget.',
  'notice-too-early': () => '',
  'decision-after-meeting': () => '',
  'far-ahead': () => '',
};

/** A case is offered to be closed when the time for appeal has gone out and the notice is down. */
function closingWarnings({ view, today }: FormContext): string[] {
  const recorded = (name: RecordName): boolean => view.records.some(({ record }) => record === name);
  const ends = view.timetable.find(({ milestone }) => milestone === 'appealEnds')?.date;
  const facts = {
    adjusted: recorded('adjustment'),
    posted: recorded('notice'),
    takenDown: recorded('notice-down'),
    appealEnds: isLocalDate(ends) ? ends : null,
  };
  return cautionsOfClosing(today, facts).map(({ code, day }) => CLOSING_WORDS[code](day === null ? '' : inFull(day)));
}

const close = actForm({
  act: 'close',
  slug: 'avsluta',
  title: 'Avsluta ärendet',
  button: 'Avsluta ärendet',
  lead: 'Avsluta när inget mer ska göras i ärendet. Det kan återupptas om det behövs.',
  why: 'Beslutet kan överklagas i tre veckor från den dag då justeringen anslogs (KL 13 kap. 5 §), och först sedan är det klart. När ett ärende avslutas därefter är förvaltningens egen ordning, ingen lag.',
  done: 'Ärendet är avslutat.',
  confirm: 'Alla påminnelser upphör, och ärendet försvinner ur bevakningen.',
  schema: z.strictObject({}),
  fields: noFields,
  warnings: closingWarnings,
  perform: ({ acts }, tx, actor, request) => acts.end.close(tx, actor, request, true),
});

const reopen = actForm({
  act: 'reopen',
  slug: 'ateruppta',
  title: 'Återuppta ärendet',
  button: 'Återuppta',
  lead: 'Ärendet går tillbaka till det läge det hade när det avslutades.',
  why: 'Det som hör till remissen ska stå under samma nummer, också det som kommer sent. Det är en ordning i Diarium, ingen lag.',
  done: 'Ärendet är återupptaget.',
  schema: reasonBody,
  fields: () => [reason('Varför ärendet öppnas igen. Det står kvar i händelserna.')],
  perform: ({ acts }, tx, actor, request, input) => acts.end.reopen(tx, actor, request, input.reason),
});

const cancel = actForm({
  act: 'cancel',
  slug: 'makulera',
  title: 'Makulera ärendet',
  button: 'Makulera',
  lead: 'För det som aldrig skulle ha fått ett eget nummer, som en dubblett. Numret återanvänds inte.',
  why: 'Det som är diariefört tas inte bort; en felaktig uppgift rättas så att det syns (JO 4639-2007). Nummer, skäl, vem och när står kvar.',
  done: 'Ärendet är makulerat. Numret och skälet står kvar.',
  confirm: 'Makulering kan inte ångras. Inga fler åtgärder går att göra i ärendet, och alla påminnelser upphör.',
  isDanger: true,
  schema: reasonBody,
  fields: () => [reason('Till exempel att remissen redan är registrerad, och under vilket nummer.')],
  perform: ({ acts }, tx, actor, request, input) => acts.end.cancel(tx, actor, request, input.reason),
});

const provision = (now?: string): FormField => ({
  kind: 'text',
  name: 'provision',
  label: 'Bestämmelse',
  the: 'Bestämmelsen',
  hint: 'Den som sekretessen kan grundas på, till exempel OSL 21 kap. 7 §.',
  maxLength: 200,
  ...(now === undefined ? {} : { now }),
});

const markSecret = actForm({
  act: 'mark-secret',
  slug: 'sekretess',
  title: 'Sekretessmarkera',
  button: 'Sekretessmarkera',
  lead: 'Bara handläggaren, avdelningschefen, registratorer och nämndsekreterare kan sedan öppna ärendet, och förvaltningschefen när avdelningschefen har attesterat. Andra ser nummer och datum.',
  why: 'Markeringen är en varning och inget beslut; varje begäran om att få ut handlingar prövas för sig (OSL 5 kap. 5 §).',
  done: 'Ärendet är sekretessmarkerat.',
  schema: secrecyMark,
  fields: () => [provision()],
  perform: ({ correct }, tx, actor, request, secrecy) => correct.inTransaction(tx, actor, request, { secrecy }),
});

const changeSecrecy = actForm({
  act: 'change-secrecy',
  slug: 'andra-sekretess',
  title: 'Ändra sekretessbestämmelsen',
  button: 'Ändra bestämmelsen',
  lead: 'Ärendet förblir sekretessmarkerat, med en annan bestämmelse. Händelserna visar vad som stod där förut.',
  why: 'Markeringen ska ange den bestämmelse som sekretessen kan grundas på, vem som har gjort den och när (OSL 5 kap. 5 §).',
  done: 'Sekretessbestämmelsen är ändrad.',
  schema: secrecyMark,
  fields: ({ view }) => [provision(view.secrecy?.provision ?? '')],
  perform: ({ correct }, tx, actor, request, secrecy) => correct.inTransaction(tx, actor, request, { secrecy }),
});

const liftSecrecy = actForm({
  act: 'lift-secrecy',
  slug: 'hav-sekretess',
  title: 'Häv sekretessmarkeringen',
  button: 'Häv markeringen',
  lead: 'Alla som läser nämndens ärenden kan sedan öppna det.',
  why: 'En markering som inte längre behövs ska tas bort (OSL 5 kap. 5 §).',
  done: 'Sekretessmarkeringen är hävd.',
  confirm:
    'Alla som läser nämndens ärenden kan öppna det genast. Det de hinner läsa blir inte hemligt igen, fast ärendet markeras på nytt.',
  schema: z.strictObject({}),
  fields: noFields,
  perform: ({ correct }, tx, actor, request) => correct.inTransaction(tx, actor, request, { secrecy: null }),
});

const rest = actForm({
  act: 'mark-dormant',
  slug: 'vilande',
  title: 'Lägg ärendet vilande',
  button: 'Lägg vilande',
  lead: 'Alla påminnelser pausas, utom dem om svarsdagen.',
  why: 'Ett ärende får vänta på något, men dagen som avsändaren har satt gäller ändå; därför påminns den om. Att lägga vilande är en ordning i Diarium, ingen lag.',
  done: 'Ärendet är vilande. Bara svarsdagen påminns om.',
  schema: dormancyReason,
  fields: () => [reason('Vad ärendet väntar på.', true)],
  perform: ({ acts }, tx, actor, request, input) =>
    acts.rest.inTransaction(tx, actor, request, { dormant: true, ...input }),
});

const wake = actForm({
  act: 'wake',
  slug: 'vack',
  title: 'Väck ärendet',
  button: 'Väck ärendet',
  lead: 'Påminnelserna går på nytt som vanligt.',
  why: 'Ett ärende vilar bara så länge det väntar på något; sedan ska svaret hinna fram som annars. Det är en ordning i Diarium, ingen lag.',
  done: 'Ärendet är väckt, och påminnelserna går igen.',
  schema: dormancyReason,
  fields: () => [reason('Vad som har hänt.', true)],
  perform: ({ acts }, tx, actor, request, input) =>
    acts.rest.inTransaction(tx, actor, request, { dormant: false, ...input }),
});

/** Answering, ending, and what may be marked on the way. */
export const ENDING_FORMS: readonly ActForm[] = [
  sendAnswer, close, reopen, cancel, markSecret, changeSecrecy, liftSecrecy, rest, wake,
]; // prettier-ignore
