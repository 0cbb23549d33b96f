import type { ReadPool } from '../../platform/database/read-pool.js';
import type { ReadResult } from '../../platform/database/read-task.js';
import { SearchEngine, type WordQuestion } from './search-engine.js';
import { byWords, rowsOf, type FoundRow, type Hit, type SearchScope, type Statement } from './search-statements.js';
import { ftsExpression } from './word-terms.js';

/** How long the index of words is read for one page, in milliseconds; then the page ends with what there is. */
const LONGEST_MS = 2_000;

const NOTHING: ReadResult<FoundRow> = { rows: [], reached: null, ended: true };

/** FTS5 in worker threads. */
export class SqliteSearch extends SearchEngine {
  readonly checkedBoard = `r."board" || ''`;

  constructor(private readonly pool: ReadPool) {
    super();
  }

  async rows(statement: Statement): Promise<readonly FoundRow[]> {
    return (await this.pool.run<FoundRow>(statement)).rows;
  }

  async byWords(scope: SearchScope, { terms, numberIds, below, want }: WordQuestion): Promise<ReadResult<FoundRow>> {
    const statement = byWords(scope, ftsExpression(scope.boards, terms), numberIds, below);
    try {
      const hits = await this.pool.run<Hit>({ ...statement, take: { want, ms: LONGEST_MS } });
      const rows = hits.rows.length === 0 ? [] : await this.rows(rowsOf(scope, hits.rows));
      // The last of a full page is the first of the next, should one before it have become secret meanwhile.
      const reached = hits.reached !== null && hits.rows.length >= want ? hits.reached + 1 : hits.reached;
      return { rows, reached, ended: hits.ended };
    } catch (error) {
      // A letter that the tokenizer of this SQLite does not know as one makes an expression that it refuses.
      if (error instanceof Error && error.message.startsWith('fts5:')) return NOTHING;
      throw error;
    }
  }
}
