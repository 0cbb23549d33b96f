import type { ReadDatabase } from '../../platform/database/read-database.js';
import type { ReadResult } from '../../platform/database/read-task.js';
import { rows } from '../../platform/database/sql.js';
import { LISTED, LISTED_FROM } from '../referrals/list-referrals.js';
import { SearchEngine, type WordQuestion } from './search-engine.js';
import { filtersOf, wordScope, type FoundRow, type SearchScope, type Statement } from './search-statements.js';
import { tsqueryExpression } from './word-terms.js';

/** Full-text search of PostgreSQL; the server does the reading, so nothing waits here. */
export class PostgresSearch extends SearchEngine {
  constructor(private readonly db: ReadDatabase) {
    super();
  }

  async rows({ text, params }: Statement): Promise<readonly FoundRow[]> {
    const found = await rows<FoundRow>(this.db.manager, text, params);
    return found.map((row) => ({ ...row, seq: Number(row.seq) }));
  }

  async byWords(scope: SearchScope, { terms, numberIds, below, want }: WordQuestion): Promise<ReadResult<FoundRow>> {
    const filters = filtersOf(scope);
    const within = wordScope(scope, numberIds);
    const found = await this.rows({
      text: `SELECT e."seq", ${LISTED} FROM ${LISTED_FROM} JOIN "search_entry" e ON e."referral_id" = r."id"
        WHERE e."words" @@ (to_tsquery('swedish', ?) || to_tsquery('simple', ?)) AND e."seq" < ? AND ${within.text} AND ${filters.text}
        ORDER BY e."seq" DESC LIMIT ?`,
      params: [
        tsqueryExpression(terms, 'A'),
        tsqueryExpression(terms, 'D'),
        below,
        ...within.params,
        ...filters.params,
        want,
      ],
    });
    return { rows: found, reached: found.at(-1)?.seq ?? null, ended: found.length < want };
  }
}
