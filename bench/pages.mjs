import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ms } from './figures.mjs';
import { serve } from './processes.mjs';
import { CLOCK, TODAY, copyOf, seeded } from './seed.mjs';

const PEOPLE = ['registrar', 'officer1', 'manager', 'secretary', 'director', 'reader', 'admin'];
const WARM_UP = 5;
const VISITS = 60;
/** As large as the figures are asked for. */
const LARGEST = 100_000;

const cookieOf = (name) => createHash('sha256').update(name).digest('base64url');

/** Everyone signed in, and the reminders on days that are near, so that no page is empty. */
function prepare(path) {
  const db = new Database(path);
  const admin = db.prepare('INSERT INTO person (id, email, name, created_at) VALUES (?, ?, ?, ?)');
  admin.run('admin', 'admin@example.se', 'admin', CLOCK);
  db.prepare('INSERT INTO person_role (person_id, board, role) VALUES (?, ?, ?)').run('admin', 'BEN', 'admin');
  const session = db.prepare(`INSERT INTO session (id, person_id, signed_in_by, created_at, last_seen_at, expires_at)
    SELECT ?, id, 'password', ?, ?, ? FROM person WHERE email = ?`);
  for (const name of PEOPLE) {
    const id = createHash('sha256').update(cookieOf(name)).digest('hex');
    session.run(id, CLOCK, CLOCK, `${TODAY.slice(0, 4)}-12-31T00:00:00.000Z`, `${name}@example.se`);
  }
  db.prepare(`UPDATE reminder SET due_at = "date" || 'T06:30:00.000Z' WHERE "date" > ?`).run(TODAY);
  // What is done each morning has been done, as it has at most hours of a day.
  const done = db.prepare('INSERT INTO lease (name, holder, until, last_done_at) VALUES (?, ?, ?, ?)');
  for (const name of ['past-meetings', 'reconciliation']) done.run(name, 'bench', CLOCK, CLOCK);
  const one = (sql) => db.prepare(sql).pluck().get();
  const found = {
    case: one("SELECT r.id FROM referral r JOIN person p ON p.id = r.officer_id WHERE p.name = 'officer1' AND r.status = 'assigned' LIMIT 1"),
    meeting: one("SELECT id FROM meeting WHERE state = 'planned' ORDER BY date LIMIT 1"),
    colleague: one("SELECT id FROM person WHERE name = 'officer1'"),
  }; // prettier-ignore
  db.close();
  return found;
}

const pagesOf = (found) => [
  ['Bevakning', '/bevakning'],
  ['Bevakning, the board’s', '/bevakning?visa=namnden'],
  ['Bevakning, the board’s next cases', '/bevakning?visa=namnden&krav=2&kommande=2'],
  ['Ärendet', `/arenden/${found.case}`],
  ['Registrera', '/registrera'],
  ['one case’s details', `/arenden/${found.case}/andra`],
  ['the list', '/arenden'],
  ['search', '/arenden?q=trygghet%20buller'],
  ['Sammanträden', '/sammantraden'],
  ['one meeting', `/sammantraden/${found.meeting}`],
  ['Påminnelser', '/paminnelser'],
  ['Medarbetare', '/medarbetare'],
  ['one colleague', `/medarbetare/${found.colleague}`],
  ['one colleague’s details', `/medarbetare/${found.colleague}/uppgifter`],
  ['Avdelningar', '/avdelningar'],
  ['Frånvaro', '/franvaro'],
  ['handing over', '/overlamna'],
  ['Mitt konto', '/konto'],
];

/** From the request to the last byte, as it comes over the wire. */
function visit(url, name) {
  const headers = { cookie: `diarium-session=${cookieOf(name)}`, 'accept-encoding': 'br, gzip', accept: 'text/html' };
  const began = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (part) => (bytes += part.length));
      answer.on('end', () => resolve({ status: answer.statusCode, bytes, took: performance.now() - began }));
    }).on('error', reject);
  });
}

async function measure(url, name) {
  const first = await visit(url, name);
  if (first.status === 403 || first.status === 404) return null;
  if (first.status !== 200) throw new Error(`${url} as ${name}: ${first.status}`);
  for (let n = 0; n < WARM_UP; n += 1) await visit(url, name);
  const took = [];
  for (let n = 0; n < VISITS; n += 1) took.push((await visit(url, name)).took);
  took.sort((a, b) => a - b);
  return { p50: took[VISITS / 2], p95: took[Math.floor(VISITS * 0.95)], kB: first.bytes / 1000 };
}

async function everyPage(size, { seeds, add }) {
  const folder = mkdtempSync(join(tmpdir(), 'diarium-bench-'));
  const found = prepare(copyOf(await seeded(seeds, size), folder));
  const diarium = await serve('dist/main.js', { DATA_DIR: folder, DIARIUM_CLOCK: CLOCK, MORNING_REPORT: 'off' });
  try {
    for (const [page, path] of pagesOf(found)) {
      for (const name of PEOPLE) {
        const measured = await measure(diarium.url + path, name);
        if (measured === null) continue;
        const { p50, p95, kB } = measured;
        add(
          `${page}, as ${name}`,
          size,
          `${ms(p50)} (p95 ${ms(p95)}), ${kB.toFixed(0)} kB`,
          '',
          '',
          'under 30 ms, 100 kB',
        );
      }
    }
  } finally {
    await diarium.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each page, for everyone who may see it. */
export const pages = {
  name: 'pages',
  title: 'Pages',
  engine: 'sqlite',
  baseline: `No baseline. From the request to the last byte over one connection, and kilobytes over the wire, compressed as
browsers ask for; the middle of ${VISITS} visits.`,
  lacks: () => null,
  async run(options) {
    for (const size of options.sizes.filter((one) => one <= LARGEST)) await everyPage(size, options);
  },
};
