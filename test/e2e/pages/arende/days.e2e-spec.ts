import { beforeEach, describe, expect, it } from '@jest/globals';
import { textOf } from '../lista/page-visits.js';
import { caseStage, type Who } from './case-stage.js';

const stage = caseStage();

const sent = (id: string, who: Who, slug: string, fields: object) => stage.send(who, id, slug, fields);

it('the form of a decision has the day of the meeting, asks about a later one and refuses an earlier', async () => {
  const id = await stage.register();
  stage.noonOf('2023-10-30');
  const secretary = await stage.plainAs('secretary');
  const form = await secretary.get(`/arenden/${id}/beslut`);
  expect(/name="date"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="date"/.exec(form.body)?.[0]).toContain(
    '2023-10-26',
  );
  const early = await sent(id, 'secretary', 'beslut', { outcome: 'adopted', date: '2023-10-25', steg: 'bekrafta' });
  expect(early.status).toBe(422);
  expect(early.body).toContain('Beslutsdagen kan inte vara före sammanträdets dag, 26 oktober 2023.');
  const late = await sent(id, 'secretary', 'beslut', { outcome: 'adopted', date: '2023-10-27' });
  expect(late.status).toBe(200);
  expect(late.body).toContain('Ärendets sammanträde är 26 oktober 2023, och beslutsdagen ligger efter det.');
  expect((await stage.view(id)).decision).toBeNull();
  const done = await sent(id, 'secretary', 'beslut', { outcome: 'adopted', date: '2023-10-27', steg: 'bekrafta' });
  expect(done.status).toBe(303);
  expect((await stage.view(id)).decision.date).toBe('2023-10-27');
});

it('a registrar corrects what is recorded, and takes back what was recorded last, on pages that ask once more', async () => {
  stage.clock.set('2023-09-11T08:41:00.000Z');
  const id = await stage.register({ officer: stage.people.officer.email });
  await stage.act(id, 'officer', 'steps', { step: 'draft' });
  stage.noonOf('2023-09-20');
  await stage.act(id, 'manager', 'approval', { level: 'manager' });
  const registrar = await stage.plainAs('registrar');
  const form = await registrar.get(`/arenden/${id}/ratta-anteckning`);
  expect(form.body).toContain('Avdelningschefens attest, 20 september 2023');
  const early = { record: 'managerApproval', on: '2023-09-10', reason: 'Fel dag' };
  const refused = await sent(id, 'registrar', 'ratta-anteckning', { ...early, steg: 'bekrafta' });
  expect(refused.status).toBe(422);
  expect(refused.body).toContain('Dagen kan inte vara före dagen då utkastet blev klart, 11 september 2023.');
  const right = { ...early, on: '2023-09-18' };
  expect((await sent(id, 'registrar', 'ratta-anteckning', right)).body).toContain('Stämmer det?');
  expect((await sent(id, 'registrar', 'ratta-anteckning', { ...right, steg: 'bekrafta' })).status).toBe(303);
  expect((await stage.view(id)).records.at(-1)).toEqual({
    record: 'managerApproval',
    on: '2023-09-18',
    by: 'Cesar Chef',
  });

  const back = { record: 'managerApproval', reason: 'Fel ärende' };
  expect((await registrar.get(`/arenden/${id}/ta-tillbaka`)).body).not.toContain('Utkastet klart');
  expect((await sent(id, 'registrar', 'ta-tillbaka', back)).body).toContain('Stämmer det?');
  expect((await sent(id, 'registrar', 'ta-tillbaka', { ...back, steg: 'bekrafta' })).status).toBe(303);
  expect((await stage.view(id)).records.map(({ record }: { record: string }) => record)).toEqual(['draft']);
  const page = (await registrar.get(`/arenden/${id}`)).body;
  expect(page).toContain('Antecknat tillbakataget: avdelningschefens attest. Skälet: Fel ärende.');
  expect(page).toContain('Antecknat rättat: avdelningschefens attest. Skälet: Fel dag.');
});

it('a notice is asked about before it comes down too early, with the day from which it may', async () => {
  stage.clock.set('2023-09-11T08:41:00.000Z');
  const id = await stage.register();
  stage.noonOf('2023-10-26');
  await stage.act(id, 'secretary', 'decision', { outcome: 'adopted' });
  await stage.act(id, 'secretary', 'steps', { step: 'ordinary-adjustment' });
  await stage.act(id, 'secretary', 'steps', { step: 'notice-posted' });
  const asked = await sent(id, 'secretary', 'anslag-nedtaget', { on: '2023-10-26' });
  expect(asked.status).toBe(200);
  expect(asked.body).toContain('Anslaget får tas ned från och med 17 november 2023');
  stage.noonOf('2023-11-17');
  expect((await sent(id, 'secretary', 'anslag-nedtaget', { on: '2023-11-17' })).status).toBe(303);
});

it('a tabling that is corrected to a day after its own meeting is warned of before it is asked about', async () => {
  stage.clock.set('2023-09-11T08:41:00.000Z');
  const id = await stage.register();
  stage.noonOf('2023-10-30');
  await stage.act(id, 'secretary', 'decision', { outcome: 'tabled' });
  const corrected = { record: 'decision', on: '2023-10-27', reason: 'Fel dag' };
  const asked = await sent(id, 'registrar', 'ratta-anteckning', corrected);
  expect(asked.status).toBe(200);
  expect(asked.body).toContain('Stämmer det?');
  expect(asked.body).toContain('Ärendets sammanträde är 26 oktober 2023, och beslutsdagen ligger efter det.');
  const dayOf = async () => (await stage.view(id)).records.at(-1).on;
  expect(await dayOf()).toBe('2023-10-26');
  expect((await sent(id, 'registrar', 'ratta-anteckning', { ...corrected, steg: 'bekrafta' })).status).toBe(303);
  expect(await dayOf()).toBe('2023-10-27');
});

it('an earlier tabling is one of what can be corrected, told apart from the decision', async () => {
  stage.clock.set('2023-09-11T08:41:00.000Z');
  const id = await stage.register();
  stage.noonOf('2023-10-26');
  await stage.act(id, 'secretary', 'decision', { outcome: 'tabled', paragraph: '§ 9' });
  await stage.act(id, 'registrar', 'meeting', { meeting: '2023-11-23' });
  stage.noonOf('2023-11-23');
  await stage.act(id, 'secretary', 'decision', { outcome: 'adopted', paragraph: '§ 12' });
  const registrar = await stage.plainAs('registrar');
  const form = await registrar.get(`/arenden/${id}/ratta-anteckning`);
  expect(form.body).toContain('Den tidigare återremissen eller bordläggningen, 26 oktober 2023');
  expect(form.body).toContain('Beslutet, 23 november 2023');
  const corrected = { record: 'earlier-decision', paragraph: '§ 10', reason: 'Skrivfel', steg: 'bekrafta' };
  expect((await sent(id, 'registrar', 'ratta-anteckning', corrected)).status).toBe(303);
  const page = textOf((await registrar.get(`/arenden/${id}`)).body);
  expect(page).toContain('Antecknat rättat: den tidigare återremissen eller bordläggningen. Skälet: Skrivfel.');
  expect(page).toMatch(/Tidigare återremiss eller bordläggning\s*26 oktober 2023, § 9, .*26 oktober 2023, § 10, /);
});

describe('a record is corrected as over the API', () => {
  let id: string;
  const correct = (fields: object) => sent(id, 'registrar', 'ratta-anteckning', { reason: 'Skrivfel', ...fields });
  const signatures = async (): Promise<unknown[]> => {
    const { token } = stage.people.registrar;
    const { body } = await stage.app.get(`/api/v1/referrals/${id}/journal`, { token });
    return body.flatMap(
      ({ after }: { after: { adjustmentSignedAt?: string } | null }) => after?.adjustmentSignedAt ?? [],
    );
  };

  beforeEach(async () => {
    stage.clock.set('2023-09-11T08:41:00.000Z');
    id = await stage.register();
    stage.noonOf('2023-10-26');
    await stage.act(id, 'secretary', 'decision', { outcome: 'adopted', paragraph: '§ 9', by: 'Nämnden' });
  });

  it('with the time of a signature, on its day', async () => {
    await stage.act(id, 'secretary', 'adjustment', { act: 'decide' });
    stage.noonOf('2023-10-27');
    await stage.act(id, 'secretary', 'adjustment', { act: 'sign', signedAt: '2023-10-26T20:05:00+02:00' });
    const alone = await correct({ record: 'adjustment', signedAt: '18.05' });
    expect(alone.status).toBe(422);
    expect(textOf(alone.body)).toContain('Dagen måste anges tillsammans med klockslaget.');
    const early = await correct({ record: 'adjustment', on: '2023-10-25', signedAt: '18.05' });
    expect(textOf(early.body)).toMatch(/Klockslaget kan inte vara före .*26 oktober 2023/);
    const fields = { record: 'adjustment', on: '2023-10-26', signedAt: '18.05' };
    const asked = await correct(fields);
    expect(textOf(asked.body)).toContain('Rätt klockslag 18:05');
    expect((await correct({ ...fields, steg: 'bekrafta' })).status).toBe(303);
    expect((await signatures()).at(-1)).toBe('2023-10-26T16:05:00.000Z');
  });

  it('but no time of what is not signed', async () => {
    const { status, body } = await correct({ record: 'decision', on: '2023-10-26', signedAt: '18.05' });
    expect(status).toBe(422);
    expect(textOf(body)).toContain('Klockslaget hör till justeringen, inte till det du har valt.');
  });

  it('with what should not have been filled in taken away', async () => {
    const form = await (await stage.plainAs('registrar')).get(`/arenden/${id}/ratta-anteckning`);
    expect(textOf(form.body)).toMatch(/§ 9, Nämnden\. Antecknat av/);
    const both = await correct({ record: 'decision', paragraph: '§ 10', remove: 'paragraph' });
    expect(textOf(both.body)).toContain('Paragrafen kan inte både rättas och tas bort.');
    const other = await correct({ record: 'decision', remove: 'how' });
    expect({ status: other.status, says: textOf(other.body).includes('hör inte till ”Beslutet”') }).toEqual({
      status: 422,
      says: true,
    });
    const fields = { record: 'decision', remove: 'paragraph-by', steg: 'bekrafta' };
    expect((await correct(fields)).status).toBe(303);
    expect((await stage.view(id)).decision).toMatchObject({ date: '2023-10-26', paragraph: null, by: null });
    await stage.act(id, 'secretary', 'steps', { step: 'ordinary-adjustment' });
    await stage.act(id, 'registrar', 'answer', { how: 'brev' });
    expect((await correct({ record: 'answer', remove: 'how', steg: 'bekrafta' })).status).toBe(303);
    expect((await stage.view(id)).answer).toEqual({ on: '2023-10-26', how: null });
  });
});

it('a time of day without an answer day is no correction', async () => {
  stage.clock.set('2023-09-11T08:41:00.000Z');
  const id = await stage.register();
  const refused = await sent(id, 'registrar', 'andra', { answerDue: '', answerDueTime: '12.00' });
  expect(refused.status).toBe(422);
  expect(refused.body).toContain('Klockslag hör till en svarsdag. Fyll i svarsdagen, eller ta bort klockslaget.');
  expect((await sent(id, 'registrar', 'andra', { answerDueTime: '12.00' })).status).toBe(303);
  expect((await stage.view(id)).answerDueTime).toBe('12:00');
});
