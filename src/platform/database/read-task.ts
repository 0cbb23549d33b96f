/** A query that a worker is to run on its own read-only connection. */
export interface ReadTask {
  readonly text: string;
  readonly params: readonly unknown[];
  /** Without it, all rows are read. */
  readonly take?: Take;
}

/**
 * Reads rows one by one, keeps those whose column `kept` is 1, and stops at `want` of them or after `ms` milliseconds.
 * Each row has its place in the column `seq`.
 */
export interface Take {
  readonly want: number;
  readonly ms: number;
}

export interface ReadResult<T> {
  readonly rows: readonly T[];
  /** The `seq` of the last row that was looked at; null when none was, or all rows were asked for. */
  readonly reached: number | null;
  /** Whether there was nothing more to read. */
  readonly ended: boolean;
}

/** What a worker answers: the result, or what went wrong. */
export type ReadReply =
  | { readonly ok: true; readonly result: ReadResult<unknown> }
  | { readonly ok: false; readonly message: string; readonly code: string };
