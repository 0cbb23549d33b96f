import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { change } from '../../../src/platform/database/sql.js';
import { ReplanDeclined } from '../../../src/features/reminders/replan-declined.js';
import { Story } from '../../support/story.js';

describe('a case whose immediate adjustment has been declined', () => {
  let story: Story;

  beforeEach(async () => {
    story = await Story.begin();
    await story.register();
    const body = { act: 'decline', reason: 'Justeraren är borta', way: 'other-meeting' };
    const { status } = await story.app.post(`/api/v1/referrals/${story.id}/adjustment`, body, story.as('officer'));
    expect(status).toBe(200);
  });
  afterEach(() => story.end());

  const asItStands = {
    meeting: { date: '2023-10-26' },
    adjustment: { status: 'declined', reason: 'Justeraren är borta' },
    nextStep: { step: 'choose-route', on: '2023-09-11' },
  };
  const days = (view: { timetable: readonly { milestone: string; date: string }[] }) =>
    Object.fromEntries(view.timetable.map(({ milestone, date }) => [milestone, date]));

  it('is shown as too late on its meeting, with the one that is recommended instead', async () => {
    const view = await story.view();
    expect(view).toMatchObject({ ...asItStands, recommended: '2023-09-28', none: null });
    expect(view.warnings).toContain('no-meeting-in-time');
    expect(view.warnings).not.toContain('meeting-too-late');
    expect(days(view)).toMatchObject({ adjustment: '2023-11-09', expedite: '2023-11-10' });
    const option = view.options.find(({ meeting }: { meeting: string }) => meeting === '2023-10-26');
    expect(option).toMatchObject({ adjustment: 'too_late', adjustsOn: '2023-11-09', leavesOn: '2023-11-10' });
  });

  it('is planned anew where an earlier release left it planned on what was declined, once', async () => {
    const set = `UPDATE "referral" SET "no_meeting_since" = NULL, "next_step" = 'draft' WHERE "id" = ?`;
    await story.app.provider(UnitOfWork).run((tx) => change(tx, set, [story.id]));
    await story.app.provider(ReplanDeclined).execute();
    const view = await story.view();
    expect(view).toMatchObject(asItStands);
    await story.app.provider(ReplanDeclined).execute();
    expect((await story.view()).version).toBe(view.version);
  });
});
