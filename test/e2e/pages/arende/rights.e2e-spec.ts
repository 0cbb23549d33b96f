import { beforeAll, describe, expect, it } from '@jest/globals';
import { ACTS, type Act } from '../../../../src/domain/referral/lifecycle.js';
import { slugOf } from '../../../../src/features/pages/arende/acts/act-forms.js';
import { seedBoard, seedMeeting, seedPerson, type SeededPerson } from '../../../support/seed.js';
import type { PlainBrowser } from '../../sign-in/pages-app.js';
import { caseStage } from './case-stage.js';
import { FIELDS, FILLED, STATES } from './case-states.js';

/** Who sees no case of the board, whatever they are elsewhere. */
const BLIND: readonly string[] = ['an administrator', 'a registrar elsewhere'];

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
    await seedBoard(stage.app, 'SBN', 'Stadsbyggnadsnämnden');
    const both = await stage.person('Bo Båda', {
      roles: { EÅV: ['reader'], SBN: ['registrar', 'secretary', 'manager'] },
    });
    people.set('a reader who is registrar elsewhere', both);
    const admin = await stage.person('Ada Admin', { roles: { EÅV: ['admin'], SBN: ['reader'] } });
    people.set('an administrator', admin);
    people.set('a registrar elsewhere', await stage.person('Rita Registrator', { roles: { SBN: ['registrar'] } }));
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
        if (BLIND.includes(who)) continue;
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

    it('is not there for who sees no cases of the board, by whatever address', async () => {
      const { version } = await stage.view(id);
      for (const who of BLIND) {
        const browser = browsers.get(who);
        await browser?.get('/konto');
        for (const slug of ['', ...ACTS.map((act) => `/${slugOf(act)}`)]) {
          const shown = await browser?.get(`/arenden/${id}${slug}`);
          const told = /trygghetsprogram|Kommunstyrelsen|EÅV 2023/.test(shown?.body ?? '');
          expect({ who, slug, status: shown?.status, told }).toEqual({ who, slug, status: 404, told: false });
          if (slug === '') continue;
          const forged = await browser?.post(`/arenden/${id}${slug}`, { version: String(version), steg: 'bekrafta' });
          expect({ who, slug, forged: forged?.status }).toEqual({ who, slug, forged: 404 });
        }
      }
      expect((await stage.view(id)).version).toBe(version);
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
