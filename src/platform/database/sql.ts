import type { Database, Statement } from 'better-sqlite3';
import { QueryFailedError, type EntityManager } from 'typeorm';

const numbered = new Map<string, string>();
/** Lists and searches have texts of many kinds: they are begun anew before there are too many. */
const MOST_NUMBERED = 2_000;

const prepared = new Map<string, string>();
/** So many texts of one process at the most, so that no connection is filled with them. */
const MOST_PREPARED = 200;

/**
 * Has PostgreSQL parse this text once on each connection and keep its plan, for what nearly every request asks. Not for
 * what is planned by its values, such as words to search for. SQLite's driver keeps every statement by itself.
 */
export function often(text: string): string {
  if (prepared.size >= MOST_PREPARED) return text;
  const query = numberPlaceholders(text);
  if (!prepared.has(query)) prepared.set(query, `diarium_${prepared.size}`);
  return text;
}

/** The name of a text that was given to `often`, as PostgreSQL's driver gets it. */
export const preparedName = (numberedText: string): string | undefined => prepared.get(numberedText);

/** `?` placeholders as `$1, $2 …` for PostgreSQL. Our SQL has no question mark of any other meaning. */
function numberPlaceholders(text: string): string {
  const known = numbered.get(text);
  if (known !== undefined) return known;
  let n = 0;
  const made = text.replace(/\?/g, () => `$${++n}`);
  if (numbered.size >= MOST_NUMBERED) numbered.clear();
  numbered.set(text, made);
  return made;
}

export const onPostgres = (em: EntityManager): boolean => em.dataSource.options.type === 'postgres';

/**
 * A column that is only checked, in rows that an index of something else gives. SQLite, which has not counted what the
 * tables hold, would rather begin with the column's own index; PostgreSQL has, and counts wrong what is not a bare column.
 */
export const checkedOnly = (em: EntityManager, column: string): string => (onPostgres(em) ? column : `${column} || ''`);

/**
 * For the end of a query that another one sorts and cuts off: the database then finds its rows by what they are asked for.
 * Else it walks an index in the order of the outer one, in the hope that enough of them come soon.
 */
export const foundFirst = (em: EntityManager): string => (onPostgres(em) ? 'OFFSET 0' : 'LIMIT -1');

interface Outcome<T> {
  readonly rows: T[];
  readonly affected: number;
}

async function execute<T>(em: EntityManager, text: string, params: readonly unknown[]): Promise<Outcome<T>> {
  if (!onPostgres(em)) return onSqlite<T>(em, text, params);
  const query = numberPlaceholders(text);
  if (em.queryRunner) {
    const result = await em.queryRunner.query(query, [...params], true);
    return { rows: result.records as T[], affected: result.affected ?? result.records.length };
  }
  const rows: unknown = await em.dataSource.query(query, [...params]);
  return { rows: Array.isArray(rows) ? (rows as T[]) : [], affected: 0 };
}

const MOST_STATEMENTS = 500;
const statements = new WeakMap<Database, Map<string, Statement<unknown[]>>>();

/** A statement of the connection, the oldest of which is forgotten when there are too many. */
function statementOf(db: Database, text: string): Statement<unknown[]> {
  const known = statements.get(db) ?? new Map<string, Statement<unknown[]>>();
  const found = known.get(text);
  if (found) return found;
  const made = db.prepare<unknown[]>(text);
  statements.set(db, known.set(text, made));
  const oldest = known.keys().next();
  if (known.size > MOST_STATEMENTS && !oldest.done) known.delete(oldest.value);
  return made;
}

/** SQLite's errors have a code, which is kept also where their class is that of another realm, as under Jest. */
const asError = (error: unknown): Error =>
  error instanceof Error || (typeof error === 'object' && error !== null && 'code' in error)
    ? (error as Error)
    : new Error(String(error));

/**
 * Straight to TypeORM's one connection, inside of its transaction where there is one: a registration is some twenty
 * statements, and its query runner asks listeners that we have none of before and after each.
 */
function onSqlite<T>(em: EntityManager, text: string, params: readonly unknown[]): Outcome<T> {
  if (em.queryRunner?.isReleased === true) throw new Error('a statement after the end of its unit of work');
  const { databaseConnection: db } = em.dataSource.driver as unknown as { readonly databaseConnection: Database };
  try {
    const statement = statementOf(db, text);
    if (!statement.reader) return { rows: [], affected: statement.run(...params).changes };
    const rows = statement.all(...params) as T[];
    return { rows, affected: rows.length };
  } catch (error) {
    throw new QueryFailedError(text, [...params], asError(error));
  }
}

/** Rows of a query, `?` for each parameter. Alike on SQLite and PostgreSQL, `RETURNING` included. */
export async function rows<T>(em: EntityManager, text: string, params: readonly unknown[] = []): Promise<T[]> {
  return (await execute<T>(em, text, params)).rows;
}

/** The first row, or null. */
export async function row<T>(em: EntityManager, text: string, params: readonly unknown[] = []): Promise<T | null> {
  return (await rows<T>(em, text, params))[0] ?? null;
}

/** How many rows a write changed. For use inside a unit of work. */
export async function change(em: EntityManager, text: string, params: readonly unknown[] = []): Promise<number> {
  return (await execute(em, text, params)).affected;
}

/** `?, ?, ?` for a list of so many values. An empty list gives NULL, which nothing equals. */
export const marks = (count: number): string =>
  count === 0 ? 'NULL' : Array.from({ length: count }, () => '?').join(', ');

/** Inserts rows in one statement, `onConflict` (for example `ON CONFLICT DO NOTHING`) at its end. */
export async function insertRows(
  em: EntityManager,
  table: string,
  columns: readonly string[],
  values: readonly (readonly unknown[])[],
  onConflict = '',
): Promise<number> {
  let inserted = 0;
  const slice = Math.max(1, Math.floor(900 / columns.length));
  for (let from = 0; from < values.length; from += slice) {
    const part = values.slice(from, from + slice);
    const tuples = part.map(() => `(${marks(columns.length)})`).join(', ');
    const names = columns.map((name) => `"${name}"`).join(', ');
    inserted += await change(em, `INSERT INTO "${table}" (${names}) VALUES ${tuples} ${onConflict}`, part.flat());
  }
  return inserted;
}
