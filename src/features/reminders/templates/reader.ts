import { isFitForOfficer, mayAct, type Actor } from '../../../domain/referral/permissions.js';
import type { Act } from '../../../domain/referral/lifecycle.js';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { longDate } from '../../../domain/calendar/long-date.js';
import type { CasePosition } from '../case-position.js';

/** To whom something is said of a case. */
export interface Reader {
  /** What the one reminded may do in it. */
  readonly who: Actor;
  /** The officer from whom the present one has it; null when nobody had it before. */
  readonly takenOverFrom: string | null;
}

export const may = ({ who }: Pick<Reader, 'who'>, act: Act): boolean => mayAct(act, who);

/** `ärendet` has an officer whose account is in use. */
export const hasOfficer = (c: CasePosition, today: LocalDate): boolean =>
  c.officerId !== null && (c.officerEndedOn === null || c.officerEndedOn > today);

/** Whether the one reminded answers for the case as officer or manager, and is not only asked for want of one. */
export const answersForCase = ({ who }: Pick<Reader, 'who'>): boolean =>
  (who.isOfficerOfCase && isFitForOfficer(who.roles)) || (who.isManagerOfDepartment && who.roles.has('manager'));

/** `Fördela ärendet`, or whom to ask for it. */
export const assignWords = (reader: Pick<Reader, 'who'>, to: string): string =>
  may(reader, 'assign') ? `Fördela ärendet${to}` : `Be registratorn fördela ärendet${to}`;

/** Whom to ask when nobody at the board has a role. */
export const roleWords = ({ who }: Pick<Reader, 'who'>, role: string): string =>
  who.roles.has('admin') ? `Ge någon rollen ${role}` : `Be systemförvaltaren ge någon rollen ${role}`;

const OTHER_WAYS = 'ordförandebeslut, beslut på delegation, extra sammanträde eller att avstå från att svara';

const isDeclined = ({ adjustment, meetingOn }: Pick<CasePosition, 'adjustment' | 'meetingOn'>): boolean =>
  adjustment === 'declined' && meetingOn !== null;

/** Another meeting is a way for a case that has one, at which immediate adjustment has been declined. */
const otherMeeting = (c: CasePosition): string => (isDeclined(c) ? 'ett annat sammanträde, ' : '');

/** Why a case has no way to a decision in time: no meeting is, or the one it has is not without what was declined. */
export function noWayWords(c: CasePosition): string {
  const due = c.answerDue === null ? 'svarsdagen' : `svarsdagen ${longDate(c.answerDue)}`;
  if (!isDeclined(c)) return `Inget sammanträde kommer i tid för ${due} (KL 6 kap. 23, 37 och 39 §§).`;
  const leaves = c.milestones.find(({ milestone }) => milestone === 'expedite')?.date;
  const late = leaves === undefined ? 'för sent' : `först ${longDate(leaves)}`;
  return `Omedelbar justering är avböjd, och med ordinarie justering kan svaret gå ${late}, efter ${due} (KL 5 kap. 69 §).`;
}

/** Who asks after the sender's answer about more time: the officer, or a registrar where none works with the case. */
function hearWords(c: CasePosition, today: LocalDate, reader: Pick<Reader, 'who'>): string {
  const { who } = reader;
  const asksAfter = hasOfficer(c, today) && c.officerHasRole ? 'Handläggaren' : 'Registratorn';
  const isTheirs = asksAfter === 'Handläggaren' ? who.isOfficerOfCase : may(reader, 'choose-route');
  return isTheirs
    ? 'Hör med avsändaren, och anteckna svaret i ärendet.'
    : `${asksAfter} hör med avsändaren, och antecknar svaret i ärendet.`;
}

/** More time has been asked for: one asks after the answer, and the others know that it is awaited. */
function awaitExtension(c: CasePosition, askedOn: LocalDate, today: LocalDate, reader: Pick<Reader, 'who'>): string {
  const until = c.askedUntil === null ? '' : ` till ${longDate(c.askedUntil)}`;
  const asked = `Anstånd${until} begärdes ${longDate(askedOn)}, och avsändaren har inte svarat.`;
  const hear = hearWords(c, today, reader);
  const ways = `en annan väg till beslut: ${otherMeeting(c)}${OTHER_WAYS}`;
  if (may(reader, 'choose-route')) return `${asked} ${hear} Dröjer det, välj ${ways}.`;
  if (may(reader, 'answer-extension')) return `${asked} ${hear} Dröjer det, be registratorn välja ${ways}.`;
  return `${asked} Du behöver inte göra något medan svaret väntas; dröjer det, ${meetingWords(isDeclined(c), 'eller')}.`;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/**
 * What a secretary can do about it, who chooses meetings and no other way.
 *
 * @param hasMeeting whether the case has a meeting, at which immediate adjustment has been declined
 * @param or `eller` between the two, or a comma where more follows
 */
export const meetingWords = (hasMeeting: boolean, or: 'eller' | null): string =>
  hasMeeting
    ? `välj ett annat sammanträde, ${or === null ? '' : `${or} `}se om ett extra kan hållas`
    : 'se om ett extra sammanträde kan hållas';

/** What to do when nothing leads to a decision in time, for what each may do about it. */
export function chooseWay(c: CasePosition, today: LocalDate, reader: Pick<Reader, 'who'>): string {
  if (c.askedOn !== null) return awaitExtension(c, c.askedOn, today, reader);
  const meeting = otherMeeting(c);
  if (may(reader, 'choose-route')) return `Välj en annan väg: anstånd, ${meeting}${OTHER_WAYS}.`;
  if (may(reader, 'request-extension')) {
    return `Begär anstånd hos avsändaren, eller be registratorn välja en annan väg till beslut: ${meeting}${OTHER_WAYS}.`;
  }
  return (
    `${capital(meetingWords(isDeclined(c), null))}, eller kom överens med registratorn om en annan väg: ` +
    'anstånd, ordförandebeslut, beslut på delegation eller att avstå från att svara.'
  );
}

/** What to do about an immediate adjustment that is proposed. */
export function confirmWords(c: CasePosition, reader: Pick<Reader, 'who'>): string {
  if (may(reader, 'confirm-adjustment')) return 'bekräfta eller avböj det i ärendet';
  if (c.officerId === null) {
    return may(reader, 'assign')
      ? 'fördela ärendet, så att handläggaren kan bekräfta det'
      : 'det bekräftas av handläggaren när ärendet är fördelat';
  }
  return 'handläggaren bekräftar eller avböjer det';
}
