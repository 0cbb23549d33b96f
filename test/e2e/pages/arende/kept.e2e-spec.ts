import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ACTS } from '../../../../src/domain/referral/lifecycle.js';
import { slugOf } from '../../../../src/features/pages/arende/acts/act-forms.js';
import type { SeededPerson } from '../../../support/seed.js';
import { textOf } from '../lista/page-visits.js';
import { caseStage } from './case-stage.js';

const SECRET = 'Kartan över skyddsrummen';

describe('What was typed in a form of a case is given back when', () => {
  const stage = caseStage();
  let another: SeededPerson;
  let id: string;

  beforeAll(async () => {
    another = await stage.person('Olle Ombud', { roles: { EÅV: ['officer'] } });
  });
  beforeEach(async () => {
    stage.noonOf('2023-09-11');
    id = await stage.register({ officer: stage.people.officer.email, title: SECRET });
  });

  const becomesSecret = async (): Promise<void> => {
    await stage.act(id, 'registrar', 'assignment', { officer: another.email });
    const secrecy = { provision: 'OSL 15 kap. 2 §', steg: 'bekrafta' };
    expect((await stage.send('registrar', id, slugOf('mark-secret'), secrecy)).status).toBe(303);
  };

  it('the case has been cancelled meanwhile, and its facts were to be corrected', async () => {
    const { version } = await stage.view(id);
    await stage.act(id, 'registrar', 'cancellation', { reason: 'Dubblett' });
    const typed = { title: 'En annan mening', note: 'Rad ett\nRad två' };
    const { status, body } = await stage.send('registrar', id, 'andra', typed, version);
    const text = textOf(body);
    expect(status).toBe(409);
    expect(text).toContain('Det går inte nu');
    expect(text).toContain('Det du fyllde i');
    expect(text).toContain('Ärendemening En annan mening');
    expect(text).toContain('Makulerat: Dubblett.');
    expect(body).toContain('Rad ett\nRad två');
    expect((await stage.view(id)).title).toBe(SECRET);
  });

  it.each([
    ['anstand', { until: '2027-03-01', note: 'Talade med Karin' }, ['1 mars 2027', 'Talade med Karin']],
    ['andra', { title: 'En annan mening', note: 'Egna ord' }, ['En annan mening', 'Egna ord']],
  ])(
    'the case has become secret for the person meanwhile, at /%s, and nothing of the case',
    async (slug, typed, kept) => {
      const { version } = await stage.view(id);
      await becomesSecret();
      const { status, body } = await stage.send('officer', id, slug, typed, version);
      const text = textOf(body);
      expect(status).toBe(403);
      expect(text).toContain('sekretessmarkerat');
      for (const words of kept) expect(text).toContain(words);
      expect(text).not.toMatch(/Kartan|Kommunstyrelsen|Olle|27 oktober|OSL 15/);
    },
  );

  const etiketter = JSON.stringify([['officer', 'Handläggare', ['olle.ombud@example.se', 'Olle Ombud']]]);
  it.each([
    ['sammantrade', { meeting: '2023-10-26' }, 'Sammanträde 26 oktober 2023', '2023-10-26'],
    ['beslutsvag', { route: 'chair' }, 'Beslutsväg Ordförandebeslut', 'chair'],
    ['beslut', { outcome: 'adopted', date: '2023-10-26' }, 'Beslut Svaret antogs', 'adopted'],
    ['ratta-anteckning', { record: 'agenda-dispatch' }, 'Anteckning Kallelsen utskickad', 'agenda-dispatch'],
    ['fordela', { officer: 'olle.ombud@example.se' }, 'Handläggare Olle Ombud', 'olle.ombud@'],
  ])('at /%s what was chosen is told in words, though it can no longer be chosen', async (slug, typed, words, code) => {
    const { version } = await stage.view(id);
    await stage.act(id, 'registrar', 'assignment', { officer: another.email });
    const secrecy = { provision: 'OSL 15 kap. 2 §', steg: 'bekrafta' };
    expect((await stage.send('registrar', id, slugOf('mark-secret'), secrecy)).status).toBe(303);
    const { body } = await stage.send('officer', id, slug, { ...typed, _etiketter: etiketter }, version);
    expect(textOf(body)).toContain(words);
    expect(textOf(body)).not.toContain(code);
  });

  it('the person may not do it, though the form is of the case as it stands', async () => {
    const { status, body } = await stage.send('reader', id, 'makulera', { reason: 'Egna skäl' });
    expect([status, textOf(body).includes('Egna skäl')]).toEqual([403, true]);
  });

  it('any act at all was to be done with a case that has become secret', async () => {
    const { version } = await stage.view(id);
    await becomesSecret();
    for (const act of ACTS) {
      const { status, body } = await stage.send('officer', id, slugOf(act), { title: 'Mitt', reason: 'Mitt' }, version);
      expect([act, status]).toEqual([act, 403]);
      expect(textOf(body)).not.toMatch(/Kartan|Kommunstyrelsen|Olle|27 oktober|OSL 15/);
    }
  });

  it('nothing was typed: then nothing is shown as typed', async () => {
    const { body } = await stage.send('reader', id, 'makulera', {});
    expect(textOf(body)).not.toContain('Det du fyllde i');
  });
});
