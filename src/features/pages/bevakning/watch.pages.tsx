import { Controller, Get, Query } from '@nestjs/common';
import type { VNode } from 'preact';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { Done } from '../../../platform/web/components/callout.js';
import { Page } from '../../../platform/web/page.js';
import { BoardRepository, type Board } from '../../boards/board.repository.js';
import { LeftToDo } from '../../organisation/left-to-do.js';
import { boardsAdministered, boardsSeen, isAdminOf, rolesOn, type Actor } from '../../people/actor.js';
import { PeopleRepository } from '../../people/people.repository.js';
import { weekdayDate } from '../../reminders/templates/day-words.js';
import { counted } from '../arende/words/days.js';
import { capital } from '../lista/capital.js';
import { Frame } from '../frame/frame.js';
import { welcome } from '../frame/role-words.js';
import { MOST_IN_MENU } from '../frame/menu-counts.js';
import { CurrentVisit, type Visit } from '../frame/visit.js';
import { withQuery } from '../lista/case-address.js';
import type { LinkChoice } from '../lista/views/link-choices.js';
import { SearchBox } from '../lista/views/search-box.js';
import { LeftToDoView, StandsInTheWay } from '../medarbetare/views/left-to-do-view.js';
import { VacantDepartments } from '../medarbetare/views/vacant-departments.js';
import { LeaversCases } from './leavers-cases.js';
import { NoCasesSeen } from '../lista/views/no-cases-seen.js';
import { WatchView, atMost, openCount, type Vacancies, type WatchViewProps } from './views/watch-view.js';
import { MOST_COUNTED, WatchList, type WatchPage } from './watch-list.js';
import { canAct, usualScope, type WatchScope } from './watch-scope.js';

const PATH = '/bevakning';
const SCOPE_WORDS: Record<WatchScope, string> = { mine: 'mina', department: 'avdelningen', board: 'namnden' };
/** So many are shown at a time, and no further than a list is counted. */
const AT_A_TIME = { inNeed: 30, toCome: 15 };
const NO_VACANCIES: Vacancies = { administered: [], others: [] };

type List = keyof typeof AT_A_TIME;

/** The page of a list in the address: `krav=2`. */
const PAGE_WORDS: Record<List, string> = { inNeed: 'krav', toCome: 'kommande' };
const LISTS: readonly List[] = ['inNeed', 'toCome'];

/** What is asked for in the address, as far as the person may have it. */
interface Choice {
  readonly scope: WatchScope;
  readonly board: string | undefined;
  /** How many of each list come before the part that is asked for. */
  readonly from: Readonly<Record<List, number>>;
}

interface Place {
  readonly actor: Actor;
  readonly boards: readonly Board[];
  /** As `board/code`. */
  readonly departments: readonly string[];
}

type Notes = Pick<WatchViewProps, 'leaversCases' | 'vacancies' | 'leftToDo'>;

/** The start page: what needs an act, why and by when. */
@Controller('bevakning')
export class WatchPages {
  constructor(
    private readonly frame: Frame,
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly boards: BoardRepository,
    private readonly people: PeopleRepository,
    private readonly list: WatchList,
    private readonly leavers: LeaversCases,
    private readonly left: LeftToDo,
  ) {}

  @Get()
  @Page()
  async show(@CurrentVisit() visit: Visit, @Query() query: Readonly<Record<string, unknown>>): Promise<string> {
    const { actor } = visit;
    const greeting =
      query['meddelande'] === 'valkommen' ? welcome([...actor.roles.values()].flatMap((there) => [...there])) : null;
    if (boardsSeen(actor).length === 0) return this.nothingToWatch(visit, greeting);
    const place = await this.placeOf(actor);
    const choice = choiceOf(query, place);
    const codes = place.boards.map(({ code }) => code).filter((code) => [undefined, code].includes(choice.board));
    const watched = { scope: choice.scope, boards: codes, departments: place.departments };
    const page = await this.list.execute(actor, watched, {
      inNeed: { from: choice.from.inNeed, length: AT_A_TIME.inNeed },
      toCome: { from: choice.from.toCome, length: AT_A_TIME.toCome },
    });
    return this.frame.page(visit, {
      title: 'Bevakning',
      lede: this.lede(page, choice) + (await this.ownCount(actor, choice, page)),
      current: 'watch',
      beside: <SearchBox />,
      content: (
        <>
          <Done text={greeting} />
          {this.content(page, choice, place, {
            leaversCases: await this.leavers.execute(actor, codes),
            vacancies: await this.vacanciesOf(actor, codes),
            leftToDo: await this.leftToDo(actor, codes),
          })}
        </>
      ),
    });
  }

  /** Departments without a manager, for who can see to it that they get one: alone or by asking. */
  private async vacanciesOf(actor: Actor, boards: readonly string[]): Promise<Vacancies> {
    const own = boards.filter((board) => isAdminOf(actor, board) || rolesOn(actor, board).has('registrar'));
    if (own.length === 0) return NO_VACANCIES;
    const found = await this.people.vacantDepartments(this.db.manager, own, this.clock.today());
    return {
      administered: found.filter(({ board }) => isAdminOf(actor, board)),
      others: found.filter(({ board }) => !isAdminOf(actor, board)),
    };
  }

  /** What the boards lack before their work can begin: for administrators to do, for registrars to ask for. */
  private async leftToDo(actor: Actor, boards: readonly string[]): Promise<VNode> {
    const administered = boardsAdministered(actor);
    const registers = boards.filter((board) => rolesOn(actor, board).has('registrar') && !isAdminOf(actor, board));
    const { manager } = this.db;
    return (
      <>
        <LeftToDoView lacking={await this.left.at(manager, administered)} reader={actor.personId} />
        <StandsInTheWay lacking={await this.left.at(manager, registers)} />
      </>
    );
  }

  /** Of who only administers, or has no role: says where to go on. */
  private async nothingToWatch(visit: Visit, greeting: string | null): Promise<string> {
    const administered = boardsAdministered(visit.actor);
    const { administered: vacant } = await this.vacanciesOf(visit.actor, administered);
    const content = (
      <>
        <Done text={greeting} />
        {await this.leftToDo(visit.actor, [])}
        <VacantDepartments departments={vacant} reader="administrator" />
        <NoCasesSeen administers={administered.length > 0} />
      </>
    );
    const lede = `${capital(weekdayDate(this.clock.today()))}.`;
    return this.frame.page(visit, { title: 'Bevakning', lede, content });
  }

  private content(page: WatchPage, choice: Choice, place: Place, notes: Notes) {
    const today = this.clock.today();
    const closed = new Map(place.boards.map((board) => [board.code, board.closedDays]));
    return (
      <WatchView
        page={page}
        {...notes}
        scopes={scopeLinks(choice, place)}
        boards={boardLinks(choice, place)}
        readOn={(board) => ({ today, closed: closed.get(board) ?? new Set() })}
        mayRegister={place.boards.some(({ code }) => rolesOn(place.actor, code).has('registrar'))}
        atATime={AT_A_TIME}
        partHref={(list, from) => hrefOf({ ...choice, from: { ...fromOf(page), [list]: from } }, list)}
      />
    );
  }

  private lede({ inNeed, toCome }: WatchPage, { scope }: Choice): string {
    const count = openCount({ inNeed, toCome });
    const open = counted(count, 'öppen remiss', 'öppna remisser').replace(/^\d+/, atMost(count));
    const need = inNeed.count === 0 ? 'ingen kräver åtgärd' : `${atMost(inNeed.count)} kräver åtgärd`;
    const whose = scope === 'mine' ? ' av dig' : '';
    return `${capital(weekdayDate(this.clock.today()))}. ${capital(open)}, ${need}${whose}.`;
  }

  /** How many of them need an act of one's own, which is what the number in the menu counts. */
  private async ownCount(actor: Actor, { scope, board }: Choice, { inNeed }: WatchPage): Promise<string> {
    if (!canAct(actor) || inNeed.count === 0) return '';
    if (scope === 'mine') return board === undefined ? ' Det är siffran i menyn.' : '';
    const count = await this.list.ownInNeed(actor);
    const said = count > MOST_IN_MENU ? `fler än ${MOST_IN_MENU}` : String(count);
    return count === 0
      ? ' Ingen av dem väntar på dig.'
      : ` ${capital(said)} av dem väntar på dig: det är siffran i menyn.`;
  }

  private async placeOf(actor: Actor): Promise<Place> {
    const boards = await this.boards.boards(this.db.manager, boardsSeen(actor));
    const person = await this.people.findById(this.db.manager, actor.personId);
    const own =
      person?.departmentBoard && person.departmentCode && `${person.departmentBoard}/${person.departmentCode}`;
    const departments = [...new Set([...actor.manages, ...(own ? [own] : [])])];
    const isSeen = (one: string): boolean => boards.some(({ code }) => one.startsWith(`${code}/`));
    return { actor, boards, departments: departments.filter(isSeen) };
  }
}

const scopesOf = ({ actor, departments }: Place): WatchScope[] => [
  ...(canAct(actor) ? (['mine'] as const) : []),
  ...(departments.length > 0 ? (['department'] as const) : []),
  'board',
];

function choiceOf(query: Readonly<Record<string, unknown>>, place: Place): Choice {
  const scope = scopesOf(place).find((one) => SCOPE_WORDS[one] === query['visa']) ?? usualScope(place.actor);
  const board = place.boards.find(({ code }) => code === query['namnd'])?.code;
  return { scope, board, from: { inNeed: asked(query, 'inNeed'), toCome: asked(query, 'toCome') } };
}

/** The cases before the page that is asked for; none, where that is no page of what is counted. */
function asked(query: Readonly<Record<string, unknown>>, list: List): number {
  const page = Number(query[PAGE_WORDS[list]] ?? 1);
  const from = (page - 1) * AT_A_TIME[list];
  return Number.isInteger(page) && from > 0 && from < MOST_COUNTED ? from : 0;
}

const FIRST = { inNeed: 0, toCome: 0 };

const fromOf = ({ inNeed, toCome }: WatchPage): Choice['from'] => ({ inNeed: inNeed.from, toCome: toCome.from });

/** @param list the one to begin reading at */
function hrefOf({ scope, board, from }: Choice, list?: List): string {
  const pages = LISTS.map((one) => [PAGE_WORDS[one], from[one] === 0 ? undefined : from[one] / AT_A_TIME[one] + 1]);
  const path = withQuery(PATH, { visa: SCOPE_WORDS[scope], namnd: board, ...Object.fromEntries(pages) });
  return list === undefined ? path : `${path}#${PAGE_WORDS[list]}`;
}

function scopeLinks(choice: Choice, place: Place): LinkChoice[] {
  const labels: Record<WatchScope, string> = {
    mine: 'Mina',
    department: place.departments.length > 1 ? 'Mina avdelningars' : 'Min avdelnings',
    board: place.boards.length > 1 && choice.board === undefined ? 'Nämndernas' : 'Nämndens',
  };
  return scopesOf(place).map((scope) => ({
    label: labels[scope],
    href: hrefOf({ ...choice, scope, from: FIRST }),
    current: scope === choice.scope,
  }));
}

function boardLinks(choice: Choice, { boards }: Place): LinkChoice[] {
  if (boards.length < 2) return [];
  const all = { label: 'Alla nämnder', href: hrefOf({ ...choice, board: undefined, from: FIRST }) };
  return [
    { ...all, current: choice.board === undefined },
    ...boards.map(({ code, name }) => ({
      label: name,
      href: hrefOf({ ...choice, board: code, from: FIRST }),
      current: choice.board === code,
    })),
  ];
}
