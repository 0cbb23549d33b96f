import { beforeEach, describe, expect, it } from '@jest/globals';
import { textOf } from '../lista/page-visits.js';
import { caseStage, type Who } from './case-stage.js';

const stage = caseStage();
let id: string;

beforeEach(async () => {
  id = await stage.assigned();
});

const send = (who: Who, path: string, fields: object) => stage.send(who, id, path, fields);

describe('an act that would be refused', () => {
  it('is refused before anyone is asked to confirm it', async () => {
    stage.noonOf('2023-10-26');
    const { status, body } = await send('secretary', 'beslut', { outcome: 'adopted', date: '2023-10-27' });
    expect(status).toBe(422);
    expect(body).toContain('Beslutsdagen har inte varit än.');
    expect(body).not.toContain('Stämmer det?');
  });

  it('leaves nothing when it would go through, until it is confirmed', async () => {
    stage.noonOf('2023-10-26');
    const before = await stage.view(id);
    const events = await stage.app.get(`/api/v1/referrals/${id}/journal`, { token: stage.people.registrar.token });
    const asked = await send('secretary', 'beslut', { outcome: 'adopted', date: '2023-10-26' });
    expect(textOf(asked.body)).toContain('Stämmer det?');
    expect(await stage.view(id)).toEqual(before);
    const after = await stage.app.get(`/api/v1/referrals/${id}/journal`, { token: stage.people.registrar.token });
    expect(after.body).toEqual(events.body);
    const done = await send('secretary', 'beslut', { outcome: 'adopted', date: '2023-10-26', steg: 'bekrafta' });
    expect(done.status).toBe(303);
  });

  it('is not led to by a day that has not been', async () => {
    const secretary = await stage.plainAs('secretary');
    expect((await secretary.get(`/arenden/${id}/beslut`)).body).not.toContain('value="2023-10-26"');
    stage.noonOf('2023-10-30');
    const later = await stage.plainAs('secretary');
    expect((await later.get(`/arenden/${id}/beslut`)).body).toContain('value="2023-10-26"');
  });

  it('says in the words of the form what a record does not have', async () => {
    await stage.act(id, 'officer', 'steps', { step: 'draft', on: '2023-09-11' });
    const fields = { record: 'draft', paragraph: '§ 14', reason: 'Fel' };
    const { status, body } = await send('registrar', 'ratta-anteckning', fields);
    expect(status).toBe(422);
    expect(textOf(body)).toContain('”Rätt paragraf” hör inte till ”Utkastet klart”. Där kan rättas: Rätt dag.');
    expect(textOf(body)).not.toMatch(/fältet: paragraph|: on\./);
    const empty = await send('registrar', 'ratta-anteckning', { record: 'draft', reason: 'Fel' });
    expect(textOf(empty.body)).toContain('Fyll i det som ska rättas.');
  });
});

describe('the day of a dispatch', () => {
  const dispatch = async (): Promise<string> => {
    const { body } = await (await stage.plainAs('registrar')).get(`/arenden/${id}`);
    const [, card = ''] = /<li class="chosen">(.*?)<\/li>/s.exec(body) ?? [];
    return textOf(card);
  };

  it('that has passed undone is not told as done', async () => {
    stage.noonOf('2023-10-23');
    expect(await dispatch()).toMatch(/Utskick .*Dagen har passerat/);
  });

  it('is told as done when it is', async () => {
    stage.noonOf('2023-10-19');
    await stage.act(id, 'secretary', 'steps', { step: 'dispatch', on: '2023-10-19' });
    stage.noonOf('2023-10-23');
    expect(await dispatch()).toMatch(/Utskick .*Redan gjort/);
  });
});
