import { expect, it } from '@jest/globals';
import { ReferralRow } from '../../../../src/features/referrals/referral.entity.js';
import { UnitOfWork } from '../../../../src/platform/database/unit-of-work.js';
import { change } from '../../../../src/platform/database/sql.js';
import { caseStage } from '../arende/case-stage.js';

const stage = caseStage();

/** As many more as the case that is there, but for what tells them apart. */
async function copies(from: number, to: number): Promise<void> {
  await stage.app.provider(UnitOfWork).run(async (tx) => {
    const columns = tx.dataSource.getMetadata(ReferralRow).columns.map(({ databaseName }) => databaseName);
    const own: Readonly<Record<string, string>> = {
      id: `'copy-' || n`,
      number: 'n',
      number_key: `'copy-' || n`,
      diarienummer: `'EÅV 2023/' || n`,
    };
    await change(
      tx,
      `WITH RECURSIVE "numbers" (n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM "numbers" WHERE n < ${to})
       INSERT INTO "referral" (${columns.map((name) => `"${name}"`).join(', ')})
       SELECT ${columns.map((name) => own[name] ?? `"${name}"`).join(', ')} FROM "referral", "numbers" WHERE "number" = 1`,
      [],
    );
  });
}

const shown = async (krav: number): Promise<string | undefined> => {
  const { body } = await (await stage.plainAs('registrar')).get(`/bevakning?visa=namnden&krav=${krav}`);
  expect(body).toContain('id="krav"');
  return /[^>]*visas\.(<a href="[^"]*">[^<]*<\/a>)*/
    .exec(body)?.[0]
    .replace(/<a href="([^"]*)">/g, ' [')
    .replaceAll('</a>', ']');
};

it('Bevakning counts to 500, says when there are more, and then leads to the list of cases', async () => {
  await stage.register({ answerDue: undefined });
  await copies(2, 500);
  expect(await shown(1)).toBe('1–30 av 500 visas. [Visa nästa]');
  expect(await shown(17)).toBe('481–500 av 500 visas. [Visa föregående]');
  await copies(501, 502);
  expect(await shown(1)).toBe('1–30 av fler än 500 visas. [Visa nästa]');
  expect(await shown(17)).toBe('481–501 av fler än 500 visas. [Visa föregående] [Sök fram fler bland ärendena]');
  expect(await shown(18)).toBe('1–30 av fler än 500 visas. [Visa nästa]');
  const { body } = await (await stage.plainAs('registrar')).get('/bevakning?visa=namnden');
  expect(body).toContain('Fler än 500 öppna remisser, fler än 500 kräver åtgärd');
}, 60_000);
