import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PlainBrowser } from '../../sign-in/pages-app.js';
import { textOf } from '../lista/page-visits.js';
import { caseStage } from './case-stage.js';

const stage = caseStage();
let id: string;
let secretary: PlainBrowser;

beforeEach(async () => {
  id = await stage.assigned();
  stage.noonOf('2023-10-26');
  secretary = await stage.plainAs('secretary');
});

const send = (who: PlainBrowser, path: string, fields: object, version?: number) =>
  stage.send(who, id, path, fields, version);

describe('a day that is typed in an act', () => {
  it.each([
    ['2023-13-45', 'Beslutsdagen ska vara en dag som finns, skriven ÅÅÅÅ-MM-DD.'],
    ['26 oktober 2023', 'Beslutsdagen går inte att läsa. Skriv dagen som 2023-10-26.'],
    ['i dag', 'Beslutsdagen går inte att läsa. Skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2027-01-29.'],
  ])('%s is an error at its field and at the top, and stays there', async (date, message) => {
    const { status, body } = await send(secretary, 'beslut', { outcome: 'adopted', date });
    expect(status).toBe(422);
    expect(body.split(message)).toHaveLength(3);
    expect(body).toContain(`value="${date}"`);
    expect(body).not.toContain('type="date"');
    expect((await stage.view(id)).decision).toBeNull();
  });

  it('is read without its hyphens, and asked about in words', async () => {
    const { status, body } = await send(secretary, 'beslut', { outcome: 'adopted', date: '20231026' });
    expect(status).toBe(200);
    expect(textOf(body)).toContain('Beslutsdag 26 oktober 2023');
  });

  it('has an error of its own beside a time that cannot be read', async () => {
    await stage.act(id, 'officer', 'adjustment', { act: 'confirm' });
    await stage.act(id, 'secretary', 'decision', { outcome: 'adopted', date: '2023-10-26' });
    await stage.act(id, 'secretary', 'adjustment', { act: 'decide' });
    const { status, body } = await send(secretary, 'underskrift', { signedOn: '2023-10-26', signedTime: 'lunch' });
    expect(status).toBe(422);
    expect(body).toContain('Klockslaget ska vara ett klockslag, skrivet TT:MM, till exempel 09:30.');
    expect(body).toContain('value="lunch"');
  });

  it('has no time that no clock shows then: at its field in a signature, and in a correction', async () => {
    await stage.act(id, 'officer', 'adjustment', { act: 'confirm' });
    await stage.act(id, 'secretary', 'decision', { outcome: 'adopted', date: '2023-10-26' });
    await stage.act(id, 'secretary', 'adjustment', { act: 'decide' });
    const signed = await send(secretary, 'underskrift', { signedOn: '2023-03-26', signedTime: '02:30' });
    expect(signed.status).toBe(422);
    expect(signed.body.split('Klockslaget 02:30 finns inte den dagen, 26 mars 2023')).toHaveLength(3);
    const registrar = await stage.plainAs('registrar');
    const due = { answerDue: '2024-03-31', answerDueTime: '0230' };
    const corrected = await send(registrar, 'andra', due);
    expect(corrected.status).toBe(422);
    expect(corrected.body.split('Klockslaget 02:30 finns inte den dagen, 31 mars 2024')).toHaveLength(3);
    expect(corrected.body).toContain('value="02:30"');
    expect((await stage.view(id)).answerDueTime).toBeNull();
  });
});

describe('a day that does not exist', () => {
  it('is shown as typed when the case has changed meanwhile, with the form', async () => {
    const { version } = await stage.view(id);
    await stage.correct(id, { note: 'Ny anteckning' });
    const fields = { outcome: 'adopted', date: '2023-02-30' };
    const { status, body } = await send(secretary, 'beslut', fields, version);
    expect(status).toBe(409);
    expect(textOf(body)).toContain('Beslutsdag inget 2023-02-30');
    expect(body).toContain('value="2023-02-30"');
  });

  it('is shown as typed in a correction that met another', async () => {
    const registrar = await stage.plainAs('registrar');
    const { version } = await stage.view(id);
    await stage.correct(id, { note: 'Ny anteckning' });
    const { status, body } = await send(registrar, 'andra', { answerDue: '2023-02-30' }, version);
    expect(status).toBe(409);
    expect(textOf(body)).toContain('2023-02-30');
  });

  it('is an error in a correction', async () => {
    const registrar = await stage.plainAs('registrar');
    const { status, body } = await send(registrar, 'andra', { answerDue: '29 januari 2024' });
    expect(status).toBe(422);
    expect(body).toContain('Svarsdagen går inte att läsa. Skriv dagen som 2024-01-29.');
  });
});

describe('a line that is pasted', () => {
  it('loses what cannot be seen in it', async () => {
    const registrar = await stage.plainAs('registrar');
    const { status } = await send(registrar, 'andra', { title: 'Remiss\tav\u2028ett \u202eförslag\u202c' });
    expect(status).toBe(303);
    expect((await stage.view(id)).title).toBe('Remiss av ett förslag');
  });
});

describe('what is needed', () => {
  it('is not called frivilligt: the reason for a way, and the new day of an extension', async () => {
    const registrar = await stage.plainAs('registrar');
    expect((await registrar.get(`/arenden/${id}/beslutsvag`)).body).not.toContain('frivilligt');
    await stage.act(id, 'officer', 'extension', { act: 'ask' });
    const { body } = await registrar.get(`/arenden/${id}/anstandssvar`);
    expect(textOf(body)).toContain('Ny svarsdag Fylls i när anståndet är beviljat.');
    expect(body.match(/frivilligt/g)).toHaveLength(1);
    const { status } = await send(registrar, 'anstandssvar', { answer: 'granted' });
    expect(status).toBe(422);
  });
});

describe('a form warns, or does not offer,', () => {
  it('that the answer is sent before the paragraph is adjusted', async () => {
    await stage.act(id, 'secretary', 'decision', { outcome: 'adopted', date: '2023-10-26', paragraph: '12' });
    const registrar = await stage.plainAs('registrar');
    const warning = 'Paragrafen är inte antecknad som justerad än.';
    expect((await registrar.get(`/arenden/${id}/svar`)).body).toContain(warning);
    const { body } = await send(registrar, 'svar', { on: '2023-10-26' });
    expect(body).toContain(warning);
    expect(textOf((await registrar.get(`/arenden/${id}`)).body)).toContain('26 oktober 2023, § 12');
  });

  it('a meeting that has been', async () => {
    stage.noonOf('2023-10-27');
    const registrar = await stage.plainAs('registrar');
    const { body } = await registrar.get(`/arenden/${id}/sammantrade`);
    expect(body).toContain('value="2023-11-23"');
    expect(body).not.toContain('value="2023-10-26"');
    expect((await registrar.get(`/arenden/${id}`)).body).toContain('Har varit');
  });
});
