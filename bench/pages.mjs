import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
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

/** What has been typed of a letter by a sender with a fifth of all cases, and in words that many titles have. */
const LETTER = {
  namnd: 'BEN', titel: 'Remiss om trygghet, buller och trafik', avsandare: 'Kommunstyrelsen', avsandarens: 'KS 2026/1',
  inkom: TODAY, svar: '2026-04-30',
}; // prettier-ignore

const pagesOf = (found) => [
  ['Bevakning', '/bevakning'],
  ['Bevakning, the board’s', '/bevakning?visa=namnden'],
  ['Bevakning, the board’s next cases', '/bevakning?visa=namnden&krav=2&kommande=2'],
  ['Ärendet', `/arenden/${found.case}`],
  ['Registrera', '/registrera'],
  ['the plan while registering is typed', '/registrera/forhandsvisa', LETTER],
  ['the receipt', `/registrera/kvitto/${found.case}`],
  ['one case’s details', `/arenden/${found.case}/andra`],
  ['to assign it', `/arenden/${found.case}/fordela`],
  ['to choose its meeting', `/arenden/${found.case}/sammantrade`],
  ['to ask for more time', `/arenden/${found.case}/anstand`],
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
function visit(url, { cookie, form }) {
  const headers = { ...(cookie && { cookie }), 'accept-encoding': 'br, gzip', accept: 'text/html' };
  const body = form && new URLSearchParams(form).toString();
  // As the script of the page asks for the plan.
  if (body) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', 'x-part': 'plan' });
  const began = performance.now();
  return new Promise((resolve, reject) => {
    request(url, { method: body ? 'POST' : 'GET', headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (part) => (bytes += part.length));
      answer.on('end', () => resolve({ status: answer.statusCode, bytes, took: performance.now() - began }));
    })
      .on('error', reject)
      .end(body);
  });
}

/** A form as a person has it, with the token of its page; nothing for those who do not get the page. */
async function filledIn(url, cookie, fields) {
  const [, token] =
    /name="_token" value="([^"]+)"/.exec(await (await fetch(url, { headers: { cookie } })).text()) ?? [];
  return { ...fields, _token: token ?? '' };
}

async function measure(url, asked) {
  const first = await visit(url, asked);
  if (first.status === 403 || first.status === 404) return null;
  if (first.status !== 200) throw new Error(`${url}: ${first.status}`);
  for (let n = 0; n < WARM_UP; n += 1) await visit(url, asked);
  const took = [];
  for (let n = 0; n < VISITS; n += 1) took.push((await visit(url, asked)).took);
  took.sort((a, b) => a - b);
  return { p50: took[VISITS / 2], p95: took[Math.floor(VISITS * 0.95)], kB: first.bytes / 1000 };
}

async function everyPage(size, { seeds, add }) {
  const folder = mkdtempSync(join(tmpdir(), 'diarium-bench-'));
  const found = prepare(copyOf(await seeded(seeds, size), folder));
  const diarium = await serve('dist/main.js', { DATA_DIR: folder, DIARIUM_CLOCK: CLOCK, MORNING_REPORT: 'off' });
  const tell = (page, { p50, p95, kB }) =>
    add(page, size, `${ms(p50)} (p95 ${ms(p95)}), ${kB.toFixed(0)} kB`, '', '', 'under 30 ms, 100 kB');
  try {
    tell('signing in', await measure(`${diarium.url}/logga-in`, {}));
    for (const [page, path, fields] of pagesOf(found)) {
      for (const name of PEOPLE) {
        const cookie = `diarium-session=${cookieOf(name)}`;
        const form = fields && (await filledIn(`${diarium.url}/registrera`, cookie, fields));
        const measured = await measure(diarium.url + path, { cookie, form });
        if (measured !== null) tell(`${page}, as ${name}`, measured);
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
