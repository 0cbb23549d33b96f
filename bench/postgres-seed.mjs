import Database from 'better-sqlite3';
import pg from 'pg';
import { closeDatabase, openDatabase } from '../build/platform/database/open-database.js';
import { ENTITIES } from '../build/schema.js';
import { sql } from './servers.mjs';

/** What the seed fills, each after what it refers to. */
const TABLES = [
  'board', 'person', 'person_role', 'department', 'api_token', 'meeting', 'series', 'referral', 'reminder', 'journal',
  'journal_head',
]; // prettier-ignore
const AT_ONCE = 2_000;

async function copyTable(client, source, table) {
  let slice = [];
  const columns = source.pragma(`table_info("${table}")`).map(({ name }) => `"${name}"`);
  const names = columns.join(', ');
  const text = `INSERT INTO "${table}" (${names}) SELECT ${names} FROM json_populate_recordset(NULL::"${table}", $1)`;
  const write = async () => {
    if (slice.length > 0) await client.query(text, [JSON.stringify(slice)]);
    slice = [];
  };
  for (const row of source.prepare(`SELECT * FROM "${table}"`).iterate()) {
    slice.push(row);
    if (slice.length === AT_ONCE) await write();
  }
  await write();
}

/** Makes a database of a SQLite seed, for copies of it to be used up; one that the server has already is brought up to date. */
export async function postgresSeed(server, path, name) {
  const known = await sql(server.url('postgres'), `SELECT 1 FROM pg_database WHERE datname = '${name}'`);
  if (known.length === 0) await sql(server.url('postgres'), `CREATE DATABASE ${name}`);
  await closeDatabase(await openDatabase({ kind: 'postgres', url: server.url(name) }, ENTITIES));
  if (known.length > 0) return;
  const source = new Database(path, { readonly: true });
  const client = new pg.Client({ connectionString: server.url(name) });
  await client.connect();
  await client.query('BEGIN');
  for (const table of TABLES) await copyTable(client, source, table);
  await client.query('COMMIT');
  await client.query('VACUUM ANALYZE');
  await client.end();
  source.close();
}

/** A copy of a database, given to `use` as its address, and dropped after it. */
export async function withCopy(server, seed, name, use) {
  const makes = [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, `CREATE DATABASE ${name} TEMPLATE ${seed}`];
  await sql(server.url('postgres'), ...makes);
  try {
    return await use(server.url(name));
  } finally {
    await sql(server.url('postgres'), `DROP DATABASE ${name} WITH (FORCE)`);
  }
}
