/** Plain column types that SQLite and PostgreSQL store and compare alike (docs/adr/0005-instants-as-text.md). */
const varchar = (length: number) => ({ type: 'varchar', length }) as const;

/** A UUID in text. */
export const ID = varchar(36);
/** A civil day, `YYYY-MM-DD`. */
export const DAY = varchar(10);
/** An instant, ISO 8601 in UTC with milliseconds. */
export const INSTANT = varchar(24);
/** A board's code. */
export const BOARD = varchar(12);
export const CODE = varchar(24);
export const CODE40 = varchar(40);
/** `HH:MM`. */
export const TIME = varchar(5);
/** SHA-256 in hex. */
export const HASH = varchar(64);
export const METHOD = varchar(8);
export const LINE255 = varchar(255);
/** The longest e-mail address (RFC 5321). */
export const LINE320 = varchar(320);
export const LINE = varchar(500);
export const LINE1000 = varchar(1000);
/** JSON in text; parsed by the repository that owns the table. */
export const JSON_TEXT = { type: 'text' } as const;
export const TEXT = { type: 'text' } as const;
export const INTEGER = { type: 'integer' } as const;

/** The same column, named and allowed to be null. */
export const nullable = <C extends object>(column: C) => ({ ...column, nullable: true }) as const;
/** The same column under another name in the table. */
export const named = <C extends object>(name: string, column: C) => ({ ...column, name });
