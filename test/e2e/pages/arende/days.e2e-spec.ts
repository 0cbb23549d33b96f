import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CaseStage } from './case-stage.js';

let stage: CaseStage;
beforeAll(async () => {
  stage = await CaseStage.begin();
});
afterAll(() => stage.close());

/** A form sent by someone who has just signed in. */
const sent = async (id: string, who: Parameters<CaseStage['plainAs']>[0], slug: string, fields: object) => {
  const browser = await stage.plainAs(who);
  await browser.get(`/arenden/${id}/${slug}`);
  const { version } = await stage.view(id);
  return browser.post(`/arenden/${id}/${slug}`, { version: String(version), ...fields });
};

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
