import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Story } from '../../support/story.js';

const MEETINGS = '/api/v1/boards/E%C3%85V/meetings';

let story: Story;

beforeEach(async () => {
  story = await Story.begin();
  await story.register();
});
afterEach(() => story.end());

const act = (who: Parameters<Story['as']>[0], path: string, body: object) =>
  story.app.post(`/api/v1/referrals/${story.id}/${path}`, body, story.as(who));

/** At the meeting of 26 October, decided. */
async function decided(): Promise<void> {
  await story.act('officer', 'steps', { step: 'draft' });
  story.clock.set('2023-10-26T18:30:00.000Z');
  await story.act('secretary', 'decision', { outcome: 'adopted' });
}

describe('a day on which nothing can have happened', () => {
  it('is refused for every step, with the first day that is possible', async () => {
    const facts = { field: 'on', value: '2023-09-10', earliest: '2023-09-11' };
    expect((await act('officer', 'steps', { step: 'draft', on: '2023-09-10' })).body).toMatchObject({
      type: '/problems/date-out-of-order',
      status: 422,
      detail: 'Dagen 2023-09-10 går inte att använda: den måste vara 2023-09-11 eller senare.',
      errors: [{ field: 'on' }],
      ...facts,
    });
    const future = await act('officer', 'steps', { step: 'draft', on: '2023-09-12' });
    expect(future.body).toMatchObject({
      status: 422,
      field: 'on',
      detail: 'Dagen 2023-09-12 går inte att använda: den måste vara 2023-09-11 eller tidigare.',
    });
    await decided();
    const refused = [
      await act('secretary', 'adjustment', { act: 'decide' }),
      await act('secretary', 'adjustment', { act: 'sign', signedAt: '1900-01-01T12:00:00Z' }),
      await act('secretary', 'adjustment', { act: 'sign', signedAt: '2023-10-26T18:31:00Z' }),
      await act('secretary', 'adjustment', { act: 'sign' }),
      await act('secretary', 'steps', { step: 'notice-posted', on: '1900-01-01' }),
      await act('secretary', 'answer', { on: '1900-01-01' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([200, 422, 422, 200, 422, 422]);
    expect((await story.view()).timetable).toContainEqual(
      expect.objectContaining({ milestone: 'appealEnds', date: '2023-11-20' }),
    );
  });

  it('is refused for a decision, and for the own days of a meeting', async () => {
    const early = await act('secretary', 'decision', { outcome: 'adopted', date: '2023-09-10' });
    expect(early.body).toMatchObject({ type: '/problems/date-out-of-order', field: 'date', earliest: '2023-09-11' });
    const put = (body: object) => story.app.put(`${MEETINGS}/2023-10-26`, body, story.as('secretary'));
    expect((await put({ adjustmentOn: '2023-10-25' })).body).toMatchObject({
      status: 422,
      field: 'adjustmentOn',
      detail: 'Dagen 2023-10-25 går inte att använda: den måste vara 2023-10-26 eller senare.',
    });
    expect((await put({ dispatchOn: '2023-10-27' })).body).toMatchObject({
      status: 422,
      field: 'dispatchOn',
      latest: '2023-10-26',
    });
  });
});

describe('a meeting', () => {
  const changed = async (method: 'PUT' | 'DELETE', day: string, body?: object) =>
    (await story.app.send(method, `${MEETINGS}/${day}`, body, story.as('secretary'))).body;

  it('that is not there is not moved, and none is made', async () => {
    const answer = await changed('PUT', '2023-10-25', { date: '2023-11-09' });
    expect(answer).toMatchObject({ type: '/problems/meeting-unknown', field: 'date', value: '2023-10-25' });
    expect(await changed('DELETE', '2023-11-09')).toMatchObject({ type: '/problems/meeting-unknown' });
    expect(await changed('PUT', '2023-11-09', { date: '2023-11-09' })).toMatchObject({ date: '2023-11-09' });
  });

  it('that has decided is neither moved nor cancelled; one that only has been may be', async () => {
    await decided();
    const before = await story.view();
    story.clock.set('2023-10-30T09:00:00.000Z');
    const refused = { type: '/problems/meeting-in-past', status: 422, value: '2023-10-26' };
    expect(await changed('DELETE', '2023-10-26')).toMatchObject(refused);
    expect(await changed('PUT', '2023-10-26', { date: '2023-11-09' })).toMatchObject(refused);
    expect(await changed('PUT', '2023-10-26', { place: 'Sal B' })).toMatchObject({ place: 'Sal B' });
    expect(await story.view()).toMatchObject({
      meeting: { date: '2023-10-26' },
      timetable: before.timetable,
      version: before.version,
    });
    expect(await changed('DELETE', '2023-09-28')).toMatchObject({ state: 'cancelled' });
  });
});
