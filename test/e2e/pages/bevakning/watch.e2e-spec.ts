import { expect, it } from '@jest/globals';
import { PeopleRepository } from '../../../../src/features/people/people.repository.js';
import { UnitOfWork } from '../../../../src/platform/database/unit-of-work.js';
import { describeInBrowser } from '../../../support/browser.js';
import { seedPerson, type SeededPerson } from '../../../support/seed.js';
import { SettableClock } from '../../../support/settable-clock.js';
import { PlainBrowser } from '../../sign-in/pages-app.js';
import { app, open, people, reopen, setStage } from '../browser-stage.js';
import { enter, expectGood, textOf } from '../lista/page-visits.js';

describeInBrowser('The watch list', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  setStage(clock);

  const register = async (more: object): Promise<string> => {
    const body = {
      board: 'EÅV', title: 'En remiss', sender: 'Kommunstyrelsen', receivedOn: '2023-09-01', answerDue: '2023-10-27',
      officer: people.officer.email, ...more,
    }; // prettier-ignore
    const answer = await app.post('/api/v1/referrals', body, { token: people.registrar.token });
    expect(answer.status).toBe(201);
    return answer.body.id;
  };
  const act = async (who: SeededPerson, id: string, path: string, body: object): Promise<void> => {
    const answer = await app.post(`/api/v1/referrals/${id}/${path}`, body, { token: who.token });
    expect({ path, status: answer.status, why: answer.body.detail }).toEqual({ path, status: 200, why: undefined });
  };
  /** The rows of a list, as number and what is to be done. */
  const rows = async (label: string): Promise<string[]> => {
    const found = open.page.getByRole('table', { name: label, exact: true }).locator('tbody tr');
    return found.evaluateAll((all) =>
      all.map((row) => {
        const pills = [...row.querySelectorAll('td:nth-child(3) .pill')].map((pill) => pill.textContent);
        return `${row.querySelector('.dnr')?.textContent ?? ''}: ${pills.join(', ')}`;
      }),
    );
  };

  it('says so when nothing waits', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, '/bevakning');
    expect(await page.locator('.lede').textContent()).toBe(
      'Måndag 11 september 2023. 0 öppna remisser, ingen kräver åtgärd.',
    );
    expect(await page.locator('main').textContent()).toContain('Inget kräver åtgärd just nu.');
    await expectGood(page, 'bevakning-tom');
  });

  it('names every reason in words, the most pressing first, and what comes after', async () => {
    await register({ title: 'Svaret är sent', answerDue: '2023-09-29' });
    await register({ title: 'Ingen har den', officer: null, answerDue: '2023-12-20' });
    await register({ title: 'Utan svarsdag', answerDue: null });
    await register({ title: 'Inget sammanträde', answerDue: '2023-09-20' });
    const model = await register({ title: 'Mönstret' });
    const confirmed = await register({ title: 'Bekräftad' });
    await act(people.officer, confirmed, 'adjustment', { act: 'confirm' });
    await register({ title: 'Långt kvar', answerDue: '2023-12-20' });
    await act(people.officer, model, 'steps', { step: 'draft', on: '2023-09-11' });
    clock.set('2023-10-02T08:00:00.000Z');
    const { page } = open;
    await enter(page, app, people.registrar, '/bevakning');
    expect(await rows('Kräver åtgärd')).toEqual([
      'EÅV 2023/4: Svaret är försenat, Inget sammanträde i tid',
      'EÅV 2023/1: Svaret är försenat, Utkastet är försenat, Bekräfta justeringen',
      'EÅV 2023/2: Fördela ärendet',
      'EÅV 2023/3: Svarsdag saknas',
      'EÅV 2023/5: Chefens attest 6 okt, Bekräfta justeringen',
      'EÅV 2023/6: Utkast 4 okt',
    ]);
    expect(await rows('Kommande')).toEqual(['EÅV 2023/7: Utkast 1 nov']);
    const main = (await page.locator('main').textContent()) ?? '';
    expect(main).toContain('7 öppna remisser, 6 kräver åtgärd.');
    expect(main).toContain('15 arbetsdagar sedan registrering');
    expect(
      await page.getByRole('img', { name: /^Registrerad 11 september, utkastet blev klart 11 september/ }).count(),
    ).toBe(1);
    await expectGood(page, 'bevakning');
  });

  it('gives each role what it watches, and counts in the menu what waits for the person', async () => {
    const seen: Record<string, string[]> = {};
    for (const [role, person] of Object.entries(people)) {
      const plain = new PlainBrowser(app);
      await plain.signIn((person as SeededPerson).email);
      const { body } = await plain.get('/bevakning');
      const count = />Bevakning<\/span><span class="n hot"[^>]*>(\d+)</.exec(body)?.[1] ?? '0';
      const scope = /aria-current="true">([^<]+)</.exec(body)?.[1] ?? 'Nämndens';
      const mine = (await plain.get('/bevakning?visa=mina')).body;
      if (role === 'reader') expect(body).not.toContain('class="n hot');
      else expect(textOf(mine)).toContain(count === '0' ? 'ingen kräver åtgärd' : `${count} kräver åtgärd`);
      seen[role] = [scope, /, (ingen|\d+) kräver/.exec(textOf(body))?.[1] ?? '', count];
    }
    expect(seen).toEqual({
      registrar: ['Nämndens', '6', '3'],
      // Of the officer's six, the one without an answer day is the registrar's to mend.
      officer: ['Mina', '4', '4'],
      // An approval, and a case without a way in time: of that the manager, secretaries and registrars are reminded.
      manager: ['Min avdelnings', '5', '2'],
      director: ['Mina', 'ingen', '0'],
      secretary: ['Mina', '1', '1'],
      reader: ['Nämndens', '6', '0'],
    });
  });

  it('shows the manager the approval, and a registrar what to hand out, when they ask for what is theirs', async () => {
    const mine = async (person: SeededPerson): Promise<string[]> => {
      const plain = new PlainBrowser(app);
      await plain.signIn(person.email);
      return [...new Set(textOf((await plain.get('/bevakning?visa=mina')).body).match(/EÅV 2023\/\d+/g) ?? [])].sort();
    };
    expect(await mine(people.manager)).toEqual(['EÅV 2023/4', 'EÅV 2023/5']);
    expect(await mine(people.registrar)).toEqual(['EÅV 2023/2', 'EÅV 2023/3', 'EÅV 2023/4']);
    expect(await mine(people.secretary)).toEqual(['EÅV 2023/4']);
  });

  it('leaves ending a case to registrars: its officer finds it among what is coming', async () => {
    const id = await register({ title: 'Redan besvarad', answerDue: '2023-12-20' });
    await act(people.registrar, id, 'meeting', { route: 'declined', reason: 'Berör oss inte' });
    await act(people.secretary, id, 'decision', { outcome: 'declined' });
    await act(people.registrar, id, 'answer', {});
    const { page } = open;
    await enter(page, app, people.officer, '/bevakning');
    expect((await rows('Kräver åtgärd')).filter((row) => row.startsWith('EÅV 2023/8'))).toEqual([]);
    expect(await rows('Kommande')).toContain('EÅV 2023/8: Avsluta ärendet');
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await enter(page, app, people.registrar, '/bevakning');
    expect((await rows('Kräver åtgärd')).at(-1)).toBe('EÅV 2023/8: Avsluta ärendet');
  });

  it('remembers in the address whose cases are shown, without scripts too', async () => {
    await reopen({ javaScriptEnabled: false });
    const { page } = open;
    await enter(page, app, people.officer, '/bevakning');
    await page.getByRole('navigation', { name: 'Vems ärenden' }).getByRole('link', { name: 'Nämndens' }).click();
    expect(new URL(page.url()).search).toBe('?visa=namnden');
    expect((await rows('Kräver åtgärd')).length).toBe(7);
    await page.locator('#sok').fill('Mönstret');
    await page.getByRole('button', { name: 'Sök', exact: true }).click();
    expect(new URL(page.url()).pathname).toBe('/arenden');
    expect(await page.locator('#resultat a.dnr').allTextContents()).toEqual(['EÅV 2023/5']);
  });

  it('names to registrars, and to nobody else, the cases that someone who has left still has', async () => {
    await reopen();
    const { page } = open;
    const seed = { email: 'lova@example.se', name: 'Lova Slutar', roles: { EÅV: ['officer'] } } as const;
    const lova = await seedPerson(app, seed);
    const id = await register({ title: 'Lovas', officer: lova.email, answerDue: '2023-12-20' });
    await app.provider(UnitOfWork).run((tx) => app.provider(PeopleRepository).end(tx, lova.id, clock.today()));
    await enter(page, app, people.registrar, '/bevakning');
    const callout = page.locator('.callout', { hasText: 'Handläggaren har slutat' });
    expect(await callout.locator('li').allTextContents()).toEqual(['EÅV 2023/9 Lova Slutar']);
    await expectGood(page, 'bevakning-slutat');
    await callout.getByRole('link', { name: 'EÅV 2023/9' }).click();
    expect(new URL(page.url()).pathname).toBe(`/arenden/${id}`);
    expect(await page.locator('main').textContent()).toContain('Handläggaren har slutat. Fördela ärendet till någon');
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await enter(page, app, people.secretary, '/bevakning');
    expect(await page.locator('main').textContent()).not.toContain('har slutat');
  });

  it('names to them, too, those of an officer who is here and is officer at the board no longer', async () => {
    await reopen();
    const { page } = open;
    const roles = { EÅV: ['officer', 'reader'] } as const;
    const rolf = await seedPerson(app, { email: 'rolf@example.se', name: 'Rolf Rollös', roles });
    const id = await register({ title: 'Rolfs', officer: rolf.email, answerDue: '2023-12-20' });
    const callout = page.locator('.callout', { hasText: 'Handläggaren har inte längre rollen' });
    await enter(page, app, people.registrar, '/bevakning');
    expect(await callout.count()).toBe(0);
    const work = app.provider(UnitOfWork);
    await work.run((tx) => app.provider(PeopleRepository).removeRole(tx, rolf.id, 'EÅV', 'officer'));
    await page.reload();
    expect(await callout.locator('li').allTextContents()).toEqual(['EÅV 2023/10 Rolf Rollös']);
    const left = page.locator('.callout', { hasText: 'Handläggaren har slutat' });
    expect(await left.locator('li').allTextContents()).toEqual(['EÅV 2023/9 Lova Slutar']);
    await expectGood(page, 'bevakning-utan-roll');
    await page.goto(`${app.url}/arenden/${id}`);
    expect(await page.locator('main').textContent()).toContain(
      'Handläggaren är inte längre handläggare eller avdelningschef i nämnden.',
    );
    await work.run((tx) => app.provider(PeopleRepository).addRole(tx, rolf.id, 'EÅV', 'manager'));
    await page.goto(`${app.url}/bevakning`);
    expect(await callout.count()).toBe(0);
  });
});
