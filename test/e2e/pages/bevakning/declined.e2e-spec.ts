import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Actors } from '../../../../src/features/people/actors.js';
import { PeopleRepository } from '../../../../src/features/people/people.repository.js';
import { WatchList } from '../../../../src/features/pages/bevakning/watch-list.js';
import type { WatchedCase } from '../../../../src/features/pages/bevakning/watch-row.js';
import type { Watched } from '../../../../src/features/pages/bevakning/watch-scope.js';
import { byUrgency, needsOf } from '../../../../src/features/pages/bevakning/watch-words.js';
import { ReadDatabase } from '../../../../src/platform/database/read-database.js';
import { UnitOfWork } from '../../../../src/platform/database/unit-of-work.js';
import { ENGINES, startApp, type TestApp } from '../../../support/app.js';
import { MODEL_REMISS, seedModelBoard, seedPerson, type ModelBoard, type SeededPerson } from '../../../support/seed.js';
import { SettableClock } from '../../../support/settable-clock.js';

const HUNDRED = { from: 0, length: 100 };
const OTHER_WAY = 'En annan väg behövs';
const MINE = { scope: 'mine', boards: ['EÅV'], departments: [] } as const;
const BOARDS = { ...MINE, scope: 'board' } as const;

type Who = keyof ModelBoard | SeededPerson;

describe.each(ENGINES)('Bevakning of a case whose immediate adjustment has been declined, on %s', (engine) => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  let app: TestApp;
  let people: ModelBoard;
  let id = '';

  const personOf = (who: Who): SeededPerson => (typeof who === 'string' ? people[who] : who);
  const act = async (who: Who, path: string, body: object): Promise<void> => {
    const { status, body: said } = await app.post(`/api/v1/referrals/${id}/${path}`, body, personOf(who));
    expect({ path, status, why: said.detail }).toEqual({ path, status: 200, why: undefined });
  };
  const register = async (more: object = {}): Promise<void> => {
    clock.set('2023-09-11T08:41:00.000Z');
    const senderReference = `KS 2023/${Math.floor(Math.random() * 1e9)}`;
    const body = { ...MODEL_REMISS, officer: people.officer.email, department: 'HR', senderReference, ...more };
    const answer = await app.post('/api/v1/referrals', body, people.registrar);
    expect(answer.status).toBe(201);
    id = answer.body.id;
  };
  const decline = (who: Who = 'officer') =>
    act(who, 'adjustment', { act: 'decline', reason: 'Justeraren är borta', way: 'other-meeting' });
  const declined = async (more: object = {}): Promise<void> => {
    await register(more);
    await decline();
  };
  const prepared = async (): Promise<void> => {
    await act('officer', 'steps', { step: 'draft' });
    await act('manager', 'approval', { level: 'manager' });
  };
  const onAgenda = async (): Promise<void> => {
    await prepared();
    await act('director', 'approval', { level: 'director' });
    await act('secretary', 'steps', { step: 'dispatch' });
  };
  const ask = () => act('officer', 'extension', { act: 'ask', until: '2023-11-10' });

  beforeAll(async () => {
    app = await startApp({ clock, engine, process: 'web' });
    people = await seedModelBoard(app);
  });
  afterAll(() => app.close());

  const readOn = () => ({ today: clock.today(), closed: new Set<never>() });
  const listsOf = async (who: Who, watched: Watched) => {
    const { id: personId, email } = personOf(who);
    const actor = await app
      .provider(Actors)
      .actorOf(app.provider(ReadDatabase).manager, { id: personId, email, name: email }, clock.today());
    const list = app.provider(WatchList);
    // Counted before the list is read, which the list would otherwise say.
    const counted = await list.ownInNeed(actor);
    const lists = await list.execute(actor, watched, { inNeed: HUNDRED, toCome: HUNDRED });
    if (watched.scope === 'mine') expect(counted).toBe(lists.inNeed.cases.length);
    return lists;
  };
  const has = (cases: readonly WatchedCase[]) => cases.filter((one) => one.id === id);

  /** Where the case stands among a person's, and what it needs: in one list at the most. */
  async function seen(who: Who, watched: Watched = MINE): Promise<string> {
    const { inNeed, toCome } = await listsOf(who, watched);
    const found = [...has(inNeed.cases), ...has(toCome.cases)];
    expect(found.length).toBeLessThanOrEqual(1);
    const [one] = found;
    if (one === undefined) return '-';
    const needs = needsOf(one, readOn()).map(({ pill, more }) => `${pill.text} (${more[0] ?? ''})`);
    return `${has(inNeed.cases).length === 1 ? 'in need' : 'to come'}: ${needs.join(', ')}`;
  }
  const seenByAll = async () =>
    Object.fromEntries(
      await Promise.all(Object.keys(people).map(async (who) => [who, await seen(who as keyof ModelBoard)] as const)),
    );

  it('asks for another way beside its next step, of those who can find one', async () => {
    await declined();
    const draft = 'Utkast 4 okt (Väntar på handläggaren)';
    const yours = `in need: ${OTHER_WAY} (Väntar på dig), ${draft}`;
    expect(await seenByAll()).toEqual({
      registrar: yours, manager: yours, secretary: yours, director: '-', reader: '-',
      officer: `in need: ${OTHER_WAY} (Väntar på dig), Utkast 4 okt ()`,
    }); // prettier-ignore
    expect(await seen('reader', BOARDS)).toBe(
      `in need: ${OTHER_WAY} (Väntar på handläggaren eller registratorn), ${draft}`,
    );
    const [first] = byUrgency((await listsOf('registrar', BOARDS)).inNeed.cases, readOn);
    expect(first?.id).toBe(id);
    expect(first?.postponement).toEqual({ meeting: '2023-10-26', until: '2023-11-10' });
  });

  it('says what each may do about it, and to readers what is needed', async () => {
    const said = async (who: Who, watched: Watched = MINE) => {
      const { inNeed } = await listsOf(who, watched);
      return has(inNeed.cases).flatMap((one) => needsOf(one, readOn())[0]?.more.at(-1));
    };
    await declined();
    const until = 'till 10 nov (nämnd 26 okt)';
    expect(await said('registrar')).toEqual([`Begär anstånd ${until}, eller välj en annan väg`]);
    for (const who of ['officer', 'manager'] as const)
      expect(await said(who)).toEqual([`Begär anstånd ${until}, eller be registratorn välja en annan väg`]);
    expect(await said('secretary')).toEqual(['Välj ett annat sammanträde, eller se om ett extra kan hållas']);
    expect(await said('reader', BOARDS)).toEqual([`Anstånd behövs ${until}, eller en annan väg`]);
    await register({ answerDue: '2023-09-20' });
    expect(await said('secretary')).toEqual(['Se om ett extra sammanträde kan hållas']);
    expect(await said('registrar')).toEqual(['Begär anstånd till 29 sep (nämnd 28 sep), eller välj en annan väg']);
  });

  it('leaves the steps that are due to those whose they are, also while more time is asked for', async () => {
    await declined();
    await ask();
    clock.set('2023-10-03T08:00:00.000Z');
    const asked = '11 sep till 10 nov, inget svar än';
    expect(await seen('officer')).toBe(`in need: Anstånd begärt (${asked}), Utkast 4 okt (Väntar på dig)`);
    for (const who of ['registrar', 'manager', 'secretary'] as const) expect(await seen(who)).toBe('-');
    await act('officer', 'steps', { step: 'draft' });
    expect(await seen('manager')).toContain('in need: Anstånd begärt');
    expect(await seen('manager')).toContain('Chefens attest 6 okt (Väntar på dig)');
    await act('manager', 'approval', { level: 'manager' });
    expect(await seen('director')).toContain('Förvaltningschefens attest 9 okt (Väntar på dig)');
    expect(await seen('manager')).toBe('-');
  });

  it('stands among what needs an act on an agenda too, until its meeting has been held', async () => {
    await declined();
    await onAgenda();
    expect(await seen('registrar')).toBe(
      `in need: ${OTHER_WAY} (Väntar på dig), Sammanträde 26 okt (Väntar på nämndsekreteraren)`,
    );
    expect(await seen('officer')).toContain('in need: En annan väg behövs');
    expect(await seen('director', BOARDS)).toContain('in need: En annan väg behövs');
    clock.set('2023-10-26T08:00:00.000Z');
    expect(await seen('registrar')).toContain(OTHER_WAY);
    clock.set('2023-10-27T08:00:00.000Z');
    expect(await seen('registrar')).toBe('-');
    expect(await seen('secretary')).toBe('in need: Anteckna beslutet (Väntar på dig)');
    expect(await seen('officer')).toBe('to come: Anteckna beslutet (Väntar på nämndsekreteraren)');
  });

  it('rests while the case does, and ends with what another way brings', async () => {
    await declined();
    await act('registrar', 'dormancy', { dormant: true, reason: 'Vilar' });
    expect(await seen('registrar')).toBe('-');
    expect(await seen('officer')).toBe('to come: Vilande (Sedan 11 sep)');
    await act('registrar', 'dormancy', { dormant: false });
    expect(await seen('registrar')).toContain(OTHER_WAY);
    await act('registrar', 'meeting', { route: 'chair', reason: 'Brådskar' });
    for (const who of ['registrar', 'secretary', 'officer'] as const) expect(await seen(who)).not.toContain(OTHER_WAY);
  });

  it('stands in one list of those who do its next step later and another way now', async () => {
    await declined();
    await onAgenda();
    expect(await seen('secretary')).toBe(`in need: ${OTHER_WAY} (Väntar på dig), Sammanträde 26 okt (Väntar på dig)`);
    await ask();
    expect(await seen('secretary')).toMatch(/^to come: Anstånd begärt/);
  });

  it.each([
    [
      'has left',
      (id: string) => app.provider(UnitOfWork).run((tx) => app.provider(PeopleRepository).end(tx, id, clock.today())),
    ],
    [
      'has lost the role',
      (id: string) =>
        app.provider(UnitOfWork).run((tx) => app.provider(PeopleRepository).removeRole(tx, id, 'EÅV', 'officer')),
    ],
  ])('is the registrars’ to ask the sender about when its officer %s, with a meeting or without', async (how, goes) => {
    const maja = await seedPerson(app, {
      email: `${how.replace(/ /g, '.')}.${engine}@example.se`,
      name: 'Maja Ny',
      roles: { EÅV: ['officer', 'reader'] },
    });
    const cases: string[] = [];
    for (const answerDue of ['2023-10-27', '2023-09-20']) {
      await register({ officer: maja.email, answerDue });
      if (answerDue === '2023-10-27') await decline(maja);
      await act(maja, 'extension', { act: 'ask', until: '2023-11-10' });
      expect(await seen('registrar')).toBe('-');
      cases.push(id);
    }
    await goes(maja.id);
    for (id of cases) {
      expect(await seen('registrar')).toContain('in need: Anstånd begärt');
      const [one] = has((await listsOf('registrar', MINE)).inNeed.cases);
      const said = one === undefined ? [] : needsOf(one, readOn()).flatMap(({ more }) => more);
      expect(said).toContain('Väntar på dig: hör med avsändaren');
      expect(said).not.toContain('Väntar på handläggaren');
      if (one?.nextStep?.step === 'draft') expect(said).toContain('Väntar på en ny handläggare');
      for (const who of ['manager', 'secretary'] as const) expect(await seen(who)).toBe('-');
    }
  });
});
