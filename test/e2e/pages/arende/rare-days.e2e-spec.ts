import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PlainBrowser } from '../../sign-in/pages-app.js';
import { textOf } from '../lista/page-visits.js';
import { caseStage } from './case-stage.js';

const FAR = 'Svarsdagen är 4 januari 2127, om mer än två år.';
const OLD = 'Remissen kom in 11 september 2013, för mer än ett år sedan.';

const stage = caseStage();
let id: string;
let registrar: PlainBrowser;

beforeEach(async () => {
  id = await stage.assigned();
  registrar = await stage.plainAs('registrar');
});

const send = (path: string, fields: object) => stage.send(registrar, id, path, fields);

describe('a day whose year is likely to be mistyped', () => {
  it('is ticked when a remiss is registered with an answer day more than two years ahead', async () => {
    await registrar.get('/registrera');
    const letter = { namnd: 'EÅV', titel: 'Långt fram', avsandare: 'Någon', inkom: '2023-09-11' };
    const asked = await registrar.post('/registrera', { ...letter, svar: '2127-01-04' });
    expect(asked.status).toBe(422);
    expect(textOf(asked.body)).toContain(FAR);
    expect(asked.body).toContain('name="svardagstammer"');
    const kept = await registrar.post('/registrera', { ...letter, svar: '2127-01-04', svardagstammer: 'ja' });
    expect(kept.status).toBe(303);
    expect((await registrar.post('/registrera', { ...letter, titel: 'Två år', svar: '2025-09-11' })).status).toBe(303);
  });

  it.each([
    ['2022-10-27', '2023-09-11', 'Svarsdagen är 27 oktober 2022, före den dag då remissen kom in, 11 september 2023.'],
    ['2023-09-08', '2023-09-01', 'Svarsdagen är 8 september 2023, och har redan varit.'],
  ])('is ticked when a remiss is registered with the answer day %s that came %s', async (svar, inkom, words) => {
    await registrar.get('/registrera');
    const letter = { namnd: 'EÅV', titel: `Svar ${svar}`, avsandare: 'Någon', inkom, svar };
    const asked = await registrar.post('/registrera', letter);
    expect([asked.status, textOf(asked.body).includes(words)]).toEqual([422, true]);
    // Nothing has been given a number yet; and the API, which asks nobody, registers such a letter at once.
    expect((await registrar.get('/arenden?status=alla')).body).not.toContain(letter.titel);
    const kept = await registrar.post('/registrera', { ...letter, svardagstammer: 'ja' });
    expect(kept.status).toBe(303);
    const receipt = await registrar.get(kept.headers.get('location') ?? '');
    expect(receipt.body).toMatch(/href="\/arenden\/[0-9a-f-]+\/andra"[^>]*>Rätta det som registrerats/);
  });

  it.each([
    ['2022-10-27', 'Svarsdagen är 27 oktober 2022, före den dag då remissen kom in, 11 september 2023.'],
    ['2023-09-08', 'Svarsdagen är 8 september 2023, före den dag då remissen kom in, 11 september 2023.'],
  ])('is ticked when the answer day is corrected to %s, which has been', async (answerDue, words) => {
    const asked = await send('andra', { answerDue });
    expect([asked.status, textOf(asked.body).includes(words)]).toEqual([422, true]);
    expect((await stage.view(id)).answerDue).toBe('2023-10-27');
    expect((await send('andra', { answerDue, answerDueTicked: 'ja' })).status).toBe(303);
    expect((await send('andra', { note: 'Så står det i remissen' })).status).toBe(303);
  });

  it('is ticked when the answer day is corrected', async () => {
    const asked = await send('andra', { answerDue: '2127-01-04' });
    expect(asked.status).toBe(422);
    expect(textOf(asked.body)).toContain(FAR);
    expect(asked.body).toContain('name="answerDueTicked"');
    expect((await stage.view(id)).answerDue).toBe('2023-10-27');
    expect((await send('andra', { answerDue: '2127-01-04', answerDueTicked: 'ja' })).status).toBe(303);
    // It stands as said: another correction does not ask again.
    expect((await send('andra', { note: 'Avsändaren menar det' })).status).toBe(303);
  });

  it('is ticked when the day of arrival is corrected to one long ago', async () => {
    const asked = await send('andra', { receivedOn: '2013-09-11' });
    expect(asked.status).toBe(422);
    expect(textOf(asked.body)).toContain(OLD);
    expect((await send('andra', { receivedOn: '2013-09-11', receivedOnTicked: 'ja' })).status).toBe(303);
    expect((await stage.view(id)).receivedOn).toBe('2013-09-11');
  });

  it('is asked about when it is the new day of an extension', async () => {
    const asked = await send('anstand', { until: '2127-01-04' });
    expect(asked.status).toBe(200);
    expect(textOf(asked.body)).toContain('Dagen är 4 januari 2127, om mer än två år. Kontrollera årtalet.');
    await stage.act(id, 'officer', 'extension', { act: 'ask', until: '2023-12-20' });
    const answered = await send('anstandssvar', { answer: 'granted', newDue: '2127-01-04' });
    expect([answered.status, textOf(answered.body).includes('4 januari 2127, om mer än två år')]).toEqual([200, true]);
    const sure = { answer: 'granted', newDue: '2023-12-20', steg: 'bekrafta' };
    expect((await send('anstandssvar', sure)).status).toBe(303);
  });
});
