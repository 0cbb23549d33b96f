// Another process that reads and then writes in one transaction of a SQLite file, holding it for a while.
// Usage: node holds-the-file.mjs FILE MILLISECONDS. Prints "holding" once it has the file, "done" after the commit.
import Database from 'better-sqlite3';

const [file, milliseconds] = process.argv.slice(2);
const db = new Database(file, { timeout: 20_000 });
db.pragma('foreign_keys = ON');
db.exec('BEGIN IMMEDIATE');
const { last } = db.prepare(`SELECT "last" FROM "series" WHERE "board" = 'KS'`).get();
process.stdout.write('holding\n');
setTimeout(() => {
  db.prepare(`UPDATE "series" SET "last" = ? WHERE "board" = 'KS'`).run(last + 1);
  db.exec('COMMIT');
  db.close();
  process.stdout.write('done\n');
}, Number(milliseconds));
