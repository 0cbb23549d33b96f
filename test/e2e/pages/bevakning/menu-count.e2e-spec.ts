import { expect, it } from '@jest/globals';
import { caseStage, type Who } from '../arende/case-stage.js';

const stage = caseStage();

const pageAs = async (who: Who, path: string): Promise<string> => (await (await stage.plainAs(who)).get(path)).body;

const numberIn = (body: string): string | undefined =>
  />Bevakning<\/span><span class="n hot"[^>]*>([^<]+)</.exec(body)?.[1];

const inMenu = async (who: Who): Promise<string | undefined> => numberIn(await pageAs(who, '/arenden'));

it('The menu counts what waits for the person up to 99, and nothing for a reader', async () => {
  for (let n = 1; n <= 99; n += 1) await stage.register({ answerDue: undefined });
  expect(await inMenu('registrar')).toBe('99');
  await stage.register({ answerDue: undefined });
  expect(await inMenu('registrar')).toBe('99+');
  for (const who of ['officer', 'reader'] as const) expect(await inMenu(who)).toBeUndefined();
  const asked = [
    '/bevakning?visa=namnden',
    '/bevakning?visa=mina',
    '/bevakning?visa=mina&krav=2',
    '/bevakning?visa=mina&krav=4',
  ];
  const watched = await Promise.all(asked.map((path) => pageAs('registrar', path)));
  expect(watched.map(numberIn)).toEqual(['99+', '99+', '99+', '99+']);
  const numbers = watched.map((body) =>
    [...body.matchAll(/href="\/arenden\/[^"]+">([^<]+)</g)].map(([, number]) => number),
  );
  expect(numbers.map(({ length }) => length)).toEqual([30, 30, 30, 10]);
  expect(new Set(numbers.slice(1).flat()).size).toBe(70);
  expect(watched[1]).toContain('1–30 av 100 visas.');
  expect(watched[1]).toContain('href="/bevakning?visa=mina&amp;krav=2#krav"');
  expect(watched[2]).toContain('31–60 av 100 visas.');
  expect(watched[2]).toContain('href="/bevakning?visa=mina#krav"');
  for (const krav of ['5', '0', '-1', '1e9', 'x', '1.5']) {
    const body = await pageAs('registrar', `/bevakning?visa=mina&krav=${krav}`);
    expect(/[^>]*visas\./.exec(body)?.[0]).toBe('1–30 av 100 visas.');
  }
  for (const body of watched) expect(body).toContain('100 öppna remisser, 100 kräver åtgärd');
  expect(watched[0]).toContain('Fler än 99 av dem väntar på dig: det är siffran i menyn.');
});
