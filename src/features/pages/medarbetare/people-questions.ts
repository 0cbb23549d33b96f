import type { LocalDate } from '../../../domain/calendar/local-date.js';
import { longDate } from '../../../domain/calendar/long-date.js';
import type { QuestionProps } from '../../../platform/web/components/question.js';
import type { FormValues } from '../../../platform/web/form-errors.js';
import type { RolesThere } from '../../organisation/set-roles.js';
import type { NamedAbsence } from '../../people/list-absences.js';
import type { Person } from '../../people/people.repository.js';
import type { HandedOver as HandedOverCases } from '../../referrals/hand-over-cases.js';
import { counted } from '../arende/words/days.js';
import { rolesInWords } from '../frame/role-words.js';
import { DETAILS_LABELS } from './details-form.js';
import { HAND_OVER_LABELS, HAND_OVER_PATH } from './hand-over-form.js';
import { PEOPLE_LABELS as LABELS, roleField } from './people-forms.js';
import type { BoardPeople, OneColleague } from './read-colleagues.js';
import { personHref } from './views/people-parts.js';
import { departmentCalled } from './views/vacant-departments.js';

const MOST_NUMBERS = 10;

/** All that a form held, to go along with its question. */
const carriedOf = (values: FormValues, names: readonly string[], labels: Readonly<Record<string, string>>) =>
  names.flatMap((name) => {
    const value = values[name] ?? '';
    const label = labels[name];
    if (value === '') return [];
    return [{ name, value, ...(label === undefined ? {} : { called: { label, options: [] } }) }];
  });

const withManager = (name: string, manager: string | null): string =>
  manager === null
    ? `${departmentCalled(name)} står sedan utan chef, och ingen kan attestera dess ärenden förrän någon har fått rollen.`
    : `${departmentCalled(name)} får ${manager} som chef.`;

function casesSaid({ cases, to }: HandedOverCases): string {
  if (cases.length === 0) return 'Inga öppna ärenden finns att lämna över.';
  const named = cases.slice(0, MOST_NUMBERS).map(({ diarienummer }) => diarienummer);
  const others = cases.length - named.length;
  const listed = `${named.join(', ')}${others === 0 ? '' : ` och ${others} till`}`;
  return `${counted(cases.length, 'öppet ärende', 'öppna ärenden')} får ${to.name} som handläggare genast: ${listed}.`;
}

/** Before somebody's cases are handed over, whose account stays as it is. */
export const handOverQuestion = (handed: HandedOverCases, values: FormValues): QuestionProps => ({
  action: HAND_OVER_PATH,
  said: [
    casesSaid(handed),
    `${handed.to.name} får ett mejl om det. Ärendena går att lämna tillbaka på samma sätt, men också det som ${handed.to.name} redan har följer då med.`,
  ],
  told: [
    { label: HAND_OVER_LABELS.fran, text: handed.from.name },
    { label: HAND_OVER_LABELS.till, text: handed.to.name },
  ],
  carried: carriedOf(values, ['fran', 'till'], HAND_OVER_LABELS),
  yes: 'Ja, lämna över ärendena',
  kind: 'primary',
  cancel: HAND_OVER_PATH,
  mayChange: true,
});

/** Before someone leaves: what goes to whom, and when the account ends. */
export function leaveQuestion(
  { person }: OneColleague,
  handed: HandedOverCases,
  leavesOn: LocalDate,
  values: FormValues,
): QuestionProps {
  return {
    action: `${personHref(person.id)}/sluta`,
    said: [
      casesSaid(handed),
      ...handed.departments.map(({ name, manager }) => withManager(name, manager?.name ?? null)),
      `Från och med ${longDate(leavesOn)} går kontot inte att logga in med. Det går att återöppna, men ärendena kommer inte tillbaka med det.`,
    ],
    told: [
      { label: LABELS.till, text: handed.to.name },
      { label: LABELS.dag, text: longDate(leavesOn) },
    ],
    carried: carriedOf(values, ['till', 'chef', 'dag'], LABELS),
    yes: 'Ja, lämna över och avsluta kontot',
    cancel: personHref(person.id),
    mayChange: true,
  };
}

/** Before someone gets another address: a slip in it would lock them out. */
export function addressQuestion({ id, name, email }: Person, address: string, values: FormValues): QuestionProps {
  return {
    action: `${personHref(id)}/uppgifter`,
    said: [
      `Lösenordet, nycklarna och inloggningarna för ${name} slutar att gälla genast.`,
      `Ett mejl med en länk att välja nytt lösenord med skickas till ${address}; länken gäller i ett dygn. Är adressen felskriven kommer ${name} inte in förrän den är rättad.`,
    ],
    told: [
      { label: 'Adress nu', text: email },
      { label: 'Ny adress', text: address },
    ],
    carried: carriedOf(values, ['grund', 'namn', 'epost', 'titel', 'telefon'], DETAILS_LABELS),
    yes: 'Ja, byt adress',
    cancel: `${personHref(id)}/uppgifter`,
    mayChange: true,
  };
}

/** The roles that an account comes back with, in words. */
function rolesKept({ person, places }: OneColleague): string {
  const kept = places.flatMap(({ board, people }) => {
    const roles = people.find(({ id }) => id === person.id)?.roles ?? [];
    return roles.length === 0 ? [] : [`${rolesInWords(roles)} i ${board.name}`];
  });
  return kept.length === 0 ? 'Kontot öppnas utan roller.' : `Kontot öppnas med rollerna det hade: ${kept.join('; ')}.`;
}

/** Before an account is opened again, or kept that was to end. */
export function reopenQuestion(one: OneColleague, today: LocalDate): QuestionProps {
  const { person } = one;
  const isGone = person.endedOn !== null && person.endedOn <= today;
  const stays = 'Ärenden som är överlämnade blir kvar där de är.';
  const mailed = `Ett mejl med en länk att välja nytt lösenord med skickas till ${person.email}; länken gäller i ett dygn.`;
  return {
    action: `${personHref(person.id)}/ateroppna`,
    said: isGone ? [rolesKept(one), stays, mailed] : ['Kontot avslutas inte.', stays],
    carried: [],
    yes: isGone ? 'Ja, återöppna och mejla länken' : 'Ja, låt kontot vara kvar',
    kind: 'primary',
    cancel: personHref(person.id),
  };
}

interface RolesAsked {
  readonly one: OneColleague;
  readonly place: BoardPeople;
  readonly sent: RolesThere;
  /** Address of the next manager, where one was chosen. */
  readonly manager: string | undefined;
  readonly values: FormValues;
  /** Whether the roles are one's own. */
  readonly isSelf: boolean;
}

/** What goes out of someone's hands with the roles that were chosen. */
function lostWith({ one, place, sent, manager, isSelf }: RolesAsked): string[] {
  const { board, people } = place;
  const had = people.find(({ id }) => id === one.person.id)?.roles ?? [];
  const next = people.find(({ email }) => email === manager?.toLowerCase())?.name ?? manager ?? null;
  const handsOver = manager !== undefined || !sent.roles.includes('manager');
  const led = handsOver ? one.manages.filter((department) => department.board === board.code) : [];
  const said = led.map(({ name }) => withManager(name, next));
  if (sent.roles.length === 0) {
    said.push(`${one.person.name} har sedan ingen roll i ${board.name}, och ser inte dess ärenden längre.`);
  }
  if (isSelf && had.includes('admin') && !sent.roles.includes('admin')) {
    said.push(
      `Du är sedan inte systemförvaltare i ${board.name}, och kan inte själv ta tillbaka rollen. En annan systemförvaltare kan.`,
    );
  }
  return said;
}

/** Before roles that hand something over, or that one cannot take back oneself; null when nothing is to be asked. */
export function rolesQuestion(asked: RolesAsked): QuestionProps | null {
  const { one, place, sent, values } = asked;
  const said = lostWith(asked);
  if (said.length === 0) return null;
  const { board, departments } = place;
  const department = departments.find(({ code }) => code === sent.department)?.name ?? 'Ingen';
  const ticked = sent.roles.map(roleField);
  return {
    action: `${personHref(one.person.id)}/roller`,
    said,
    told: [
      { label: LABELS.roller, text: sent.roles.length === 0 ? 'Ingen' : rolesInWords(sent.roles) },
      { label: LABELS.avdelning, text: department },
    ],
    carried: carriedOf(values, ['namnd', 'grund', ...ticked, 'avdelning', 'nychef'], LABELS),
    yes: 'Ja, spara rollerna',
    cancel: `${personHref(one.person.id)}?namnd=${encodeURIComponent(board.code)}`,
    mayChange: true,
  };
}

/** Before an absence is taken back: who loses what they could do in another's place. */
export const revokeQuestion = ({ id, person, substitute, from, to }: NamedAbsence): QuestionProps => ({
  action: `/franvaro/${id}/ta-tillbaka`,
  said: [
    `Frånvaron ${longDate(from)} till och med ${longDate(to)} tas tillbaka för ${person.name}.`,
    `${substitute.name} får då inte påminnelserna, och får inte göra det som ${person.name} får göra.`,
  ],
  carried: [],
  yes: 'Ja, ta tillbaka frånvaron',
  cancel: '/franvaro',
});
