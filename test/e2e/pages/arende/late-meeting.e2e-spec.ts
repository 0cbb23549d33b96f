import { beforeEach, describe, expect, it } from '@jest/globals';
import { textOf } from '../lista/page-visits.js';
import { seedMeeting } from '../../../support/seed.js';
import { caseStage, type Who } from './case-stage.js';

const stage = caseStage();
let id: string;

beforeEach(async () => {
  id = await stage.assigned();
});

const QUESTION = 'Sammanträdet 23 november 2023 ligger efter svarsdagen 27 oktober 2023';
const RED = 'pill late">Sammanträdet ligger efter svarsdagen<';

const choose = (who: Who, fields: object) => stage.send(who, id, 'sammantrade', fields);

/** What stands of the case under Kräver åtgärd, and whether it is there. */
async function inNeed(who: Who, path = '/bevakning'): Promise<{ red: boolean; text: string }> {
  const { body } = await (await stage.plainAs(who)).get(path);
  const { diarienummer } = await stage.view(id);
  const [, list = ''] = /<table[^>]*aria-label="Kräver åtgärd"[^>]*>(.*?)<\/table>/s.exec(body) ?? [];
  const row = list.split('<tr').find((one) => one.includes(`>${diarienummer}<`)) ?? '';
  return { red: row.includes(RED), text: textOf(`<tr${row}`) };
}

describe('a meeting after the answer day', () => {
  it('is asked about before it is chosen, and chosen when the person says so', async () => {
    const asked = await choose('registrar', { meeting: '2023-11-23' });
    expect(asked.status).toBe(200);
    expect(textOf(asked.body)).toContain(QUESTION);
    expect((await stage.view(id)).meeting.date).toBe('2023-10-26');
    const done = await choose('registrar', { meeting: '2023-11-23', steg: 'bekrafta' });
    expect(done.status).toBe(303);
    expect((await stage.view(id)).meeting.date).toBe('2023-11-23');
  });

  it('is not asked about when it is in time', async () => {
    expect((await choose('registrar', { meeting: '2023-09-28' })).status).toBe(303);
  });

  it('stands in red among what needs an act, whoever looks, until the case has time again', async () => {
    expect((await inNeed('registrar')).red).toBe(false);
    await choose('registrar', { meeting: '2023-11-23', steg: 'bekrafta' });
    const found = await inNeed('registrar');
    expect(found.red).toBe(true);
    expect(found.text).toContain('Sammanträde 23 nov, svarsdag 27 okt');
    expect((await inNeed('officer', '/bevakning?visa=mina')).red).toBe(true);
    expect((await inNeed('manager', '/bevakning?visa=avdelningen')).red).toBe(true);
    const { body } = await (await stage.plainAs('registrar')).get('/bevakning');
    const [, toCome = ''] = /<table[^>]*aria-label="Kommande"[^>]*>(.*?)<\/table>/s.exec(body) ?? [];
    expect(toCome).not.toContain(`>${(await stage.view(id)).diarienummer}<`);
    await stage.act(id, 'officer', 'extension', { act: 'ask', until: '2023-12-20' });
    await stage.act(id, 'officer', 'extension', { act: 'granted', newDue: '2023-12-20' });
    expect((await inNeed('registrar')).red).toBe(false);
  });

  it('is too late, too, between the last working day before a Sunday and that day', async () => {
    id = await stage.register({ officer: stage.people.officer.email, answerDue: '2023-10-29' });
    expect(await stage.view(id)).toMatchObject({ answerDue: '2023-10-29', workBy: '2023-10-27' });
    await seedMeeting(stage.app, '2023-10-28');
    const asked = await choose('registrar', { meeting: '2023-10-28' });
    expect(textOf(asked.body)).toContain(
      'Sammanträdet 28 oktober 2023 ligger efter 27 oktober 2023, den sista arbetsdagen före svarsdagen: svaret kan gå först',
    );
    expect((await inNeed('registrar')).text).not.toContain('Sammanträdet kommer för sent');
    expect((await choose('registrar', { meeting: '2023-10-28', steg: 'bekrafta' })).status).toBe(303);
    const { text } = await inNeed('registrar');
    expect(text).toContain('Sammanträdet kommer för sent');
    expect(text).toContain('Sammanträde 28 okt, sista arbetsdagen före svarsdagen är 27 okt');
    const { body } = await (await stage.plainAs('registrar')).get('/bevakning');
    const [, toCome = ''] = /<table[^>]*aria-label="Kommande"[^>]*>(.*?)<\/table>/s.exec(body) ?? [];
    expect(toCome).not.toContain(`>${(await stage.view(id)).diarienummer}<`);
  });
});
