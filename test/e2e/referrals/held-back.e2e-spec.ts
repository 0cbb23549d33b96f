import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ENGINES } from '../../support/app.js';
import { ADOPTED_IN_OCTOBER, does, Story } from '../../support/story.js';

const takesBack = (record: string) => does('registrar', 'taking-back', { record, reason: 'Fel ärende' });

describe.each(ENGINES)('reminders that a mistake had held back, on %s', (engine) => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.begin(engine);
    await story.register();
  });
  afterEach(() => story.end());

  const goneOn = (day: string): string[] => (story.mails[day] ?? []).map((mail) => mail.replace(/:.*/, ''));

  /** The ledger's rows about something, as `offset person: state`. */
  async function ledgerOf(about: string): Promise<string[]> {
    const { body } = await story.app.get(`/api/v1/referrals/${story.id}/reminders`, story.as('registrar'));
    return body
      .filter((one: { about: string }) => one.about === about)
      .map((one: { offset: number; to: { name: string }; state: string }) => {
        return `${one.offset} ${one.to.name.split(' ')[0]}: ${one.state}`;
      })
      .sort();
  }

  it('go as one mail when a draft is not done after all, and what was sent stays sent', async () => {
    await story.walk('2023-10-09', {
      '2023-09-29': [does('officer', 'steps', { step: 'draft' })],
      '2023-10-05': [takesBack('draft')],
    });
    expect(await ledgerOf('draft')).toEqual(['-1 Hanna: superseded', '-5 Hanna: sent', '0 Hanna: sent']);
    for (const day of ['2023-10-03', '2023-10-04']) expect(goneOn(day)).toEqual([]);
    expect(goneOn('2023-10-05').filter((name) => name === 'hanna')).toEqual(['hanna']);
    const mail = story.sink.to(story.people.officer.email).at(-1);
    expect(mail?.text).toContain('EÅV 2023/1');
    expect(mail?.text).toContain('Ha utkastet till svar klart');
    expect(['2023-10-06', '2023-10-09'].flatMap(goneOn)).not.toContain('hanna');
  });

  it('go to each person once when an answer has not been sent, and the chain goes on from there', async () => {
    await story.walk('2023-11-06', {
      ...ADOPTED_IN_OCTOBER,
      '2023-10-26': [...(ADOPTED_IN_OCTOBER['2023-10-26'] ?? []), does('registrar', 'answer', { how: 'e-post' })],
      '2023-10-27': [],
      '2023-11-02': [takesBack('answer')],
    });
    expect(['2023-10-27', '2023-10-30', '2023-10-31'].flatMap(goneOn)).not.toContain('hanna');
    expect(goneOn('2023-11-02')).toEqual(['cesar', 'hanna', 'sixten']);
    expect(await ledgerOf('answerDue')).toEqual([
      '-10 Hanna: sent', '-2 Hanna: sent', '-5 Hanna: sent', '0 Hanna: superseded', '1 Cesar: sent', '1 Hanna: sent',
      '11 Cesar: pending', '11 Hanna: pending', '6 Cesar: sent', '6 Hanna: sent',
    ]); // prettier-ignore
    expect(await ledgerOf('expedite')).toEqual(['0 Hanna: sent', '0 Sixten: sent']);
    expect(story.sink.to(story.people.officer.email).at(-1)?.text).toContain('EÅV 2023/1');
    expect(goneOn('2023-11-03')).toEqual([]);
    expect(goneOn('2023-11-06')).toEqual(['cesar', 'hanna']);
  });

  it('do not go when nothing had passed, or when the step is done by then', async () => {
    await story.walk('2023-10-06', {
      '2023-09-29': [does('officer', 'steps', { step: 'draft' }), takesBack('draft')],
      '2023-10-02': [does('officer', 'steps', { step: 'draft' })],
      '2023-10-06': [does('manager', 'approval', { level: 'manager' }), takesBack('managerApproval')],
    });
    expect(await ledgerOf('draft')).toEqual(['-1 Hanna: superseded', '-5 Hanna: sent', '0 Hanna: superseded']);
    expect(goneOn('2023-10-06')).toEqual(['cesar', 'disa']);
    expect(await ledgerOf('managerApproval')).toEqual(['-1 Cesar: sent', '0 Cesar: sent']);
  });
});
