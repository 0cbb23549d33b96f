import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { ReadReply, ReadResult, ReadTask, Take } from './read-task.js';

/** The body of a worker thread: runs one read at a time on a read-only connection of its own. */
const db = new Database(String(workerData.path), { readonly: true, fileMustExist: true, timeout: 2_000 });
db.pragma('cache_size = -8000');

type Row = Record<string, unknown>;
const MOST_STATEMENTS = 50;
const statements = new Map<string, Database.Statement<unknown[], Row>>();

function statementOf(text: string): Database.Statement<unknown[], Row> {
  const known = statements.get(text);
  if (known) return known;
  if (statements.size >= MOST_STATEMENTS) statements.clear();
  const made = db.prepare<unknown[], Row>(text);
  statements.set(text, made);
  return made;
}

function taken(rows: Iterable<Row>, { want, ms }: Take): ReadResult<Row> {
  const until = performance.now() + ms;
  const kept: Row[] = [];
  let reached: number | null = null;
  for (const row of rows) {
    reached = Number(row['seq']);
    if (row['kept'] === 1) kept.push(row);
    if (kept.length >= want || performance.now() >= until) return { rows: kept, reached, ended: false };
  }
  return { rows: kept, reached, ended: true };
}

function run({ text, params, take }: ReadTask): ReadReply {
  try {
    const statement = statementOf(text);
    if (take) return { ok: true, result: taken(statement.iterate(...params), take) };
    return { ok: true, result: { rows: statement.all(...params), reached: null, ended: true } };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { ok: false, message: error instanceof Error ? error.message : String(error), code };
  }
}

parentPort?.on('message', (task: ReadTask) => parentPort?.postMessage(run(task)));
