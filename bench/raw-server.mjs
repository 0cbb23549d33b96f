import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import Fastify from 'fastify';
import { v7 as uuid } from 'uuid';
import { matchKey } from '../build/domain/referral/diarienummer.js';

/**
 * The raw baseline: bare Fastify and better-sqlite3, one synchronous transaction, the same rows with the same
 * durability, and the rights of the one who asks looked up at each request. No rules: what it writes is a copy of what
 * Diarium has written for the same body.
 */
const db = new Database(process.env.DATABASE);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.pragma('foreign_keys = ON');
db.pragma('cache_size = -16000');

const app = Fastify();
const who = db.prepare(
  'SELECT p.id, p.name, p.email FROM api_token t JOIN person p ON p.id = t.person_id WHERE t.hash = ? AND t.revoked_at IS NULL',
);
const roles = db.prepare('SELECT board, role FROM person_role WHERE person_id = ?');

function actorOf(request) {
  const hash = createHash('sha256').update(request.headers.authorization.slice(7)).digest('hex');
  const person = who.get(hash);
  if (!person) throw new Error('401');
  return { person, boards: [...new Set(roles.all(person.id).map(({ board }) => board))] };
}

const list = db.prepare(`SELECT r.id, r.board, r.diarienummer, r.title, r.sender, r.sender_reference AS senderReference,
  r.received_on AS receivedOn, r.registered_at AS registeredAt, r.answer_due AS answerDue, r.work_by AS workBy, r.status,
  r.route, r.adjustment, r.department, r.next_step AS nextStep, r.next_step_on AS nextStepOn, m.date AS meeting,
  p.email AS officerEmail, p.name AS officerName
  FROM referral r LEFT JOIN meeting m ON m.id = r.meeting_id LEFT JOIN person p ON p.id = r.officer_id
  WHERE r.board || '' = ? AND r.officer_id = (SELECT id FROM person WHERE email = ?) AND r.status NOT IN ('closed', 'cancelled')
  ORDER BY r.due_key, r.id LIMIT 51`);
app.get('/list', (request) => {
  const { boards } = actorOf(request);
  return { items: list.all(boards[0], request.query.officer).slice(0, 50) };
});

/** What Diarium wrote for one registration, taken from the database as a pattern. */
const pattern = JSON.parse(process.env.PATTERN ?? 'null');
const inserts = new Map();
function insertOf(table, row) {
  const columns = Object.keys(row);
  if (!inserts.has(table)) {
    inserts.set(
      table,
      db.prepare(
        `INSERT INTO "${table}" (${columns.map((c) => `"${c}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      ),
    );
  }
  inserts.get(table).run(Object.values(row));
}
const take = db.prepare('UPDATE series SET last = last + 1 WHERE board = ? AND year = ? RETURNING last');
const head = db.prepare('UPDATE journal_head SET count = count + 1 WHERE chain = ? RETURNING count, hash');
const seal = db.prepare('UPDATE journal_head SET hash = ? WHERE chain = ?');

const register = db.transaction((body) => {
  const { referral, reminders, journal } = pattern;
  const { last } = take.get('BEN', referral.year);
  const id = uuid();
  insertOf('referral', {
    ...referral,
    id,
    number: last,
    diarienummer: `BEN ${referral.year}/${last}`,
    number_key: matchKey(`BEN ${referral.year}/${last}`),
    title: body.title,
    sender: body.sender,
  });
  for (const reminder of reminders) insertOf('reminder', { ...reminder, id: uuid(), referral_id: id });
  const { count, hash } = head.get('BEN');
  const next = createHash('sha256')
    .update(hash + journal.after)
    .digest('hex');
  insertOf('journal', { ...journal, seq: count, id: uuid(), subject_id: id, prev_hash: hash, hash: next });
  seal.run(next, 'BEN');
  return { id, diarienummer: `BEN ${referral.year}/${last}` };
});
app.post('/register', (request, reply) => {
  actorOf(request);
  reply.code(201);
  return register.immediate(request.body);
});

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
