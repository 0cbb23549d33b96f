import { beforeEach, describe, expect, it } from '@jest/globals';
import { textOf } from '../lista/page-visits.js';
import { caseStage, type Who } from './case-stage.js';

const stage = caseStage();
let id: string;

beforeEach(async () => {
  id = await stage.assigned();
  await stage.act(id, 'officer', 'adjustment', { act: 'decline', reason: 'Justeraren är borta', way: 'extension' });
});

const page = async (who: Who, slug = ''): Promise<string> =>
  (await (await stage.plainAs(who)).get(`/arenden/${id}${slug}`)).body;

describe('the page of a case whose immediate adjustment has been declined', () => {
  it('says that another way is needed above the next step, which is the one its meeting asks for', async () => {
    const text = textOf(await page('registrar'));
    expect(text).toContain('Med ordinarie justering kan svaret gå först 10 november 2023');
    expect(text).toContain('Därför behövs en annan väg.');
    expect(text).toMatch(/Nästa steg\s+Utkastet till svar\s+Senast 4 oktober 2023/);
    expect(text).toContain('Välj ett annat sammanträde');
  });

  it('asks for no other way once the meeting has been held, but for more time', async () => {
    await stage.act(id, 'officer', 'steps', { step: 'draft' });
    await stage.act(id, 'manager', 'approval', { level: 'manager' });
    await stage.act(id, 'director', 'approval', { level: 'director' });
    await stage.act(id, 'secretary', 'steps', { step: 'dispatch' });
    expect(textOf(await page('registrar'))).toContain('Därför behövs en annan väg.');
    stage.noonOf('2023-10-27');
    const [, callout = ''] =
      /(Svaret hinner inte gå i tid.*?)<section class="panel next"/s.exec(await page('registrar')) ?? [];
    const text = textOf(callout);
    expect(text).toContain('Begär anstånd');
    expect(text).not.toMatch(/Därför behövs|Välj beslutsväg|Välj ett annat sammanträde|justering ändå/);
  });

  const proposed = async (): Promise<string | undefined> =>
    /<input[^>]*name="until"[^>]*>/.exec(await page('officer', '/anstand'))?.[0];

  it('proposes no day that has been, and none once the case is decided', async () => {
    await stage.act(id, 'officer', 'steps', { step: 'draft' });
    await stage.act(id, 'manager', 'approval', { level: 'manager' });
    await stage.act(id, 'director', 'approval', { level: 'director' });
    await stage.act(id, 'secretary', 'steps', { step: 'dispatch' });
    stage.noonOf('2023-11-10');
    expect(await proposed()).toContain('value="2023-11-10"');
    stage.noonOf('2023-11-13');
    expect(await proposed()).toMatch(/name="until"/);
    expect(await proposed()).not.toMatch(/value="2/);
    stage.noonOf('2023-10-26');
    await stage.act(id, 'secretary', 'decision', { outcome: 'adopted', paragraph: '§ 14' });
    expect(await proposed()).toMatch(/name="until"/);
    expect(await proposed()).not.toMatch(/value="2/);
  });

  it('says nothing, once it is decided, of the answer having to wait', async () => {
    await stage.act(id, 'officer', 'steps', { step: 'draft' });
    await stage.act(id, 'manager', 'approval', { level: 'manager' });
    await stage.act(id, 'director', 'approval', { level: 'director' });
    await stage.act(id, 'secretary', 'steps', { step: 'dispatch' });
    stage.noonOf('2023-10-26');
    await stage.act(id, 'secretary', 'decision', { outcome: 'adopted', paragraph: '§ 14' });
    const [text = ''] = textOf(await page('officer')).split(/\sHändelser\s/);
    expect(text).toContain('27 okt Expediering');
    expect(text).not.toMatch(/10 nov|hinner inte gå|så snart paragrafen är justerad/);
  });

  it('proposes to ask for time to the day on which its own meeting lets the answer go', async () => {
    const form = await page('officer', '/anstand');
    expect(/<input[^>]*name="until"[^>]*>/.exec(form)?.[0]).toContain('value="2023-11-10"');
    expect(textOf(form)).toContain(
      'Med ordinarie justering efter sammanträdet 26 oktober 2023 kan svaret gå 10 november 2023.',
    );
  });
});
