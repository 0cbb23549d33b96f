import type { ReadDatabase } from '../../platform/database/read-database.js';
import type { ReadResult } from '../../platform/database/read-task.js';
import { row, rows } from '../../platform/database/sql.js';
import { LISTED, LISTED_FROM } from '../referrals/list-referrals.js';
import { SearchEngine, type WordQuestion } from './search-engine.js';
import { filtersOf, wordScope, type FoundRow, type SearchScope, type Statement } from './search-statements.js';
import { tsqueryExpression } from './word-terms.js';

/** Registrations that are looked through one by one. */
export interface Walk {
  /** How many of them. */
  readonly width: number;
  /** What part of the page must have been filled by those before, else the index of words is the shorter way. */
  readonly whenFilled: number;
}

/**
 * Words that many cases have fill a page from the newest registrations; those that few have are few in all, and the
 * index of words gives them. Either way is short, where that index alone gives every hit there has ever been, to be
 * sorted.
 */
const WALKS: readonly Walk[] = [
  { width: 2_000, whenFilled: 0 },
  { width: 20_000, whenFilled: 0 },
  { width: 40_000, whenFilled: 1 / 2 },
];

const ASKED = `(to_tsquery('swedish', ?) || to_tsquery('simple', ?))`;

const walk = (asked: readonly string[], from: number, below: number): Statement => ({
  // What is limited is not merged with what is asked of it, so the rows are taken in their order, one by one.
  text: `(SELECT * FROM (SELECT * FROM "search_entry" WHERE "seq" >= ? AND "seq" < ? ORDER BY "seq" DESC OFFSET 0) n
    WHERE n."words" @@ ${ASKED})`,
  params: [from, below, ...asked],
});

const allBelow = (asked: readonly string[], below: number): Statement => ({
  // Materialized, the hits are gathered from the index of words, however many the planner thinks there are.
  text: `(WITH hit AS MATERIALIZED
      (SELECT "seq", "referral_id" FROM "search_entry" WHERE "words" @@ ${ASKED} AND "seq" < ?) SELECT * FROM hit)`,
  params: [...asked, below],
});

/** Full-text search of PostgreSQL; the server does the reading, so nothing waits here. */
export class PostgresSearch extends SearchEngine {
  readonly checkedBoard = 'r."board"';

  constructor(
    private readonly db: ReadDatabase,
    private readonly walks: readonly Walk[] = WALKS,
  ) {
    super();
  }

  async rows({ text, params }: Statement): Promise<readonly FoundRow[]> {
    const found = await rows<FoundRow>(this.db.manager, text, params);
    return found.map((row) => ({ ...row, seq: Number(row.seq) }));
  }

  async byWords(scope: SearchScope, question: WordQuestion): Promise<ReadResult<FoundRow>> {
    const { want, terms, numberIds } = question;
    const asked = [tsqueryExpression(terms, 'A'), tsqueryExpression(terms, 'D')];
    const found: FoundRow[] = [];
    const look = async (entries: Statement): Promise<void> => {
      found.push(...(await this.among(entries, scope, numberIds, want - found.length)));
    };
    let below = (await this.newestBelow(question.below)) + 1;
    for (const { width, whenFilled } of this.walks) {
      if (found.length === want || below <= 1 || found.length < want * whenFilled) break;
      const from = Math.max(1, below - width);
      await look(walk(asked, from, below));
      below = from;
    }
    if (found.length < want && below > 1) await look(allBelow(asked, below));
    return { rows: found, reached: found.at(-1)?.seq ?? null, ended: found.length < want };
  }

  private async newestBelow(below: number): Promise<number> {
    const text = 'SELECT "seq" FROM "search_entry" WHERE "seq" < ? ORDER BY "seq" DESC LIMIT 1';
    const newest = await row<{ seq: number | string }>(this.db.manager, text, [below]);
    return Number(newest?.seq ?? 0);
  }

  /** The cases of these entries that may be hits, newest first. */
  private among(
    entries: Statement,
    scope: SearchScope,
    numberIds: Statement | null,
    room: number,
  ): Promise<readonly FoundRow[]> {
    const filters = filtersOf(scope);
    const within = wordScope(scope, numberIds);
    return this.rows({
      text: `SELECT e."seq", ${LISTED} FROM ${LISTED_FROM} JOIN ${entries.text} e ON e."referral_id" = r."id"
        WHERE ${within.text} AND ${filters.text} ORDER BY e."seq" DESC LIMIT ${room}`,
      params: [...entries.params, ...within.params, ...filters.params],
    });
  }
}
