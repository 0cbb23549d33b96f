import { expect, it } from '@jest/globals';
import { caseStage, type Who } from '../arende/case-stage.js';

const stage = caseStage();

const inMenu = async (who: Who): Promise<string | undefined> => {
  const { body } = await (await stage.plainAs(who)).get('/arenden');
  return />Bevakning<\/span><span class="n hot"[^>]*>([^<]+)</.exec(body)?.[1];
};

it('The menu counts what waits for the person up to 99, and nothing for a reader', async () => {
  for (let n = 1; n <= 99; n += 1) await stage.register({ answerDue: undefined });
  expect(await inMenu('registrar')).toBe('99');
  await stage.register({ answerDue: undefined });
  expect(await inMenu('registrar')).toBe('99+');
  for (const who of ['officer', 'reader'] as const) expect(await inMenu(who)).toBeUndefined();
});
