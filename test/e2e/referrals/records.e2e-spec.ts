import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Story, type Deed, does } from '../../support/story.js';

let story: Story;
beforeEach(async () => {
  story = await Story.begin();
  await story.register();
});
afterEach(() => story.end());

const act = (who: Parameters<Story['as']>[0], path: string, body: object) =>
  story.app.post(`/api/v1/referrals/${story.id}/${path}`, body, story.as(who));

/** How the case stands, whatever its version: with its plan, its acts and the reminders that wait. */
async function standing() {
  const { version: _version, ...view } = await story.view();
  // What has fallen due is not planned again.
  const now = story.clock.now().toISOString();
  const reminders = await story.app.get(`/api/v1/referrals/${story.id}/reminders`, story.as('registrar'));
  const waiting = reminders.body
    .filter(({ state, dueAt }: Record<string, string>) => state === 'pending' && `${dueAt}` > now)
    .map(({ about, date, offset, to }: Record<string, unknown>) => JSON.stringify([about, date, offset, to]));
  return { view, waiting: waiting.sort() };
}

const PREPARED: readonly Deed[] = [
  does('officer', 'steps', { step: 'start' }),
  does('officer', 'steps', { step: 'draft' }),
  does('manager', 'approval', { level: 'manager' }),
  does('director', 'approval', { level: 'director' }),
  does('secretary', 'steps', { step: 'dispatch' }),
];
const DECIDED: readonly Deed[] = [
  does('secretary', 'decision', { outcome: 'adopted', paragraph: '§ 14' }),
  does('secretary', 'adjustment', { act: 'decide' }),
  does('secretary', 'adjustment', { act: 'sign', signedAt: '2023-10-26T18:00:00Z' }),
  does('secretary', 'steps', { step: 'notice-posted' }),
  does('registrar', 'answer', { how: 'e-post' }),
];

async function takeBack(record: string): Promise<void> {
  await story.act('registrar', 'taking-back', { record, reason: 'Fel ärende' });
}

describe('what was recorded last', () => {
  it('is taken back, one after the other, and the case stands each time as before it', async () => {
    story.clock.set('2023-10-26T18:30:00.000Z');
    await story.act('officer', 'adjustment', { act: 'confirm' });
    const before = [];
    for (const [i, deed] of [...PREPARED, ...DECIDED].entries()) {
      story.clock.set(`2023-10-26T18:3${i}:00.000Z`.replace('18:310', '18:40'));
      before.push(await standing());
      await deed(story);
    }
    const records = (await story.view()).records.map(({ record }: { record: string }) => record);
    expect(records).toEqual([
      'started', 'draft', 'managerApproval', 'directorApproval', 'agenda-dispatch', 'decision', 'adjustment-decision',
      'adjustment', 'notice', 'answer',
    ]); // prettier-ignore
    for (const record of [...records].reverse()) {
      await takeBack(record);
      expect({ record, ...(await standing()) }).toEqual({ record, ...before.pop() });
    }
    const journal = await story.app.get(`/api/v1/referrals/${story.id}/journal`, story.as('registrar'));
    const event = journal.body.find(({ what }: { what: string }) => what === 'record-taken-back');
    expect(event).toMatchObject({
      by: 'Rut Registrator',
      before: { status: 'expedited', answerSentOn: '2023-10-26', answerSentHow: 'e-post' },
      after: { status: 'adjusted', answerSentOn: null, answerSentHow: null, record: 'answer', reason: 'Fel ärende' },
    });
  });

  it.each(['returned', 'tabled'])('that was %s has its round again, and its meeting', async (outcome) => {
    for (const deed of PREPARED) await deed(story);
    story.clock.set('2023-10-26T18:30:00.000Z');
    const before = await standing();
    await story.act('secretary', 'decision', { outcome });
    expect((await story.view()).records.at(-1)).toMatchObject({ record: 'decision', on: '2023-10-26' });
    await takeBack('decision');
    expect(await standing()).toEqual(before);
  });

  it('that was tabled stands as before that, also when the chair was to decide instead', async () => {
    for (const deed of PREPARED) await deed(story);
    story.clock.set('2023-10-26T18:30:00.000Z');
    const before = await standing();
    await story.act('secretary', 'decision', { outcome: 'tabled' });
    await story.act('registrar', 'meeting', { route: 'chair', reason: 'Brådskande' });
    await takeBack('decision');
    expect(await standing()).toEqual(before);
  });

  it('is not what the board decided of the adjustment at a meeting that the case has left', async () => {
    for (const deed of PREPARED) await deed(story);
    story.clock.set('2023-10-26T18:30:00.000Z');
    await story.act('secretary', 'adjustment', { act: 'decide' });
    const body = { record: 'adjustment-decision', reason: 'Fel ärende' };
    await story.act('registrar', 'meeting', { meeting: '2023-11-23' });
    expect(await story.view()).toMatchObject({ status: 'approved', adjustment: { status: 'not-needed' } });
    expect((await act('registrar', 'taking-back', body)).body).toMatchObject({ type: '/problems/record-unknown' });
    const reminders = await story.app.get(`/api/v1/referrals/${story.id}/reminders`, story.as('registrar'));
    expect(reminders.body).toContainEqual(
      expect.objectContaining({ about: 'dispatch', date: '2023-11-16', state: 'pending' }),
    );
  });

  it('is the only thing that can be taken back, by registrars alone, and not twice', async () => {
    for (const deed of PREPARED.slice(0, 3)) await deed(story);
    const body = { record: 'draft', reason: 'Fel' };
    expect((await act('registrar', 'taking-back', body)).body).toMatchObject({
      type: '/problems/record-not-latest',
      status: 409,
      field: 'record',
      latest: 'managerApproval',
      detail:
        'Bara det som antecknades sist kan tas tillbaka: avdelningschefens attest. Ta tillbaka det först, eller rätta uppgiften.',
    });
    expect((await act('secretary', 'taking-back', body)).status).toBe(403);
    expect((await act('registrar', 'taking-back', { record: 'draft' })).status).toBe(400);
    const { id } = story;
    await story.register({ senderReference: 'KS 2023/740' });
    expect((await act('registrar', 'taking-back', body)).body).toMatchObject({
      type: '/problems/act-not-allowed',
      status: 409,
      reason: 'nothing-recorded',
    });
    expect(id).not.toBe(story.id);
  });
});

describe('what is recorded', () => {
  const correct = (body: object) => act('registrar', 'correction', { reason: 'Skrivfel', ...body });

  beforeEach(async () => {
    for (const deed of PREPARED) await deed(story);
    story.clock.set('2023-10-26T18:30:00.000Z');
    for (const deed of DECIDED.slice(0, 4)) await deed(story);
    story.clock.set('2023-11-06T10:00:00.000Z');
    await story.act('registrar', 'answer', { how: 'e-post' });
  });

  it('is corrected: day, paragraph, who and how, and the plan follows; the journal keeps what stood there', async () => {
    await story.act('registrar', 'correction', { record: 'notice', on: '2023-10-30', reason: 'Anslogs på måndagen' });
    const decision = {
      record: 'decision',
      paragraph: '§ 15',
      by: 'Nämnden, sluten omröstning',
      reason: 'Fel paragraf',
    };
    await story.act('registrar', 'correction', decision);
    await story.act('registrar', 'correction', { record: 'answer', on: '2023-10-27', how: null, reason: 'Fel dag' });
    const view = await story.view();
    expect(view).toMatchObject({
      status: 'expedited',
      decision: { date: '2023-10-26', paragraph: '§ 15', by: 'Nämnden, sluten omröstning', outcome: 'adopted' },
      answer: { on: '2023-10-27', how: null },
    });
    const rows = Object.fromEntries(view.timetable.map((row: { milestone: string }) => [row.milestone, row]));
    expect(rows).toMatchObject({
      notice: { doneOn: '2023-10-30' },
      appealEnds: { date: '2023-11-20' },
      expedite: { doneOn: '2023-10-27' },
    });
    const journal = await story.app.get(`/api/v1/referrals/${story.id}/journal`, story.as('registrar'));
    const events = journal.body.filter(({ what }: { what: string }) => what === 'record-corrected');
    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({
      before: { steps: { notice: '2023-10-26' } },
      after: { steps: { notice: '2023-10-30' }, record: 'notice', reason: 'Anslogs på måndagen' },
    });
    expect(events[1]).toMatchObject({
      before: { decision: { paragraph: '§ 14' } },
      after: { decision: { paragraph: '§ 15' }, reason: 'Fel paragraf' },
    });
  });

  it('is held against the other days, and has its own fields alone', async () => {
    const facts = async (body: object) => (await correct(body)).body;
    expect(await facts({ record: 'notice', on: '2023-10-25' })).toMatchObject({
      type: '/problems/date-out-of-order', status: 422, field: 'on', earliest: '2023-10-26', against: 'adjustment-day',
    }); // prettier-ignore
    expect(await facts({ record: 'decision', on: '2023-10-27' })).toMatchObject({
      status: 422, latest: '2023-10-26', against: 'adjustment-day',
    }); // prettier-ignore
    expect(await facts({ record: 'adjustment', signedAt: '2023-11-06T11:00:00Z' })).toMatchObject({
      status: 422, field: 'signedAt', against: 'today',
    }); // prettier-ignore
    expect(await facts({ record: 'notice', paragraph: '§ 1' })).toMatchObject({
      type: '/problems/field-not-of-record', status: 422, field: 'paragraph', possible: ['on'],
    }); // prettier-ignore
    expect(await facts({ record: 'notice' })).toMatchObject({ type: '/problems/field-required' });
    expect(await facts({ record: 'notice-down', on: '2023-11-06' })).toMatchObject({
      type: '/problems/record-unknown', status: 409,
    }); // prettier-ignore
    expect((await act('secretary', 'correction', { record: 'notice', on: '2023-10-27', reason: 'x' })).status).toBe(
      403,
    );
  });

  it('of a signature is its instant; with a day alone it keeps its time', async () => {
    const sameDay = { record: 'adjustment', on: '2023-10-26' };
    expect((await correct(sameDay)).body).toMatchObject({
      type: '/problems/record-unchanged', status: 422, field: 'on', record: 'adjustment',
    }); // prettier-ignore
    expect((await correct({ ...sameDay, on: '2023-10-27', signedAt: '2023-10-26T19:15:00Z' })).body).toMatchObject({
      type: '/problems/date-out-of-order', field: 'on', value: '2023-10-27', latest: '2023-10-26',
    }); // prettier-ignore
    await story.act('registrar', 'correction', {
      record: 'adjustment', signedAt: '2023-10-26T19:15:00Z', reason: 'Fel klockslag',
    }); // prettier-ignore
    const journal = await story.app.get(`/api/v1/referrals/${story.id}/journal`, story.as('registrar'));
    expect(journal.body.filter(({ what }: { what: string }) => what === 'record-corrected')).toHaveLength(1);
    expect(journal.body.at(-1)).toMatchObject({
      before: { adjustmentSignedAt: '2023-10-26T18:00:00.000Z' },
      after: { adjustmentSignedAt: '2023-10-26T19:15:00.000Z' },
    });
  });
});

describe('an earlier return or tabling', () => {
  it('is corrected once the board has decided: day and paragraph, with what stood there in the journal', async () => {
    for (const deed of PREPARED) await deed(story);
    story.clock.set('2023-10-27T10:00:00.000Z');
    await story.act('secretary', 'decision', { outcome: 'tabled', paragraph: '§ 9' });
    await story.act('registrar', 'meeting', { meeting: '2023-11-23' });
    story.clock.set('2023-11-23T19:00:00.000Z');
    await story.act('secretary', 'decision', { outcome: 'adopted', paragraph: '§ 12' });
    const records = async () =>
      (await story.view()).records.slice(-2).map(({ record, on }: Record<string, string>) => `${record} ${on}`);
    expect(await records()).toEqual(['earlier-decision 2023-10-26', 'decision 2023-11-23']);

    const body = {
      record: 'earlier-decision',
      on: '2023-10-27',
      paragraph: '§ 10',
      reason: 'Ajournerat till fredagen',
    };
    expect((await act('registrar', 'correction', { ...body, on: '2023-10-25' })).body).toMatchObject({
      type: '/problems/date-out-of-order', earliest: '2023-10-26', against: 'convened-day',
    }); // prettier-ignore
    expect((await act('registrar', 'correction', { ...body, on: '2023-11-24' })).status).toBe(422);
    expect((await act('registrar', 'correction', body)).body).toMatchObject({
      type: '/problems/confirmation-needed', warnings: ['decision-after-meeting'], day: '2023-10-26',
    }); // prettier-ignore
    expect(await records()).toEqual(['earlier-decision 2023-10-26', 'decision 2023-11-23']);
    await story.act('registrar', 'correction', { ...body, confirm: true });
    expect(await records()).toEqual(['earlier-decision 2023-10-27', 'decision 2023-11-23']);
    expect((await story.view()).decision).toMatchObject({ date: '2023-11-23', paragraph: '§ 12', outcome: 'adopted' });
    const { confirm: _, ...same } = { ...body, confirm: true };
    expect((await act('registrar', 'correction', same)).body).toMatchObject({ type: '/problems/record-unchanged' });

    const journal = await story.app.get(`/api/v1/referrals/${story.id}/journal`, story.as('registrar'));
    expect(journal.body.at(-1)).toMatchObject({
      what: 'record-corrected',
      before: { steps: { sentBack: '2023-10-26' }, earlierDecision: { date: '2023-10-26', paragraph: '§ 9', outcome: 'tabled' } },
      after: {
        steps: { sentBack: '2023-10-27' },
        earlierDecision: { date: '2023-10-27', paragraph: '§ 10', outcome: 'tabled' },
        record: 'earlier-decision',
        reason: 'Ajournerat till fredagen',
      },
    }); // prettier-ignore

    await takeBack('decision');
    expect((await story.view()).decision).toMatchObject({ date: '2023-10-27', paragraph: '§ 10', outcome: 'tabled' });
    expect((await story.view()).records.at(-1)).toMatchObject({ record: 'decision', on: '2023-10-27' });
  });
});

describe('a provision of secrecy', () => {
  it('is changed on a case that is marked, closed ones too, and the journal keeps what stood there', async () => {
    await story.correct({ secrecy: { provision: 'OSL 21 kap. 7 §' } });
    story.clock.set('2023-09-12T10:00:00.000Z');
    await story.correct({ secrecy: { provision: 'OSL 18 kap. 8 §' } });
    expect((await story.view()).secrecy).toEqual({
      provision: 'OSL 18 kap. 8 §', date: '2023-09-12', by: 'Rut Registrator',
    }); // prettier-ignore
    const journal = await story.app.get(`/api/v1/referrals/${story.id}/journal`, story.as('registrar'));
    expect(journal.body.at(-1)).toMatchObject({
      what: 'secrecy-changed',
      before: { secrecy: { provision: 'OSL 21 kap. 7 §' } },
      after: { secrecy: { provision: 'OSL 18 kap. 8 §' } },
    });
    const path = `/api/v1/referrals/${story.id}`;
    const patch = async (who: 'registrar' | 'secretary', provision: string) => {
      const headers = { 'If-Match': `"${(await story.view()).version}"` };
      return story.app.patch(path, { secrecy: { provision } }, { ...story.as(who), headers });
    };
    expect((await patch('secretary', 'OSL 21 kap. 7 §')).status).toBe(403);
    expect((await patch('registrar', 'OSL 18 kap. 8 §')).body).toMatchObject({
      type: '/problems/already-done', status: 409, field: 'secrecy', doneOn: '2023-09-12',
    }); // prettier-ignore
  });
});

describe('a way to a decision', () => {
  it('says what can be decided there and what to think of, and refuses what cannot', async () => {
    const { routes } = await story.view();
    expect(routes).toEqual([
      { route: 'meeting', outcomes: ['adopted', 'declined', 'returned', 'tabled', 'noted'], warnings: [] },
      { route: 'chair', outcomes: ['adopted', 'declined', 'noted'], warnings: [] },
      { route: 'delegation', outcomes: ['adopted', 'declined', 'noted'], warnings: ['delegation-limits'] },
      { route: 'declined', outcomes: ['declined', 'noted'], warnings: ['declining-executive'] },
    ]);
    const chosen = await act('registrar', 'meeting', { route: 'declined', reason: 'Berör oss inte' });
    expect(chosen.body.warnings).toContain('declining-executive');
    const refused = await act('secretary', 'decision', { outcome: 'adopted' });
    expect(refused.body).toMatchObject({
      type: '/problems/outcome-not-of-route', status: 422, field: 'outcome', value: 'adopted', route: 'declined',
      possible: ['declined', 'noted'],
    }); // prettier-ignore
    await story.act('registrar', 'meeting', { route: 'chair', reason: 'Brådskande' });
    expect((await act('secretary', 'decision', { outcome: 'tabled' })).body).toMatchObject({
      status: 422, route: 'chair', possible: ['adopted', 'declined', 'noted'],
    }); // prettier-ignore
    const decided = await act('secretary', 'decision', { outcome: 'noted' });
    expect(decided.body).toMatchObject({ status: 'decided', routes: [] });
  });
});

describe('what is possible but seldom right', () => {
  it('is confirmed: a notice that comes down, and a case that is closed, while the time to appeal runs', async () => {
    story.clock.set('2023-10-26T18:30:00.000Z');
    for (const deed of DECIDED) await deed(story);
    const down = { step: 'notice-taken-down' };
    const seenBy = async (who: 'registrar' | 'secretary') =>
      (await story.app.get(`/api/v1/referrals/${story.id}`, story.as(who))).body;
    expect(await seenBy('registrar')).toMatchObject({
      acts: expect.arrayContaining(['close']),
      warnings: expect.arrayContaining(['appeal-running']),
    });
    expect((await seenBy('secretary')).warnings).not.toContain('appeal-running');
    expect((await act('secretary', 'steps', down)).body).toMatchObject({
      type: '/problems/confirmation-needed', status: 409, warnings: ['notice-too-early'], day: '2023-11-17',
    }); // prettier-ignore
    expect((await act('registrar', 'closing', {})).body).toMatchObject({
      type: '/problems/confirmation-needed', status: 409, warnings: ['notice-still-up', 'appeal-running'], day: '2023-11-16',
    }); // prettier-ignore
    await story.act('secretary', 'steps', { ...down, confirm: true });
    expect((await act('registrar', 'closing', {})).body).toMatchObject({ warnings: ['appeal-running'] });
    story.clock.set('2023-11-17T08:00:00.000Z');
    expect((await seenBy('registrar')).warnings).not.toContain('appeal-running');
    const correction = { record: 'notice-down', on: '2023-11-17', reason: 'Fel dag' };
    await story.act('registrar', 'correction', correction);
    const early = await act('registrar', 'correction', { ...correction, on: '2023-11-16' });
    expect(early.body).toMatchObject({ status: 409, warnings: ['notice-too-early'], day: '2023-11-17' });
    const later = { record: 'notice', on: '2023-10-27', reason: 'Fel dag' };
    const posted = await act('registrar', 'correction', later);
    expect(posted.body).toMatchObject({ status: 409, warnings: ['notice-too-early'], day: '2023-11-18' });
    expect((await story.view()).records).toContainEqual(
      expect.objectContaining({ record: 'notice', on: '2023-10-26' }),
    );
    await story.act('registrar', 'correction', { ...correction, on: '2023-11-16', confirm: true });
    await story.act('registrar', 'closing', {});
  });
});

describe('immediate adjustment', () => {
  it('is proposed no more once the minutes are adjusted in the ordinary way, and is again when that is taken back', async () => {
    story.clock.set('2023-10-26T18:30:00.000Z');
    await story.act('secretary', 'decision', { outcome: 'adopted' });
    expect((await story.view()).adjustment.status).toBe('proposed');
    await story.act('secretary', 'steps', { step: 'ordinary-adjustment' });
    expect(await story.view()).toMatchObject({ status: 'adjusted', adjustment: { status: 'not-needed' } });
    await takeBack('adjustment');
    expect(await story.view()).toMatchObject({ status: 'decided', adjustment: { status: 'proposed' } });
  });
});

describe('an extension', () => {
  it.each<readonly [string, string, object, string]>([
    ['2023-10-27', '2023-09-11', { answerDue: '2023-10-27' }, 'no later'],
    ['2023-10-30', '2023-11-06', { today: '2023-11-06' }, 'has been'],
  ])('is not asked to %s on %s: it %j %s', async (until, today, facts) => {
    story.clock.set(`${today}T10:00:00.000Z`);
    expect((await act('officer', 'extension', { act: 'ask', until })).body).toMatchObject({
      type: '/problems/answer-date-invalid', status: 422, field: 'until', value: until, ...facts,
    }); // prettier-ignore
  });

  it('is not granted to a day that has been', async () => {
    await story.act('officer', 'extension', { act: 'ask' });
    story.clock.set('2023-11-06T10:00:00.000Z');
    const granted = { act: 'granted', newDue: '2023-11-03' };
    expect((await act('officer', 'extension', granted)).body).toMatchObject({
      type: '/problems/answer-date-invalid', status: 422, field: 'newDue', value: '2023-11-03', today: '2023-11-06',
      detail: expect.stringContaining('den har redan varit, i dag är det'),
    }); // prettier-ignore
    expect((await story.view()).extensions).toMatchObject([{ state: 'asked' }]);
    await story.act('officer', 'extension', { ...granted, newDue: '2023-11-06' });
    expect(await story.view()).toMatchObject({ answerDue: '2023-11-06', extensions: [{ state: 'granted' }] });
  });

  it('to a day more than two years ahead is confirmed, asked for or given', async () => {
    const needed = { type: '/problems/confirmation-needed', status: 409, warnings: ['far-ahead'], day: '2127-01-04' };
    const ask = { act: 'ask', until: '2127-01-04' };
    expect((await act('officer', 'extension', ask)).body).toMatchObject(needed);
    expect((await story.view()).extensions).toEqual([]);
    await story.act('officer', 'extension', { ...ask, confirm: true });
    const granted = { act: 'granted', newDue: '2127-01-04' };
    expect((await act('officer', 'extension', granted)).body).toMatchObject({
      ...needed,
      detail:
        'Innan det görs: dagen ligger mer än två år fram (4 januari 2127). Skicka samma begäran med confirm: true om det ändå ska göras.',
    });
    expect(await story.view()).toMatchObject({ answerDue: '2023-10-27', extensions: [{ state: 'asked' }] });
    await story.act('officer', 'extension', { ...granted, confirm: true });
    expect((await story.view()).answerDue).toBe('2127-01-04');
  });
});

describe('a time of day by which the answer is to be in', () => {
  it('belongs to a day, when it is registered and when it is corrected', async () => {
    const refused = { type: '/problems/time-without-day', status: 422, field: 'answerDueTime' };
    const body = {
      board: 'EÅV', title: 'Utan dag', sender: 'Någon', receivedOn: '2023-09-11', answerDueTime: '12:00',
    }; // prettier-ignore
    expect((await story.app.post('/api/v1/referrals', body, story.as('registrar'))).body).toMatchObject(refused);
    await story.correct({ answerDueTime: '12:00' });
    const patch = async (change: object) => {
      const headers = { 'If-Match': `"${(await story.view()).version}"` };
      return story.app.patch(`/api/v1/referrals/${story.id}`, change, { ...story.as('registrar'), headers });
    };
    expect((await patch({ answerDue: null })).body).toMatchObject(refused);
    await story.correct({ answerDue: null, answerDueTime: null });
    expect(await story.view()).toMatchObject({ answerDue: null, answerDueTime: null });
  });

  it('is one that clocks show that day, when it is registered and when either is corrected', async () => {
    const refused = {
      type: '/problems/time-skipped', status: 422, field: 'answerDueTime', value: '02:30', day: '2027-03-28',
    }; // prettier-ignore
    const body = {
      board: 'EÅV', title: 'På våren', sender: 'Någon', receivedOn: '2023-09-11', answerDue: '2027-03-28',
      answerDueTime: '02:30',
    }; // prettier-ignore
    expect((await story.app.post('/api/v1/referrals', body, story.as('registrar'))).body).toMatchObject(refused);
    await story.correct({ answerDue: '2027-03-29', answerDueTime: '02:30' });
    const headers = { 'If-Match': `"${(await story.view()).version}"` };
    const options = { ...story.as('registrar'), headers };
    const answer = await story.app.patch(`/api/v1/referrals/${story.id}`, { answerDue: '2027-03-28' }, options);
    expect(answer.body).toMatchObject({
      ...refused,
      detail:
        'Klockslaget 02:30 finns inte den dagen, 28 mars 2027: klockan ställs då fram från 02:00 till 03:00. Ange ett annat klockslag eller en annan dag.',
    });
  });
});
