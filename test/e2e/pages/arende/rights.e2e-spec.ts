import { beforeAll, describe, expect, it } from '@jest/globals';
import { ACTS, type Act } from '../../../../src/domain/referral/lifecycle.js';
import { slugOf } from '../../../../src/features/pages/arende/acts/act-forms.js';
import { seedBoard, seedMeeting, seedPerson, type SeededPerson } from '../../../support/seed.js';
import type { PlainBrowser } from '../../sign-in/pages-app.js';
import { caseStage, type CaseStage, type Who } from './case-stage.js';

/** Enough for every form, so that nothing but the right is missing. */
const FILLED = {
  officer: 'hanna.handlaggare@example.se', on: '2023-09-11', reason: 'Skäl', way: 'chair', meeting: '2023-11-23',
  route: 'chair', until: '2023-11-24', answer: 'refused', outcome: 'adopted', signedOn: '2023-09-11',
  signedTime: '08:00', how: 'e-post', provision: 'OSL 21 kap. 7 §', title: 'Förfalskad', steg: 'bekrafta',
}; // prettier-ignore

/** The fields of each act's form: others are refused as unknown. */
const FIELDS: Partial<Record<Act, readonly (keyof typeof FILLED)[]>> = {
  assign: ['officer'],
  start: ['on'],
  'draft-done': ['on'],
  'choose-meeting': ['meeting'],
  'choose-route': ['route', 'reason'],
  'request-extension': ['until'],
  'answer-extension': ['answer'],
  'decline-adjustment': ['reason', 'way'],
  'record-decision': ['outcome'],
  'sign-adjustment': ['signedOn', 'signedTime'],
  'send-answer': ['how'],
  cancel: ['reason'],
  reopen: ['reason'],
  'mark-secret': ['provision'],
  'change-secrecy': ['provision'],
  correct: ['title'],
  'correct-record': ['reason'],
  'take-back-record': ['reason'],
};

type State = readonly [string, (stage: CaseStage) => Promise<string>];

const registered = async (stage: CaseStage, more: object = {}): Promise<string> => stage.register(more);
const assigned = async (stage: CaseStage): Promise<string> => stage.register({ officer: stage.people.officer.email });
const after = (before: State[1], who: Who, path: string, body: object = {}): State[1] => async (stage) => {
  const id = await before(stage);
  await stage.act(id, who, path, body);
  return id;
}; // prettier-ignore

const approved = after(
  after(after(assigned, 'officer', 'steps', { step: 'draft' }), 'manager', 'approval', { level: 'manager' }),
  'director', 'approval', { level: 'director' },
); // prettier-ignore
/** Decided at a meeting of the same day, so that nobody's session ends on the way. */
const meetsToday = after(approved, 'registrar', 'meeting', { meeting: '2023-09-11' });
const onAgenda = after(meetsToday, 'secretary', 'steps', { step: 'dispatch' });
const decided = after(
  after(onAgenda, 'secretary', 'decision', { outcome: 'adopted' }),
  'secretary', 'adjustment', { act: 'decide' },
); // prettier-ignore
const adjusted = after(decided, 'secretary', 'adjustment', { act: 'sign' });
const answered = after(adjusted, 'registrar', 'answer', {});

const STATES: readonly State[] = [
  ['registered', registered],
  ['assigned', assigned],
  ['asked for more time', after(assigned, 'officer', 'extension', { act: 'ask' })],
  ['approved', approved],
  ['on the agenda', onAgenda],
  ['decided', decided],
  ['adjusted', adjusted],
  ['answered', answered],
  ['closed', after(answered, 'registrar', 'closing', { confirm: true })],
  ['cancelled', after(assigned, 'registrar', 'cancellation', { reason: 'Dubblett' })],
  ['without a meeting in time', (stage) => registered(stage, { answerDue: '2023-09-20' })],
  ['without an answer date', (stage) => registered(stage, { answerDue: null })],
  ['secret', (stage) => registered(stage, { secrecy: { provision: 'OSL 21 kap. 7 §' } })],
  ['dormant', after(assigned, 'registrar', 'dormancy', { dormant: true })],
];

describe('What a person may do on the page of a case', () => {
  const stage = caseStage();
  const people = new Map<string, SeededPerson>();
  const browsers = new Map<string, PlainBrowser>();

  beforeAll(async () => {
    await seedMeeting(stage.app, '2023-09-11');
    for (const [who, person] of Object.entries(stage.people)) people.set(who, person);
    people.set('another officer', await stage.person('Olle Ombud', { roles: { EÅV: ['officer'] } }));
    const elsewhere = await stage.person('Mia Chef', { roles: { EÅV: ['manager'] } });
    await stage.department('KULT', 'Kultur', elsewhere.id);
    people.set('another manager', elsewhere);
    for (const [who, person] of people) browsers.set(who, await stage.plainAs(person));
  });

  const shownOn = (body: string, id: string): Set<string> =>
    new Set(
      [...body.matchAll(new RegExp(`(?:href|action)="/arenden/${id}/([a-z-]+)[?"]`, 'g'))].map(
        ([, slug]) => slug ?? '',
      ),
    );

  describe.each(STATES)('in a case that is %s', (_, make) => {
    let id: string;
    beforeAll(async () => {
      id = await make(stage);
    });

    it('is shown, to each, and nothing more; a forged form is refused', async () => {
      for (const [who, browser] of browsers) {
        const token = people.get(who)?.token ?? '';
        const view = (await stage.app.get(`/api/v1/referrals/${id}`, { token })).body;
        const allowed: Act[] = view.acts;
        const page = await browser.get(`/arenden/${id}`);
        expect({ who, status: page.status }).toEqual({ who, status: 200 });
        expect({ who, shown: [...shownOn(page.body, id)].sort() }).toEqual({ who, shown: allowed.map(slugOf).sort() });
        for (const act of ACTS) {
          const path = `/arenden/${id}/${slugOf(act)}`;
          const may = allowed.includes(act);
          const asked = await browser.get(path);
          expect({ who, act, asked: asked.status }).toEqual({ who, act, asked: may ? 200 : 403 });
          if (may) continue;
          const fields = Object.fromEntries((FIELDS[act] ?? []).map((name) => [name, FILLED[name]]));
          const forged = await browser.post(path, { version: String(view.version), steg: 'bekrafta', ...fields });
          expect({ who, act, forged: forged.status }).toEqual({ who, act, forged: 403 });
        }
        const { version } = (await stage.app.get(`/api/v1/referrals/${id}`, { token })).body;
        expect({ who, version }).toEqual({ who, version: view.version });
      }
    });
  });

  it('a form without its version, or of another case, does nothing', async () => {
    const id = await stage.register();
    const registrar = browsers.get('registrar');
    await registrar?.get(`/arenden/${id}`);
    const bare = await registrar?.post(`/arenden/${id}/makulera`, { reason: 'x', steg: 'bekrafta' });
    expect(bare?.status).toBe(428);
    const unknown = await registrar?.post(`/arenden/${id}/makulera`, { version: '1', reason: 'x', status: 'closed' });
    expect(unknown?.status).toBe(422);
    expect((await stage.view(id)).status).toBe('registered');
  });

  it('a case of another board, and an act that there is not, are not there', async () => {
    await seedBoard(stage.app, 'MN', 'Miljönämnden');
    const other = await seedPerson(stage.app, {
      email: 'm@example.se',
      name: 'Mats Miljö',
      roles: { MN: ['registrar'] },
    });
    const id = await stage.register();
    const browser = await stage.plainAs(other);
    for (const path of ['', '/andra', '/makulera']) {
      const answer = await browser.get(`/arenden/${id}${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.body).not.toContain('trygghetsprogram');
    }
    const registrar = browsers.get('registrar');
    for (const path of [`/arenden/${id}/finns-inte`, '/arenden/inget-id', '/arenden/inget-id/makulera']) {
      expect([path, (await registrar?.get(path))?.status]).toEqual([path, 404]);
    }
  });

  it('a secret case tells nobody else more than its number and date', async () => {
    const id = await stage.register({
      title: 'Hemlig rubrik',
      sender: 'Hemlig avsändare',
      secrecy: { provision: 'OSL 21:7' },
    });
    for (const who of ['reader', 'director', 'another officer', 'another manager']) {
      for (const path of ['', '/makulera', '/andra']) {
        const { body } = (await browsers.get(who)?.get(`/arenden/${id}${path}`)) ?? { body: '' };
        expect({ who, path, told: /Hemlig|OSL 21:7|27 oktober/.test(body) }).toEqual({ who, path, told: false });
        expect(body).toMatch(/EÅV 2023\/\d+/);
      }
      const stale = await browsers.get(who)?.post(`/arenden/${id}/makulera`, { version: '7', reason: 'x' });
      expect({ who, status: stale?.status, told: /Hemlig/.test(stale?.body ?? '') }).toEqual({
        who,
        status: 403,
        told: false,
      });
    }
  });
});
