import { setImmediate as breathe } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { matchKey } from '../domain/referral/diarienummer.js';
import { knownGaps, unexplained } from '../features/series/series-gaps.js';
import { row, rows } from '../platform/database/sql.js';
import type { Told, Verdict } from './verify.js';

interface Series {
  readonly board: string;
  readonly year: number;
  readonly last: number;
}

interface Numbered {
  readonly number: number;
  readonly diarienummer: string;
  readonly numberKey: string;
}

const SLICE = 1_000;
const NUMBERS =
  'SELECT "number", "diarienummer", "number_key" AS "numberKey" FROM "referral"' +
  ' WHERE "board" = ? AND "year" = ? AND "number" > ? ORDER BY "number" LIMIT ?';
const WITHOUT_SERIES =
  'SELECT DISTINCT r."board", r."year" FROM "referral" r WHERE NOT EXISTS' +
  ' (SELECT 1 FROM "series" s WHERE s."board" = r."board" AND s."year" = r."year") ORDER BY 1, 2';
const TWICE =
  'SELECT "board", min("diarienummer") AS "first", count(*) AS "times" FROM "referral"' +
  ' GROUP BY "board", "number_key" HAVING count(*) > 1 ORDER BY 1, 2';

/**
 * Whether every board and year has its numbers from 1 to the last one taken, each once, but for those that an imported
 * diarium is known to lack, and no two look alike.
 */
export async function verifyNumbers(em: EntityManager, told: Told): Promise<Verdict> {
  const faults: string[] = [];
  const series = await rows<Series>(em, 'SELECT "board", "year", "last" FROM "series" ORDER BY "board", "year"');
  for (const one of series) {
    told(`Nummerserierna: ${one.board} ${one.year} …`);
    await followSeries(em, one, faults);
  }
  for (const { board, year } of await rows<Omit<Series, 'last'>>(em, WITHOUT_SERIES)) {
    faults.push(`${board} ${year}: har ärenden men ingen nummerserie`);
  }
  for (const { board, first, times } of await rows<{ board: string; first: string; times: number }>(em, TWICE)) {
    faults.push(`${board}: ${first} finns ${times} gånger`);
  }
  const count = await row<{ n: number | string }>(em, 'SELECT count(*) AS "n" FROM "referral"');
  const all = series.length === 1 ? 'en serie' : `${series.length} serier`;
  return { seen: `${all} med ${Number(count?.n)} nummer`, faults };
}

async function followSeries(em: EntityManager, { board, year, last }: Series, faults: string[]): Promise<void> {
  const say = (what: string): void => void faults.push(`${board} ${year}: ${what}`);
  const known = await knownGaps(em, board, year);
  const sayMissing = (from: number, to: number): void => {
    for (const left of unexplained({ from, to }, known)) say(gap(left.from, left.to));
  };
  let before = 0;
  for (;;) {
    const slice = await rows<Numbered>(em, NUMBERS, [board, year, before, SLICE]);
    for (const { number, diarienummer, numberKey } of slice) {
      if (number === before) say(`nummer ${number} finns flera gånger`);
      else if (number !== before + 1) sayMissing(before + 1, number - 1);
      if (numberKey !== matchKey(diarienummer)) say(`${diarienummer} söks som ${numberKey}`);
      before = number;
    }
    if (slice.length < SLICE) break;
    await breathe();
  }
  if (before < last) sayMissing(before + 1, last);
  if (before > last) say(`serien står på ${last}, men nummer ${before} är taget`);
}

const gap = (first: number, last: number): string =>
  first === last ? `nummer ${first} saknas` : `nummer ${first} till ${last} saknas`;
