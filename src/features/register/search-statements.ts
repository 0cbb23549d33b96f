import { marks } from '../../platform/database/sql.js';
import type { Actor } from '../people/actor.js';
import {
  LISTED,
  LISTED_FROM,
  addFilters,
  addOpenable,
  isFiltered,
  type ListedRow,
} from '../referrals/list-referrals.js';
import type { SearchQuery } from '../referrals/search.port.js';
import type { NumberTerms } from './number-terms.js';

/** A hit: a row of the list, and its place in the order of registration. */
export interface FoundRow extends ListedRow {
  readonly seq: number;
}

export interface Statement {
  readonly text: string;
  readonly params: readonly unknown[];
}

/** Who asks, for what, and which boards' cases may be hits. */
export interface SearchScope {
  readonly actor: Actor;
  readonly boards: readonly string[];
  readonly query: SearchQuery;
  /** The board of a case that something else has found, as the database wants it written (`checkedOnly`). */
  readonly checkedBoard: string;
}

/** A sender's number may be on many cases; a page needs no more than these of them. */
const MOST_BY_SENDER = 200;

/** SQL that is put together with its parameters in order. */
class Parts {
  readonly texts: string[] = [];
  readonly params: unknown[] = [];

  readonly add = (text: string, ...params: readonly unknown[]): void => {
    this.texts.push(text);
    this.params.push(...params);
  };

  joined(by: string): Statement {
    return { text: this.texts.join(by), params: this.params };
  }
}

/** Secret cases that the person may not open are left out, as far as the query is by facts of the case. */
function openable({ actor, boards }: SearchScope): Statement {
  const parts = new Parts();
  addOpenable(actor, boards, parts.add);
  return parts.joined(' AND ');
}

const and = ({ text, params }: Statement): Statement =>
  text === '' ? { text, params } : { text: ` AND ${text}`, params };

function bySender(scope: SearchScope, condition: string, values: readonly unknown[]): Statement {
  const { text, params } = and(openable(scope));
  const boards = `${scope.checkedBoard} IN (${marks(scope.boards.length)})`;
  return {
    text: `SELECT "id" FROM (SELECT r."id" FROM "referral" r
      WHERE ${condition} AND r."sender_reference_key" IS NOT NULL AND ${boards}${text} LIMIT ${MOST_BY_SENDER}) s`,
    params: [...values, ...scope.boards, ...params],
  };
}

/** Ids of the cases that a number can mean, each way to read it through an index of its own. */
export function numberIds(scope: SearchScope, { own, keys, prefix }: NumberTerms): Statement {
  const parts = new Parts();
  const boards = marks(scope.boards.length);
  const key = `r."board" IN (${boards}) AND r."number_key" IN (${marks(keys.length)})`;
  parts.add(`SELECT r."id" FROM "referral" r WHERE ${key}`, ...scope.boards, ...keys);
  for (const [board, numbers] of own) {
    for (const { year, number } of numbers) {
      if (year !== null) {
        const exact = 'r."board" = ? AND r."year" = ? AND r."number" = ?';
        parts.add(`SELECT r."id" FROM "referral" r WHERE ${exact}`, board, year, number);
      } else {
        // CROSS JOIN keeps SQLite on the few years of the series, each with one number to look for.
        const everyYear = '"series" y CROSS JOIN "referral" r WHERE r."board" = y."board" AND r."year" = y."year"';
        parts.add(`SELECT r."id" FROM ${everyYear} AND r."number" = ? AND y."board" = ?`, number, board);
      }
    }
  }
  const sender = bySender(scope, `r."sender_reference_key" IN (${marks(keys.length)})`, keys);
  parts.add(sender.text, ...sender.params);
  if (prefix !== null) {
    const longer = 'r."sender_reference_key" >= ? AND r."sender_reference_key" < ?';
    const more = bySender(scope, longer, [`${prefix} `, `${prefix}!`]);
    parts.add(more.text, ...more.params);
  }
  return parts.joined(' UNION ');
}

/** Hits by number below a place, newest first. A secret one is among them by its own number, and is shown masked. */
export function byNumber(scope: SearchScope, ids: Statement, below: number, limit: number): Statement {
  const parts = new Parts();
  parts.add(`r."id" IN (${ids.text})`, ...ids.params);
  parts.add('e."seq" < ?', below);
  addFilters(scope.query, parts.add);
  if (isFiltered(scope.query)) addOpenable(scope.actor, scope.boards, parts.add);
  const { text, params } = parts.joined(' AND ');
  return {
    text: `SELECT e."seq", ${LISTED} FROM ${LISTED_FROM} JOIN "search_entry" e ON e."referral_id" = r."id"
      WHERE ${text} ORDER BY e."seq" DESC LIMIT ?`,
    params: [...params, limit],
  };
}

/** Conditions on every hit by words: board, secrecy, and that it has not been found by number already. */
export function wordScope(scope: SearchScope, ids: Statement | null): Statement {
  const parts = new Parts();
  parts.add(`${scope.checkedBoard} IN (${marks(scope.boards.length)})`, ...scope.boards);
  addOpenable(scope.actor, scope.boards, parts.add);
  if (ids) parts.add(`r."id" NOT IN (${ids.text})`, ...ids.params);
  return parts.joined(' AND ');
}

/** The filters of the list, or what always holds. */
export function filtersOf(scope: SearchScope): Statement {
  const parts = new Parts();
  addFilters(scope.query, parts.add);
  return parts.texts.length === 0 ? { text: '1 = 1', params: [] } : parts.joined(' AND ');
}

/** A hit as the index of words gives it. */
export interface Hit {
  readonly seq: number;
  readonly id: string;
}

/**
 * Hits by words below a place, newest first, read from the index of words one by one. For SQLite. Rows have no more
 * than what it takes to judge them, since many may be judged before a page is full.
 */
export function byWords(scope: SearchScope, expression: string, ids: Statement | null, below: number): Statement {
  const filters = filtersOf(scope);
  const within = wordScope(scope, ids);
  return {
    // CROSS JOIN keeps SQLite from beginning anywhere but at the index of words.
    text: `SELECT w."rowid" AS "seq", CASE WHEN ${filters.text} THEN 1 ELSE 0 END AS "kept", r."id"
      FROM "search_words" w CROSS JOIN "search_entry" e CROSS JOIN "referral" r
      WHERE w."search_words" MATCH ? AND w."rowid" < ? AND e."seq" = w."rowid" AND r."id" = e."referral_id"
        AND ${within.text} ORDER BY w."rowid" DESC`,
    params: [...filters.params, expression, below, ...within.params],
  };
}

/** The rows of hits, newest first; one that has become secret meanwhile is left out. */
export function rowsOf(scope: SearchScope, hits: readonly Hit[]): Statement {
  const within = wordScope(scope, null);
  return {
    text: `SELECT e."seq", ${LISTED} FROM ${LISTED_FROM} JOIN "search_entry" e ON e."referral_id" = r."id"
      WHERE r."id" IN (${marks(hits.length)}) AND ${within.text} ORDER BY e."seq" DESC`,
    params: [...hits.map(({ id }) => id), ...within.params],
  };
}
