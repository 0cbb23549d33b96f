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
    const facts = { field: 'on', value: '2023-09-10', earliest: '2023-09-11', against: 'received-day' };
    expect((await act('officer', 'steps', { step: 'draft', on: '2023-09-10' })).body).toMatchObject({
      type: '/problems/date-out-of-order',
      status: 422,
      detail:
        'Dagen 10 september 2023 går inte att använda: den måste vara 11 september 2023 eller senare (dagen då remissen kom in).',
      errors: [{ field: 'on' }],
      ...facts,
    });
    const future = await act('officer', 'steps', { step: 'draft', on: '2023-09-12' });
    expect(future.body).toMatchObject({
      status: 422,
      field: 'on',
      detail:
        'Dagen 12 september 2023 går inte att använda: den måste vara 11 september 2023 eller tidigare (dagens datum).',
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
    expect(early.body).toMatchObject({ type: '/problems/date-out-of-order', field: 'date', earliest: '2023-10-26' });
    const put = (body: object) => story.app.put(`${MEETINGS}/2023-10-26`, body, story.as('secretary'));
    expect((await put({ adjustmentOn: '2023-10-25' })).body).toMatchObject({
      status: 422,
      field: 'adjustmentOn',
      detail: 'Dagen 25 oktober 2023 går inte att använda: den måste vara 26 oktober 2023 eller senare.',
    });
    expect((await put({ dispatchOn: '2023-10-27' })).body).toMatchObject({
      status: 422,
      field: 'dispatchOn',
      latest: '2023-10-26',
    });
  });
});

describe('the days of a case', () => {
  const refused = async (who: Parameters<Story['as']>[0], path: string, body: object) => {
    const { status, body: problem } = await act(who, path, body);
    const { type, field, earliest, latest, against } = problem;
    expect({ status, type }).toEqual({ status: 422, type: '/problems/date-out-of-order' });
    return { field, bound: earliest ?? latest, against };
  };

  it('are held against each other: nothing is decided before its meeting, nor announced or sent before it is decided', async () => {
    await story.act('officer', 'steps', { step: 'draft' });
    story.clock.set('2023-10-25T10:00:00.000Z');
    const toCome = { bound: '2023-10-25', against: 'today' };
    const decision = await refused('secretary', 'decision', { outcome: 'adopted' });
    expect(decision).toEqual({ field: 'date', ...toCome });
    const today = await refused('secretary', 'decision', { outcome: 'adopted', date: '2023-10-25' });
    expect(today).toEqual({ field: 'date', bound: '2023-10-26', against: 'convened-day' });
    expect(await refused('manager', 'approval', { level: 'manager', on: '2023-09-10' })).toMatchObject({
      against: 'draft-day',
    });
    await story.act('secretary', 'steps', { step: 'dispatch' });
    expect(await refused('secretary', 'adjustment', { act: 'decide' })).toMatchObject({
      bound: '2023-10-26',
      against: 'convened-day',
    });

    story.clock.set('2023-10-26T18:30:00.000Z');
    await story.act('secretary', 'decision', { outcome: 'adopted' });
    expect((await story.view()).decision.date).toBe('2023-10-26');
    await story.act('secretary', 'adjustment', { act: 'decide' });
    story.clock.set('2023-10-30T10:00:00.000Z');
    const sign = (signedAt: string) => refused('secretary', 'adjustment', { act: 'sign', signedAt });
    const afterMeeting = { field: 'signedAt', bound: '2023-10-26', against: 'meeting-day' };
    expect(await sign('2023-10-25T18:00:00Z')).toEqual(afterMeeting);
    const now = { field: 'signedAt', bound: '2023-10-30T10:00:00.000Z', against: 'today' };
    expect(await sign('2023-10-30T11:00:00Z')).toEqual(now);
    expect(await sign('9999-12-31T23:59:00-12:00')).toEqual(now);
    expect(await refused('registrar', 'answer', { on: '2023-10-25' })).toMatchObject({ against: 'meeting-day' });
    await story.act('secretary', 'adjustment', { act: 'sign', signedAt: '2023-10-27T07:00:00Z' });
    const early = await refused('secretary', 'steps', { step: 'notice-posted', on: '2023-10-26' });
    expect(early).toEqual({ field: 'on', bound: '2023-10-27', against: 'adjustment-day' });
    await story.act('secretary', 'steps', { step: 'notice-posted', on: '2023-10-28' });
    const before = await refused('secretary', 'steps', { step: 'notice-taken-down', on: '2023-10-27' });
    expect(before).toEqual({ field: 'on', bound: '2023-10-28', against: 'notice-day' });
  });

  it('of a tabling and a return hold what was before them, and what came after', async () => {
    await story.act('officer', 'steps', { step: 'draft' });
    await story.act('secretary', 'steps', { step: 'dispatch' });
    story.clock.set('2023-10-30T10:00:00.000Z');
    await story.act('secretary', 'decision', { outcome: 'tabled' });
    const correction = (record: string, on: string) =>
      refused('registrar', 'correction', { record, on, reason: 'Fel dag' });
    const convened = { field: 'on', bound: '2023-10-26', against: 'convened-day' };
    expect(await correction('decision', '2023-10-20')).toEqual(convened);
    const late = { record: 'decision', on: '2023-10-27', reason: 'Fel dag' };
    expect((await act('registrar', 'correction', late)).body).toMatchObject({ warnings: ['decision-after-meeting'] });
    expect(await correction('draft', '2023-10-27')).toMatchObject({ bound: '2023-10-26', against: 'meeting-day' });
    await story.act('registrar', 'correction', { record: 'draft', on: '2023-09-12', reason: 'Fel dag' });
    await story.act('registrar', 'taking-back', { record: 'decision', reason: 'Återremiss' });
    await story.act('secretary', 'decision', { outcome: 'returned' });
    const again = { bound: '2023-10-26', against: 'sentBack-day' };
    expect(await refused('officer', 'steps', { step: 'draft', on: '2023-10-25' })).toMatchObject(again);
    await story.act('officer', 'steps', { step: 'draft' });
    expect(await correction('draft', '2023-10-25')).toMatchObject(again);
  });

  it('let a decision lie after its meeting only when that is said to be meant', async () => {
    story.clock.set('2023-11-01T10:00:00.000Z');
    const late = { outcome: 'adopted', date: '2023-10-31' };
    const asked = await act('secretary', 'decision', late);
    expect(asked.body).toMatchObject({
      type: '/problems/confirmation-needed',
      status: 409,
      field: 'confirm',
      warnings: ['decision-after-meeting'],
      day: '2023-10-26',
      detail:
        'Innan det görs: beslutet är daterat efter ärendets sammanträde (26 oktober 2023).' +
        ' Skicka samma begäran med confirm: true om det ändå ska göras.',
    });
    expect((await story.view()).decision).toBeNull();
    await story.act('secretary', 'decision', { ...late, confirm: true });
    expect((await story.view()).decision.date).toBe('2023-10-31');
  });

  it('keep the day on which it came in before all that was done', async () => {
    await story.act('officer', 'steps', { step: 'draft' });
    story.clock.set('2023-09-20T10:00:00.000Z');
    const path = `/api/v1/referrals/${story.id}`;
    const version = (await story.view()).version;
    const options = { ...story.as('registrar'), headers: { 'If-Match': `"${version}"` } };
    const answer = await story.app.patch(path, { receivedOn: '2023-09-12' }, options);
    expect(answer.body).toMatchObject({ status: 422, field: 'receivedOn', latest: '2023-09-11', against: 'draft-day' });
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
