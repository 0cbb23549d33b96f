import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { v7 as uuid } from 'uuid';
import { GENESIS, sealOf } from '../build/features/journal/journal.js';
import { addDays, localDate, yearOf } from '../build/domain/calendar/local-date.js';
import { matchKey } from '../build/domain/referral/diarienummer.js';
import { leadTimes } from '../build/domain/timetable/lead-times.js';
import { planCase } from '../build/features/referrals/case-plan.js';
import { openDatabase } from '../build/platform/database/open-database.js';
import { ENTITIES } from '../build/schema.js';

/** The day on which every measured process begins. */
export const TODAY = localDate('2026-03-02');
export const CLOCK = `${TODAY}T09:00:00.000Z`;
/** One case in so many is open. */
const OPEN_EVERY = 20;
const OFFICERS = 8;
const SENDERS = ['Kommunstyrelsen', 'Trafiknämnden', 'Länsstyrelsen', 'Miljönämnden', 'Socialdepartementet'];
const WORDS = [
  'trygghet', 'översiktsplan', 'skola', 'bibliotek', 'trafik', 'buller', 'klimat', 'upphandling', 'lokaler', 'förening',
  'detaljplan', 'riktlinjer', 'taxa', 'budget', 'äldreomsorg', 'förskola', 'park', 'belysning', 'vatten', 'cykel',
]; // prettier-ignore

export const BOARD = {
  code: 'BEN',
  name: 'Bänknämnden',
  administration: null,
  numberPattern: '{code} {year}/{number}',
  leadTimes: leadTimes({}),
  closedDays: new Set(),
};

export const token = (name) => `diar_${name.padEnd(43, 'x')}`;
const hashOf = (text) => createHash('sha256').update(text).digest('hex');

/** A random number that is the same at each run. */
function dice(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function people(db) {
  const at = '2020-01-01T08:00:00.000Z';
  const person = db.prepare('INSERT INTO person (id, email, name, created_at) VALUES (?, ?, ?, ?)');
  const role = db.prepare('INSERT INTO person_role (person_id, board, role) VALUES (?, ?, ?)');
  const key = db.prepare('INSERT INTO api_token (id, person_id, hash, label, created_at) VALUES (?, ?, ?, ?, ?)');
  const add = (name, roles) => {
    const id = uuid();
    person.run(id, `${name}@example.se`, name, at);
    for (const one of roles) role.run(id, 'BEN', one);
    key.run(uuid(), id, hashOf(token(name)), 'bench', at);
    return id;
  };
  db.prepare('INSERT INTO board (code, name, number_pattern, lead_times, closed_days, created_at) VALUES (?, ?, ?, ?, ?, ?)').run(
    'BEN', BOARD.name, BOARD.numberPattern, '{}', '[]', at,
  ); // prettier-ignore
  const manager = add('manager', ['manager']);
  db.prepare('INSERT INTO department (board, code, name, manager_id) VALUES (?, ?, ?, ?)').run(
    'BEN',
    'AVD',
    'Avdelningen',
    manager,
  );
  add('registrar', ['registrar']);
  add('secretary', ['secretary']);
  add('director', ['director']);
  add('reader', ['reader']);
  return Array.from({ length: OFFICERS }, (_, n) => add(`officer${n}`, ['officer']));
}

function meetings(db) {
  const insert = db.prepare(
    "INSERT INTO meeting (id, board, date, time, state, created_at) VALUES (?, 'BEN', ?, '18:00', 'planned', ?)",
  );
  const made = [];
  for (let day = addDays(TODAY, 10); made.length < 12; day = addDays(day, 28)) {
    const meeting = {
      id: uuid(),
      board: 'BEN',
      date: day,
      time: '18:00',
      place: null,
      adjustmentOn: null,
      dispatchOn: null,
      state: 'planned',
    };
    insert.run(meeting.id, day, '2020-01-01T08:00:00.000Z');
    made.push(meeting);
  }
  return made;
}

/** A few plans, worked out by the rules themselves, that the seeded cases share. */
function planner(planned) {
  const known = new Map();
  return (referral) => {
    const key = `${referral.answerDue} ${referral.status}`;
    if (!known.has(key))
      known.set(
        key,
        planCase({ referral, board: BOARD, meetings: planned, choice: { kind: 'recommended' }, today: TODAY }).referral,
      );
    const { timetable, meetingId, workBy, dueKey, adjustment, nextStep, nextStepOn, noMeetingSince } = known.get(key);
    return { ...referral, timetable, meetingId, workBy, dueKey, adjustment, nextStep, nextStepOn, noMeetingSince };
  };
}

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function fill(db, size) {
  const officers = people(db);
  const planned = meetings(db);
  const plan = planner(planned);
  const roll = dice(7);
  const columns = db
    .prepare('PRAGMA table_info(referral)')
    .all()
    .map(({ name }) => name);
  const insert = db.prepare(
    `INSERT INTO referral (${columns.map((c) => `"${c}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const event = db.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const reminder = db.prepare(
    'INSERT INTO reminder (id, referral_id, about, date, "offset", person_id, due_at, state, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const perYear = Math.ceil(size / 6);
  const start = Date.parse('2020-06-01T08:00:00.000Z');
  const pace = (Date.parse('2026-03-01T15:00:00.000Z') - start) / size;
  const last = new Map();
  let hash = GENESIS;
  for (let n = 0; n < size; n += 1) {
    const at = new Date(start + n * pace);
    const registeredAt = at.toISOString();
    const registeredOn = registeredAt.slice(0, 10);
    const year = yearOf(registeredOn);
    const number = (last.get(year) ?? 0) + 1;
    last.set(year, number);
    const open = n % OPEN_EVERY === 0;
    const sender = SENDERS[roll(SENDERS.length)];
    const id = uuid({ msecs: at.getTime() });
    const base = {
      id, version: 1, board: 'BEN', year, number, diarienummer: `BEN ${year}/${number}`, numberKey: matchKey(`BEN ${year}/${number}`),
      title: `Remiss om ${WORDS[roll(20)]}, ${WORDS[roll(20)]} och ${WORDS[roll(20)]}`, internalTitle: null, sender,
      senderKey: sender.toLowerCase(), senderReference: `KS ${year}/${n}`, senderReferenceKey: matchKey(`KS ${year}/${n}`),
      receivedOn: registeredOn, registeredAt, registeredOn, registeredBy: officers[0], documentDate: null,
      answerDue: open ? addDays(TODAY, 5 + roll(300)) : addDays(registeredOn, 60), answerDueTime: null, answerTo: null, dueKey: null,
      workBy: null, officerId: officers[roll(OFFICERS)], officerSince: registeredOn, department: 'AVD', meetingId: null, route: 'meeting',
      routeChosen: 0, status: open ? 'assigned' : 'closed', statusBefore: open ? null : 'expedited', dormantSince: null, adjustment: 'not-needed',
      adjustmentReason: null, adjustmentSignedAt: null, timetable: [], steps: [], plannedOn: registeredOn, noMeetingSince: null, nextStep: null,
      nextStepOn: null, decision: null, secrecy: null, answerSentOn: open ? null : registeredOn, answerSentHow: null, cancellation: null,
      duplicateReason: null, note: null,
    }; // prettier-ignore
    const row = open ? plan(base) : { ...base, dueKey: base.answerDue, workBy: base.answerDue };
    const stored = Object.fromEntries(
      Object.entries(row).map(([k, v]) => [snake(k), typeof v === 'object' && v !== null ? JSON.stringify(v) : v]),
    );
    insert.run(columns.map((column) => stored[column] ?? null));
    if (open) {
      for (const { milestone, date } of row.timetable) {
        reminder.run(
          uuid(),
          id,
          milestone === 'meeting' ? 'dispatch' : milestone === 'appealEnds' ? 'notice' : milestone,
          date,
          -1 - (milestone.length % 5),
          row.officerId,
          `${addDays(date, 400)}T06:30:00.000Z`,
          'pending',
          registeredAt,
          registeredAt,
        );
      }
    }
    const e = { chain: 'BEN', seq: n + 1, id: uuid({ msecs: at.getTime() }), at: registeredAt, actorId: officers[0], actorName: 'bench', what: 'referral-registered', subjectType: 'referral', subjectId: id, before: null, after: JSON.stringify({ title: row.title }) }; // prettier-ignore
    const seal = sealOf(hash, e);
    event.run(
      e.chain,
      e.seq,
      e.id,
      e.at,
      e.actorId,
      e.actorName,
      e.what,
      e.subjectType,
      e.subjectId,
      e.before,
      e.after,
      hash,
      seal,
    );
    hash = seal;
    if (n % perYear === 0) process.stderr.write(`  ${n} of ${size}\r`);
  }
  db.prepare('INSERT INTO journal_head VALUES (?, ?, ?)').run('BEN', size, hash);
  const series = db.prepare('INSERT INTO series VALUES (?, ?, ?)');
  for (const [year, number] of last) series.run('BEN', year, number);
}

/**
 * Brings the schema of an older seed up to date, and leaves one file that can be copied: without the statistics that it
 * may have, since Diarium gathers none on SQLite.
 */
async function broughtUpToDate(path) {
  const opened = await openDatabase({ kind: 'sqlite', path }, ENTITIES);
  await opened.read.destroy();
  await opened.write.destroy();
  const db = new Database(path);
  db.exec('DROP TABLE IF EXISTS sqlite_stat1');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('journal_mode = DELETE');
  db.close();
}

/** A database of so many cases, made once in `folder` and given back as its path. */
export async function seeded(folder, size) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `seed-${size}.db`);
  if (existsSync(path)) {
    await broughtUpToDate(path);
    return path;
  }
  const making = `${path}.making`;
  for (const tail of ['', '-wal', '-shm']) rmSync(making + tail, { force: true });
  const opened = await openDatabase({ kind: 'sqlite', path: making }, ENTITIES);
  await opened.read.destroy();
  await opened.write.destroy();
  const db = new Database(making);
  db.pragma('synchronous = OFF');
  db.pragma('journal_mode = WAL');
  db.transaction(() => fill(db, size))();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('journal_mode = DELETE');
  db.close();
  renameSync(making, path);
  return path;
}

/** A copy of a seeded database to be used up. */
export function copyOf(path, to) {
  mkdirSync(to, { recursive: true });
  const copy = join(to, 'diarium.db');
  copyFileSync(path, copy);
  return copy;
}
