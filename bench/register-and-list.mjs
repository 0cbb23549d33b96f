import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import Database from 'better-sqlite3';
import { median } from './figures.mjs';
import { serve } from './processes.mjs';
import { CLOCK, copyOf, token } from './seed.mjs';

export const BODY = {
  board: 'BEN',
  title: 'Remiss av program för trygghet i hela nämnden',
  sender: 'Kommunstyrelsen',
  receivedOn: '2026-03-02',
  answerDue: '2026-05-15',
  officer: 'officer0@example.se',
};
export const OFFICER = 'officer1';

const bearer = (name) => ({ authorization: `Bearer ${token(name)}` });

/** Requests of one kind against one server. */
export async function load(base, { path, ...options }, seconds, connections) {
  const url = base + path;
  const result = await autocannon({ url, duration: seconds, connections, ...options });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers that are no success, ${result.errors} errors`);
  }
  const { p50, p97_5: p975, p99 } = result.latency;
  return { perSecond: result['2xx'] / result.duration, p50, p975, p99 };
}

export const registering = (path) => ({
  method: 'POST',
  path,
  headers: { ...bearer('registrar'), 'content-type': 'application/json' },
  body: JSON.stringify(BODY),
});

export const listing = (path) => ({ method: 'GET', path, headers: bearer(OFFICER) });

/** The rows that Diarium wrote for its first registration, for the baseline to write again. */
function patternFrom(path) {
  const db = new Database(path, { readonly: true });
  const referral = db.prepare('SELECT * FROM referral ORDER BY registered_at DESC, id DESC LIMIT 1').get();
  // What leaves at once may have left by now: as written, each row waits.
  const written = db.prepare('SELECT * FROM reminder WHERE referral_id = ?').all(referral.id);
  const reminders = written.map((row) => ({ ...row, state: 'pending', mail_id: null }));
  const journal = db.prepare('SELECT * FROM journal WHERE subject_id = ?').get(referral.id);
  db.close();
  return { referral, reminders, journal };
}

/** Diarium and its baseline on copies of one seeded database, one after the other, in turns. */
export async function registerAndList(seed, { seconds, turns }) {
  const folder = mkdtempSync(join(tmpdir(), 'diarium-bench-'));
  try {
    const ours = join(folder, 'ours');
    copyOf(seed, ours);
    // The day's work by itself is left out: nothing is due at the clock's day.
    const diarium = await serve('dist/main.js', { DATA_DIR: ours, DIARIUM_CLOCK: CLOCK, MORNING_REPORT: 'off' });
    const idleMb = diarium.pss();
    const first = await fetch(`${diarium.url}/api/v1/referrals`, registering(''));
    if (first.status !== 201) throw new Error(await first.text());
    const pattern = patternFrom(join(ours, 'diarium.db'));
    const raw = await serve(
      'bench/raw-server.mjs',
      { DATABASE: copyOf(seed, join(folder, 'raw')), PATTERN: JSON.stringify(pattern) },
      '/',
    );
    const rows = [];
    const measure = async (work, connections, oursOptions, rawOptions) => {
      const best = { ours: [], raw: [] };
      for (let turn = 0; turn < turns; turn += 1) {
        best.raw.push(await load(raw.url, rawOptions, seconds, connections));
        best.ours.push(await load(diarium.url, oursOptions, seconds, connections));
      }
      rows.push({ work, connections, ours: median(best.ours), raw: median(best.raw) });
    };
    const page = `/api/v1/referrals?officer=${OFFICER}@example.se&status=open&limit=50`;
    await load(diarium.url, listing(page), 1, 4);
    await load(raw.url, listing(`/list?officer=${OFFICER}@example.se`), 1, 4);
    await measure('list 50 open', 1, listing(page), listing(`/list?officer=${OFFICER}@example.se`));
    await measure('list 50 open', 16, listing(page), listing(`/list?officer=${OFFICER}@example.se`));
    await measure('register', 1, registering('/api/v1/referrals'), registering('/register'));
    await measure('register', 16, registering('/api/v1/referrals'), registering('/register'));
    await diarium.stop();
    await raw.stop();
    return { rows, idleMb, firstAnswerMs: diarium.firstAnswerMs, rowsWritten: 4 + pattern.reminders.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
