import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { v7 as uuid } from 'uuid';
import { CLOCK, TODAY, copyOf } from './seed.mjs';

/** So many people, each with one reminder that is due. */
export const DUE = 10_000;

export function makeDue(path) {
  const db = new Database(path);
  db.pragma('synchronous = OFF');
  const at = `${TODAY}T06:30:00.000Z`;
  const cases = db.prepare("SELECT id, answer_due FROM referral WHERE status = 'assigned' LIMIT 500").all();
  const person = db.prepare('INSERT INTO person (id, email, name, created_at) VALUES (?, ?, ?, ?)');
  const role = db.prepare("INSERT INTO person_role VALUES (?, 'BEN', 'officer')");
  const reminder = db.prepare(
    `INSERT INTO reminder (id, referral_id, about, date, "offset", person_id, due_at, state, created_at, changed_at)
     VALUES (?, ?, 'answerDue', ?, -5, ?, ?, 'pending', ?, ?)`,
  );
  db.transaction(() => {
    for (let n = 0; n < DUE; n += 1) {
      const id = uuid();
      const { id: referral, answer_due: due } = cases[n % cases.length];
      person.run(id, `p${n}@example.se`, `Person ${n}`, at);
      role.run(id);
      reminder.run(uuid(), referral, due, id, at, at, at);
    }
  })();
  db.close();
}

async function lineOf(stream) {
  let text = '';
  for await (const part of stream) {
    text += part;
    if (text.includes('\n')) break;
  }
  return text.trim();
}

/** Runs a script of this folder, and gives what it says. */
export const run = async (script, ...args) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (part) => (text += part));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return JSON.parse(text);
};

/** A mail server that only counts, as a process of its own. */
export async function startSink() {
  const sink = spawn(process.execPath, [join(import.meta.dirname, 'smtp-sink-process.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const port = await lineOf(sink.stdout.iterator({ destroyOnReturn: false }));
  return { url: `smtp://127.0.0.1:${port}`, stop: () => sink.kill() };
}

/** 10,000 due reminders to a mail server that only counts, each noted as sent; and the same mails without Diarium. */
export async function reminders(seed) {
  const folder = mkdtempSync(join(tmpdir(), 'diarium-bench-'));
  const sink = await startSink();
  try {
    makeDue(copyOf(seed, folder));
    const ours = await run('reminders-process.mjs', 'ours', sink.url, folder, CLOCK);
    const raw = await run('reminders-process.mjs', 'raw', sink.url, folder, CLOCK);
    return { ours, raw };
  } finally {
    sink.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
