import { beforeEach, describe, expect, it } from '@jest/globals';
import { textOf } from '../lista/page-visits.js';
import { caseStage } from './case-stage.js';

const stage = caseStage();
let id: string;

beforeEach(async () => {
  id = await stage.assigned();
  await stage.act(id, 'registrar', 'meeting', { route: 'chair', reason: 'Nämnden kan inte avvaktas' });
  stage.noonOf('2023-10-02');
  await stage.act(id, 'officer', 'steps', { step: 'draft' });
  await stage.act(id, 'secretary', 'decision', { outcome: 'adopted', by: 'Ordföranden' });
});

const page = async (path: string): Promise<string> => textOf((await (await stage.plainAs('registrar')).get(path)).body);

describe('what has been done', () => {
  it('stands on the day on which it was done, with the day that was planned', async () => {
    stage.noonOf('2023-10-03');
    await stage.act(id, 'registrar', 'answer');
    const seen = await page(`/arenden/${id}`);
    expect(seen).toContain('2 oktober 2023 Beslut');
    expect(seen).toContain('Beslutat planerat 26 oktober 2023');
    const list = seen.slice(seen.indexOf('Datum och regler'));
    expect(list.indexOf('2 oktober 2023 Beslut')).toBeLessThan(list.indexOf('3 oktober 2023 Svaret skickas'));
    expect(seen).not.toContain('Laga kraft');
  });

  it('is said to be late in plain words when it is not', async () => {
    stage.noonOf('2023-10-12');
    expect(await page('/bevakning')).toContain('Försenat 7 arbetsdagar (skulle ha gått 3 okt)');
  });

  it('is marked as done in a calendar, in days as they are read', async () => {
    stage.noonOf('2023-10-03');
    await stage.act(id, 'registrar', 'answer');
    const created = await stage.app.post(
      '/api/v1/calendars',
      { board: 'EÅV' },
      { token: stage.people.registrar.token },
    );
    const { body } = await stage.app.get(new URL(created.body.address).pathname);
    const text = String(body).replace(/\r\n /g, '');
    expect(text).toContain('SUMMARY:Klart 3 oktober 2023: Svar senast: EÅV');
    expect(text).toContain('SUMMARY:Klart 2 oktober 2023: Beslut: EÅV');
    expect(text).not.toMatch(/(SUMMARY|DESCRIPTION):.*\d{4}-\d\d-\d\d/);
  });
});
