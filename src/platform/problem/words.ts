import { isLocalDate } from '../../domain/calendar/local-date.js';
import { longDate } from '../../domain/calendar/long-date.js';
import type { AdjustmentStatus, AdjustmentStep, OtherWay } from '../../domain/adjustment/adjustment.js';
import type { Act, Outcome, ReferralStatus, Refusal } from '../../domain/referral/lifecycle.js';
import type { CAUTIONS } from '../../domain/referral/cautions.js';
import type { DayInTheWay } from '../../domain/referral/step-days.js';
import type { RecordName } from '../../domain/referral/records.js';
import type { Role } from '../../domain/referral/permissions.js';

type Code =
  | Act
  | AdjustmentStatus
  | AdjustmentStep
  | (typeof CAUTIONS)[number]
  | DayInTheWay
  | OtherWay
  | Outcome
  | RecordName
  | ReferralStatus
  | Refusal
  | Role;

/** A role as people call it. */
export const ROLE_WORDS: Record<Role, string> = {
  registrar: 'registrator',
  officer: 'handläggare',
  manager: 'avdelningschef',
  director: 'förvaltningschef',
  secretary: 'nämndsekreterare',
  reader: 'läsbehörig',
  admin: 'systemförvaltare',
};

/** Codes of the rules in Swedish, as they stand within a sentence. A new code does not compile until it is here. */
const SWEDISH: Record<Code, string> = {
  correct: 'rätta',
  'correct-record': 'rätta en anteckning',
  'take-back-record': 'ta tillbaka det senast antecknade',
  assign: 'fördela',
  start: 'påbörja beredningen',
  'choose-meeting': 'välja sammanträde',
  'choose-route': 'välja beslutsväg',
  'request-extension': 'begära anstånd',
  'answer-extension': 'anteckna svaret om anstånd',
  'confirm-adjustment': 'bekräfta omedelbar justering',
  'decline-adjustment': 'avstå från omedelbar justering',
  'decide-adjustment': 'anteckna beslut om omedelbar justering',
  'sign-adjustment': 'anteckna omedelbar justering som undertecknad',
  'draft-done': 'anteckna utkastet som klart',
  'approve-manager': 'attestera som avdelningschef',
  'approve-director': 'attestera som förvaltningschef',
  dispatch: 'anteckna utskicket',
  'record-decision': 'anteckna beslutet',
  'record-ordinary-adjustment': 'anteckna ordinarie justering',
  'post-notice': 'anteckna anslaget',
  'take-down-notice': 'anteckna anslaget som nedtaget',
  'send-answer': 'anteckna svaret som skickat',
  close: 'avsluta',
  reopen: 'öppna igen',
  cancel: 'makulera',
  'mark-secret': 'sekretessmarkera',
  'change-secrecy': 'ändra sekretessbestämmelsen',
  'lift-secrecy': 'ta bort sekretessmarkeringen',
  'mark-dormant': 'lägga vilande',
  wake: 'ta upp igen',
  confirm: 'bekräfta',
  decline: 'avstå',
  decide: 'besluta',
  sign: 'underteckna',
  'not-needed': 'behövs inte',
  proposed: 'föreslagen',
  confirmed: 'bekräftad',
  declined: 'avstådd',
  signed: 'undertecknad',
  extension: 'anstånd',
  'other-meeting': 'ett annat sammanträde',
  'extra-meeting': 'extra sammanträde',
  chair: 'ordförandebeslut',
  delegation: 'delegation',
  registered: 'registrerat',
  assigned: 'fördelat',
  'in-preparation': 'under beredning',
  approved: 'attesterat',
  'on-agenda': 'på föredragningslistan',
  decided: 'beslutat',
  adjusted: 'justerat',
  expedited: 'expedierat',
  closed: 'avslutat',
  cancelled: 'makulerat',
  'wrong-status': 'läget tillåter det inte',
  'case-closed': 'ärendet är avslutat',
  'case-cancelled': 'ärendet är makulerat',
  'already-done': 'det är redan gjort',
  'step-order': 'ett tidigare steg måste göras först',
  'nothing-recorded': 'inget är antecknat än',
  'no-officer': 'ärendet har ingen handläggare',
  'no-meeting': 'inget sammanträde är valt',
  'before-meeting': 'sammanträdet har inte varit än',
  'no-answer-date': 'svarsdag saknas',
  'not-this-route': 'beslutsvägen är en annan',
  'adjustment-not-allowed': 'justeringens läge tillåter det inte',
  'extension-open': 'ett anstånd är begärt och obesvarat',
  'extension-not-open': 'inget anstånd är begärt',
  'received-day': 'dagen då remissen kom in',
  'started-day': 'dagen då beredningen började',
  'draft-day': 'dagen då utkastet blev klart',
  'managerApproval-day': 'dagen för avdelningschefens attest',
  'directorApproval-day': 'dagen för förvaltningschefens attest',
  'sentBack-day': 'dagen för återremissen eller bordläggningen',
  'dispatch-day': 'dagen för utskicket',
  'convened-day': 'sammanträdets dag',
  'meeting-day': 'beslutsdagen',
  'adjustmentDecided-day': 'dagen för beslutet om omedelbar justering',
  'decision-day': 'beslutsdagen',
  'adjustment-day': 'justeringsdagen',
  'notice-day': 'anslagsdagen',
  'notice-down-day': 'dagen då anslaget togs ned',
  'expedite-day': 'dagen då svaret skickades',
  today: 'dagens datum',
  adopted: 'svaret antas',
  returned: 'återremiss',
  tabled: 'bordläggning',
  noted: 'antecknat utan svar',
  'decision-after-meeting': 'beslutet är daterat efter ärendets sammanträde',
  'notice-too-early': 'anslaget ska sitta uppe tills tiden för överklagande har gått ut',
  'notice-not-posted': 'justeringen är inte anslagen',
  'notice-still-up': 'anslaget är inte antecknat som nedtaget',
  'appeal-running': 'tiden för överklagande har inte gått ut',
  'far-ahead': 'dagen ligger mer än två år fram',
  started: 'beredningen påbörjad',
  draft: 'utkastet klart',
  managerApproval: 'avdelningschefens attest',
  directorApproval: 'förvaltningschefens attest',
  'agenda-dispatch': 'kallelsen utskickad',
  'earlier-decision': 'den tidigare återremissen eller bordläggningen',
  decision: 'beslutet',
  'adjustment-decision': 'beslutet om omedelbar justering',
  adjustment: 'justeringen',
  notice: 'anslaget uppsatt',
  'notice-down': 'anslaget nedtaget',
  answer: 'svaret skickat',
  ...ROLE_WORDS,
};

/** Acts on what is no case yet, or no part of one; on people and accounts; and what an act takes beyond the role at hand. */
const BESIDE_CASES = {
  register: 'registrera',
  open: 'öppna ärendet',
  'change-meetings': 'ändra sammanträden',
  'send-again': 'skicka påminnelsen igen',
  'hand-over': 'lämna över ärenden',
  'end-account': 'avsluta kontot',
  'reopen-account': 'återöppna kontot',
  'invite-again': 'skicka länken att välja lösenord igen',
  'correct-person': 'rätta uppgifter om en medarbetare',
  absence: 'anmäla frånvaro',
  people: 'ändra medarbetare',
  'admin-of-every-board': 'systemförvaltare i varje nämnd där personen har en roll',
  'self-or-admin': 'personen själv, eller systemförvaltare i varje nämnd där personen har en roll',
  'registrar-or-admin': 'registrator eller systemförvaltare i varje nämnd som berörs',
  'own-departments': 'att både handläggaren och avdelningen hör till en avdelning som du är chef för',
};

/** Why a reminder cannot be sent again. */
const OF_REMINDERS = {
  pending: 'den väntar på sin dag',
  claimed: 'den är redan på väg',
  failed: 'den är redan på väg',
  'under-way': 'den är redan på väg',
  superseded: 'den gäller inte längre',
  'person-left': 'den påminda har slutat',
  'role-gone': 'den påminda arbetar inte längre med nämndens ärenden',
};

/** Why a link to choose a password with is not sent again. */
const OF_LINKS = {
  'account-ended': 'kontot är avslutat, och får återöppnas först',
  'has-password': 'personen har redan ett lösenord',
  'just-sent': 'det begärdes för mindre än fem minuter sedan',
  'on-its-way': 'ett mejl med en länk väntar redan på att skickas, och försöks igen av sig självt',
};

const BY_CODE: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...SWEDISH, ...BESIDE_CASES, ...OF_REMINDERS, ...OF_LINKS }),
);

/** A code in Swedish; anything else as it is. */
export const swedish = (text: string): string => BY_CODE.get(text) ?? (isLocalDate(text) ? longDate(text) : text);
