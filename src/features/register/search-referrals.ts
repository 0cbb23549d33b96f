import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.js';
import { boardsSeen, type Actor } from '../people/actor.js';
import { itemOf } from '../referrals/list-referrals.js';
import type { ReferralPage } from '../referrals/referral.dto.js';
import { SearchPort, type SearchQuery } from '../referrals/search.port.js';
import { numberTerms } from './number-terms.js';
import type { SearchEngine } from './search-engine.js';
import { byNumber, numberIds, type FoundRow, type SearchScope, type Statement } from './search-statements.js';
import { wordTerms, type WordTerm } from './word-terms.js';

const MOST_HITS = 20;
const NEWEST = Number.MAX_SAFE_INTEGER;

/** Where the next page begins: among hits by number or by words, below a place in the order of registration. */
const placeInSearch = z.tuple([z.literal('q'), z.enum(['numbers', 'words']), z.int().min(-NEWEST).max(NEWEST)]);

const cursorAt = (phase: 'numbers' | 'words', below: number): string => encodeCursor(['q', phase, below]);

/** A search as far as it has come. */
interface Search {
  readonly scope: SearchScope;
  /** Null when the text is no number. */
  readonly ids: Statement | null;
  readonly terms: readonly WordTerm[];
  readonly limit: number;
}

interface Hits {
  readonly rows: readonly FoundRow[];
  readonly next: string | null;
}

/** Finds cases: first those whose number the text can be, then those that have all its words. */
export class SearchReferrals extends SearchPort {
  constructor(private readonly engine: SearchEngine) {
    super();
  }

  async search(actor: Actor, query: SearchQuery): Promise<ReferralPage> {
    const [, phase, below] =
      query.cursor === undefined ? (['q', 'numbers', NEWEST] as const) : decodeCursor(query.cursor, placeInSearch);
    const boards = boardsSeen(actor).filter((board) => query.board === undefined || board === query.board);
    if (boards.length === 0) return { items: [], next: null };
    const scope = { actor, boards, query, checkedBoard: this.engine.checkedBoard };
    const numbers = numberTerms(query.q, boards);
    const search: Search = {
      scope,
      ids: numbers && numberIds(scope, numbers),
      terms: wordTerms(query.q),
      limit: Math.min(query.limit, MOST_HITS),
    };
    const { rows, next } =
      phase === 'words' ? await this.words(search, below, search.limit) : await this.all(search, below);
    return { items: rows.map((row) => itemOf(actor, row)), next };
  }

  /** Hits by number, and what room they leave filled with hits by words. */
  private async all(search: Search, below: number): Promise<Hits> {
    const { scope, ids, limit } = search;
    const found = ids ? await this.engine.rows(byNumber(scope, ids, below, limit + 1)) : [];
    const numbered = found.slice(0, limit);
    const last = numbered.at(-1);
    if (last && found.length > limit) return { rows: numbered, next: cursorAt('numbers', last.seq) };
    if (numbered.length === limit) return { rows: numbered, next: cursorAt('words', NEWEST) };
    const { rows, next } = await this.words(search, NEWEST, limit - numbered.length);
    return { rows: [...numbered, ...rows], next };
  }

  private async words({ scope, ids, terms }: Search, below: number, room: number): Promise<Hits> {
    if (terms.length === 0) return { rows: [], next: null };
    const question = { terms, numberIds: ids, below, want: room + 1 };
    const { rows, reached, ended } = await this.engine.byWords(scope, question);
    const page = rows.slice(0, room);
    const last = page.at(-1);
    if (last && rows.length > room) return { rows: page, next: cursorAt('words', last.seq) };
    return { rows: page, next: ended || reached === null ? null : cursorAt('words', reached) };
  }
}
