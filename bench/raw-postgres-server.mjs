import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';
import { v7 as uuid } from 'uuid';
import { matchKey } from '../build/domain/referral/diarienummer.js';

/**
 * The raw baseline on PostgreSQL: bare Fastify and pg, one transaction, the same rows, the rights of the one who asks
 * looked up at each request, and no rules: what it writes is a copy of what Diarium has written for the same body.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE, max: 10 });
const app = Fastify();

async function actorOf(request) {
  const hash = createHash('sha256').update(request.headers.authorization.slice(7)).digest('hex');
  const who = `SELECT p.id FROM api_token t JOIN person p ON p.id = t.person_id WHERE t.hash = $1 AND t.revoked_at IS NULL`;
  const { rows } = await pool.query({ name: 'who', text: who, values: [hash] });
  if (rows.length === 0) throw new Error('401');
  const text = 'SELECT board, role FROM person_role WHERE person_id = $1';
  const roles = await pool.query({ name: 'roles', text, values: [rows[0].id] });
  return [...new Set(roles.rows.map(({ board }) => board))];
}

const LIST = `SELECT r.id, r.board, r.diarienummer, r.title, r.sender, r.sender_reference, r.received_on, r.registered_at,
  r.answer_due, r.work_by, r.status, r.route, r.adjustment, r.department, r.next_step, r.next_step_on, m.date AS meeting,
  p.email AS officer_email, p.name AS officer_name
  FROM referral r LEFT JOIN meeting m ON m.id = r.meeting_id LEFT JOIN person p ON p.id = r.officer_id
  WHERE r.board = $1 AND r.officer_id = (SELECT id FROM person WHERE email = $2) AND r.status NOT IN ('closed', 'cancelled')
  ORDER BY r.due_key, r.id LIMIT 50`;
app.get('/list', async (request) => {
  const boards = await actorOf(request);
  const { rows } = await pool.query({ name: 'list', text: LIST, values: [boards[0], request.query.officer] });
  return { items: rows };
});

const FOUND = LIST.slice(0, LIST.indexOf('WHERE'));
/** The sender's number or the board's own, then words, all of them; no prefixes, no weights, no secrecy. */
const BY_NUMBER = `${FOUND} WHERE r.board = $1 AND (r.number_key = $2 OR r.sender_reference_key = $2)
  ORDER BY r.registered_at DESC LIMIT 20`;
const BY_WORDS = `${FOUND} JOIN search_entry e ON e.referral_id = r.id
  WHERE e.words @@ plainto_tsquery('swedish', $2) AND r.board = $1 ORDER BY e.seq DESC LIMIT 20`;
app.get('/search', async (request) => {
  const [board] = await actorOf(request);
  const { q } = request.query;
  const byNumber = await pool.query({ name: 'number', text: BY_NUMBER, values: [board, matchKey(q)] });
  const byWords = await pool.query({ name: 'words', text: BY_WORDS, values: [board, q] });
  return { items: [...byNumber.rows, ...byWords.rows].slice(0, 20) };
});

const pattern = JSON.parse(process.env.PATTERN);

function insert(client, table, rows) {
  const columns = Object.keys(rows[0]);
  let n = 0;
  const tuples = rows.map(() => `(${columns.map(() => `$${++n}`).join(', ')})`).join(', ');
  const text = `INSERT INTO "${table}" (${columns.map((c) => `"${c}"`).join(', ')}) VALUES ${tuples}`;
  return client.query({ name: `insert ${table}`, text, values: rows.flatMap((row) => Object.values(row)) });
}

async function register(client, { title, sender }) {
  const { referral, reminders, journal } = pattern;
  const take = 'UPDATE series SET last = last + 1 WHERE board = $1 AND year = $2 RETURNING last';
  const { rows: taken } = await client.query(take, ['BEN', referral.year]);
  const id = uuid();
  const number = taken[0].last;
  const [diarienummer, key] = [`BEN ${referral.year}/${number}`, matchKey(`BEN ${referral.year}/${number}`)];
  await insert(client, 'referral', [{ ...referral, id, number, diarienummer, number_key: key, title, sender }]);
  await insert(client, 'reminder', reminders.map((row) => ({ ...row, id: uuid(), referral_id: id }))); // prettier-ignore
  const raise = 'UPDATE journal_head SET count = count + 1 WHERE chain = $1 RETURNING count, hash';
  const { rows: heads } = await client.query(raise, ['BEN']);
  const { count, hash } = heads[0];
  const next = createHash('sha256')
    .update(hash + journal.after)
    .digest('hex');
  await insert(client, 'journal', [
    { ...journal, seq: count, id: uuid(), subject_id: id, prev_hash: hash, hash: next },
  ]);
  await client.query('UPDATE journal_head SET hash = $1 WHERE chain = $2', [next, 'BEN']);
  return { id, diarienummer };
}

app.post('/register', async (request, reply) => {
  await actorOf(request);
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const made = await register(client, request.body);
    await client.query('COMMIT');
    reply.code(201);
    return made;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
});

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
