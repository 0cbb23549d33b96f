import type { ReadResult } from '../../platform/database/read-task.js';
import type { FoundRow, SearchScope, Statement } from './search-statements.js';
import type { WordTerm } from './word-terms.js';

/** What is asked of the index of words. */
export interface WordQuestion {
  readonly terms: readonly WordTerm[];
  /** Ids of hits by number, which are not told twice. */
  readonly numberIds: Statement | null;
  /** Only hits registered before this place. */
  readonly below: number;
  readonly want: number;
}

/** How a database is searched without holding up the requests beside it. */
export abstract class SearchEngine {
  /** `SearchScope.checkedBoard`. */
  abstract readonly checkedBoard: string;
  abstract rows(statement: Statement): Promise<readonly FoundRow[]>;
  /** Stops at `want` hits, or after a time with those it has; `reached` is where to go on. */
  abstract byWords(scope: SearchScope, question: WordQuestion): Promise<ReadResult<FoundRow>>;
}
