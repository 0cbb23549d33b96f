import type { EntityManager } from 'typeorm';

const numbered = new Map<string, string>();

/** `?` placeholders as `$1, $2 …` for PostgreSQL. Our SQL has no question mark of any other meaning. */
function numberPlaceholders(text: string): string {
  const known = numbered.get(text);
  if (known !== undefined) return known;
  let n = 0;
  const made = text.replace(/\?/g, () => `$${++n}`);
  numbered.set(text, made);
  return made;
}

const forDriver = (em: EntityManager, text: string): string =>
  em.dataSource.options.type === 'postgres' ? numberPlaceholders(text) : text;

interface Outcome<T> {
  readonly rows: T[];
  readonly affected: number;
}

async function execute<T>(em: EntityManager, text: string, params: readonly unknown[]): Promise<Outcome<T>> {
  const query = forDriver(em, text);
  if (em.queryRunner) {
    const result = await em.queryRunner.query(query, [...params], true);
    return { rows: result.records as T[], affected: result.affected ?? result.records.length };
  }
  const rows: unknown = await em.dataSource.query(query, [...params]);
  return { rows: Array.isArray(rows) ? (rows as T[]) : [], affected: 0 };
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
