import { addDays, earlier, yearOf, type LocalDate } from '../../domain/calendar/local-date.js';
import type { RegistrationInput } from '../../features/referrals/registration-input.js';
import {
  adjustedAsUsual, adjustmentDecided, answered, approvedByDirector, approvedByManager, askedForTime, assigned, cancelled, closed,
  confirmed, decided, dispatched, drafted, givenTime, posted, rested, routed, signed, started, takenDown, type DemoAct,
} from './demo-acts.js'; // prettier-ignore
import type { DemoDays } from './demo-days.js';
import { DEMO_BOARD, DEMO_PEOPLE, type DemoPerson } from './demo-organisation.js';

/** One made-up referral: what Rut registered on a day, and what has come of it. */
export interface DemoCase {
  readonly registeredOn: LocalDate;
  readonly input: RegistrationInput;
  readonly acts: readonly DemoAct[];
}

type Letter = Omit<RegistrationInput, 'board' | 'receivedOn' | 'officer'>;

const MANAGER = { hanna: 'cesar', hugo: 'maja' } as const satisfies Partial<Record<DemoPerson, DemoPerson>>;
type Officer = keyof typeof MANAGER;

function caseOf(registeredOn: LocalDate, officer: Officer | null, letter: Letter, acts: readonly DemoAct[]): DemoCase {
  const who = officer === null ? {} : { officer: DEMO_PEOPLE[officer] };
  // A sender's number carries the year in which it was given.
  const senderReference = letter.senderReference?.replace('YYYY', String(yearOf(registeredOn))) ?? null;
  const input = { board: DEMO_BOARD, receivedOn: registeredOn, ...letter, ...who, senderReference };
  return { registeredOn, input, acts };
}

/** Draft and both approvals on the days that the lead times give, but no later than yesterday. */
function prepared(days: DemoDays, officer: Officer, meeting: LocalDate): DemoAct[] {
  const on = (n: number): LocalDate => earlier(days.yesterday, days.workingDay(meeting, n));
  return [drafted(officer, on(-17)), approvedByManager(MANAGER[officer], on(-15)), approvedByDirector(on(-14))];
}

function onAgenda(days: DemoDays, officer: Officer, meeting: LocalDate): DemoAct[] {
  const on = earlier(days.yesterday, days.workingDay(meeting, -8));
  return [...prepared(days, officer, meeting), dispatched(on)];
}

/** Cases whose decision has been made. */
function decidedCases(days: DemoDays): DemoCase[] {
  const [old, last, before] = [days.meeting(-3), days.meeting(-1), days.meeting(-2)];
  const [oldMinutes, lastMinutes] = [days.ordinaryAdjustment(old), days.ordinaryAdjustment(last)];
  const afterLast = days.workingDay(last, 1);
  return [
    caseOf(days.workingDay(old, -28), 'hanna', {
      title: 'Remiss av förslag till biblioteksplan', sender: 'Kulturnämnden', senderReference: '3.1/1187',
      documentDate: days.workingDay(old, -30), answerDue: addDays(old, 28), answerTo: 'kulturnamnden@example.se', meeting: old,
    }, [
      ...onAgenda(days, 'hanna', old), decided(days.workingDay(old, 1), { outcome: 'adopted', date: old, paragraph: '§ 9' }),
      adjustedAsUsual(oldMinutes), posted(oldMinutes), answered('hanna', days.workingDay(oldMinutes, 1)),
      takenDown(days.workingDay(addDays(oldMinutes, 22), 1)), closed(days.workingDay(addDays(oldMinutes, 22), 2)),
    ]),
    caseOf(days.workingDay(last, -27), 'hanna', {
      title: 'Remiss av program för god arbetsmiljö i välfärden', sender: 'Kommunstyrelsen', senderReference: 'KS YYYY/739',
      answerDue: afterLast, answerDueTime: '16:00', answerTo: 'kommunstyrelsen@example.se', meeting: last,
    }, [
      ...onAgenda(days, 'hanna', last), confirmed('hanna', days.workingDay(last, -7)),
      decided(afterLast, { outcome: 'adopted', date: last, paragraph: '§ 14' }), adjustmentDecided(afterLast),
      signed(afterLast, last), posted(afterLast), answered('hanna', afterLast),
    ]),
    caseOf(days.workingDay(last, -26), 'hugo', {
      title: 'Remiss av handlingsplan mot omgivningsbuller', sender: 'Miljö- och hälsoskyddsnämnden',
      senderReference: 'MHN-4521', answerDue: days.workingDay(days.today, 5), meeting: last,
    }, [
      ...onAgenda(days, 'hugo', last), decided(afterLast, { outcome: 'adopted', date: last, paragraph: '§ 15' }),
      adjustedAsUsual(lastMinutes), posted(lastMinutes),
    ]),
    caseOf(days.workingDay(last, -24), 'hugo', {
      title: 'Remiss av detaljplan för kvarteret Linjalen', sender: 'Stadsbyggnadsnämnden', senderReference: 'SBN-9871',
      answerDue: addDays(days.meeting(1), 25), meeting: last,
    }, [
      ...onAgenda(days, 'hugo', last), decided(afterLast, { outcome: 'returned', date: last, paragraph: '§ 16' }),
    ]),
    caseOf(days.workingDay(days.yesterday, -9), 'hanna', {
      title: 'Begäran om yttrande om tillfällig förskolelokal', sender: 'Utbildningsnämnden', senderReference: 'UTBN 2210',
      answerDue: days.workingDay(days.today, 2), meeting: days.meeting(0),
    }, [
      routed(days.workingDay(days.yesterday, -6), { route: 'chair', reason: 'Svaret kan inte vänta på sammanträdet.' }),
      drafted('hanna', days.workingDay(days.yesterday, -3)),
      decided(days.workingDay(days.yesterday, -1), { outcome: 'adopted', by: 'Ordföranden' }),
    ]),
    caseOf(days.workingDay(before, -20), null, {
      title: 'Remiss av förslag till biblioteksplan, kopia', sender: 'Kulturnämnden', answerDue: addDays(before, 20),
    }, [cancelled(days.workingDay(before, -19), 'Samma handling var redan diarieförd.')]),
  ]; // prettier-ignore
}

/** Cases that are on their way to a meeting. */
function comingCases(days: DemoDays): DemoCase[] {
  const [next, second, third] = [days.meeting(0), days.meeting(1), days.meeting(2)];
  const ago = (n: number): LocalDate => days.workingDay(days.yesterday, -n);
  return [
    caseOf(days.workingDay(next, -29), 'hanna', {
      title: 'Remiss av betänkandet En tryggare uppväxt', sender: 'Socialdepartementet', senderReference: 'SYYYY/01234',
      answerDue: days.workingDay(next, 2), answerTo: 's.remissvar@example.se', meeting: next,
    }, [...onAgenda(days, 'hanna', next), confirmed('hanna', days.yesterday)]),
    caseOf(ago(15), 'hugo', {
      title: 'Remiss av trafikplan för Enskede gård', sender: 'Trafiknämnden', senderReference: 'T-00871',
      answerDue: days.workingDay(second, 1), meeting: second,
    }, [started('hugo', ago(12))]),
    caseOf(ago(18), 'hanna', {
      title: 'Remiss av riktlinjer för kompetensförsörjning', sender: 'Kommunstyrelsen', senderReference: 'KS YYYY/802',
      answerDue: addDays(second, 30), meeting: second,
    }, [drafted('hanna', ago(6)), approvedByManager('cesar', ago(3)), approvedByDirector(ago(1))]),
    caseOf(ago(14), 'hugo', {
      title: 'Remiss av plan för trygga skolvägar', sender: 'Trafiknämnden', senderReference: 'T-00889',
      answerDue: days.workingDay(second, 6), meeting: second,
    }, [drafted('hugo', ago(4)), approvedByManager('maja', ago(1))]),
    caseOf(ago(3), 'hugo', {
      title: 'Motion om fler utegym vid Årstafältet', sender: 'Kommunfullmäktige', senderReference: 'KF YYYY/77',
      answerDue: addDays(third, 25),
    }, []),
    caseOf(ago(7), 'hanna', {
      title: 'Begäran om yttrande från Förvaltningsrätten', internalTitle: 'Överklagat beslut om bistånd, mål 4471',
      sender: 'Förvaltningsrätten', senderReference: 'Mål 4471', answerDue: days.workingDay(second, 3), meeting: second,
      secrecy: { provision: '26 kap. 1 § offentlighets- och sekretesslagen' },
    }, [started('hanna', ago(5))]),
    caseOf(ago(20), 'hugo', {
      title: 'Remiss av lokalförsörjningsplan', sender: 'Fastighetsnämnden', senderReference: 'FN 331',
      answerDue: addDays(days.meeting(3), 20),
    }, [rested(ago(10), 'Avsändaren har aviserat ett nytt underlag.')]),
  ]; // prettier-ignore
}

/** Cases where someone has to do something. */
function troubledCases(days: DemoDays): DemoCase[] {
  const [last, second] = [days.meeting(-1), days.meeting(1)];
  const ago = (n: number): LocalDate => days.workingDay(days.yesterday, -n);
  const ahead = (n: number): LocalDate => days.workingDay(days.today, n);
  return [
    caseOf(days.workingDay(last, -25), 'hugo', {
      title: 'Remiss av skötselplan för Årstaskogen', sender: 'Länsstyrelsen', senderReference: '511-YYYY-44',
      answerDue: ago(6), meeting: last,
    }, [started('hugo', days.workingDay(last, -22))]),
    caseOf(ago(4), null, {
      title: 'Remiss av promemorian Ändrade regler om tidsbegränsade bygglov', sender: 'Landsbygdsdepartementet',
      senderReference: 'LIYYYY/00456', answerDue: addDays(second, 24),
    }, []),
    caseOf(ago(5), null, {
      title: 'Enkät om föreningsstöd, begäran om synpunkter', sender: 'Idrottsnämnden', senderReference: 'IDN 18',
    }, [assigned(ago(4), 'hanna')]),
    caseOf(days.yesterday, 'hanna', {
      title: 'Remiss av förslag till ändrad delegationsordning', sender: 'Kommunstyrelsen', senderReference: 'KS YYYY/911',
      answerDue: ahead(9),
    }, []),
    caseOf(ago(1), 'hugo', {
      title: 'Begäran om yttrande över ansökan om torghandel', sender: 'Trafiknämnden', senderReference: 'T-00904',
      answerDue: ahead(7),
    }, [askedForTime('hugo', days.yesterday, addDays(second, 7), 'Nämnden sammanträder först därefter.')]),
    caseOf(ago(14), 'hanna', {
      title: 'Remiss av granskningsrapport om upphandling', sender: 'Stadsrevisionen', senderReference: 'RVK 52',
      answerDue: ahead(3), meeting: second,
    }, [
      askedForTime('hanna', ago(11), addDays(second, 21), 'Underlaget kom sent.'),
      givenTime('hanna', ago(8), addDays(second, 21)),
    ]),
  ]; // prettier-ignore
}

export const demoCases = (days: DemoDays): DemoCase[] => [
  ...decidedCases(days),
  ...comingCases(days),
  ...troubledCases(days),
];

/** The day on which the history begins. */
export const firstDay = (cases: readonly DemoCase[]): LocalDate =>
  cases.map(({ registeredOn }) => registeredOn).reduce(earlier);
