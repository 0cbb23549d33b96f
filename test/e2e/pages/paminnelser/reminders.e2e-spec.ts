import { expect, it } from '@jest/globals';
import { change } from '../../../../src/platform/database/sql.js';
import { ReconcileLedger } from '../../../../src/features/reminders/reconcile-ledger.js';
import { Sweep } from '../../../../src/features/reminders/sweep.js';
import { UnitOfWork } from '../../../../src/platform/database/unit-of-work.js';
import { describeInBrowser } from '../../../support/browser.js';
import { eventually } from '../../../support/eventually.js';
import { SettableClock } from '../../../support/settable-clock.js';
import { PlainBrowser } from '../../sign-in/pages-app.js';
import { app, open, people, setStage, sink } from '../browser-stage.js';
import { enter, expectGood } from '../lista/page-visits.js';

describeInBrowser('The page of reminders', () => {
  const clock = new SettableClock('2023-09-11T08:41:00.000Z');
  setStage(clock);

  const register = async (more: object): Promise<void> => {
    const body = {
      board: 'EÅV', title: 'Remiss om trygghet', sender: 'Kommunstyrelsen', receivedOn: '2023-09-11',
      answerDue: '2023-10-27', officer: people.officer.email, ...more,
    }; // prettier-ignore
    expect((await app.post('/api/v1/referrals', body, { token: people.registrar.token })).status).toBe(201);
  };
  const main = async (): Promise<string> => (await open.page.locator('main').textContent()) ?? '';

  it('says so when there is nothing to send', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, '/paminnelser');
    expect(await main()).toContain('Inget ska skickas.');
    expect(await main()).toContain('Ingen avstämning är gjord än.');
    await expectGood(page, 'paminnelser-tom');
  });

  it('shows what will go, to whom and why, and what went', async () => {
    await register({});
    await register({ title: 'Dold titel', secrecy: { provision: 'OSL 21 kap. 1 §' } });
    clock.set('2023-09-27T05:31:00.000Z');
    await app.provider(Sweep).runOnce();
    await eventually('the mails are sent', () => sink.mails.length >= 1);
    await app.provider(ReconcileLedger).execute();
    const { page, complaints } = open;
    await enter(page, app, people.registrar, '/paminnelser');
    expect(await main()).toContain('Hanna Handläggare');
    expect(await main()).toContain('16 arbetsdagar före sammanträdet (nämndens ledtider)');
    expect(await main()).toMatch(/Inget saknades i 2 öppna ärenden\./);
    expect(await main()).not.toContain('Dold titel');
    await page.locator('details.day').last().locator('summary').press('Enter');
    await expectGood(page, 'paminnelser');
    expect(complaints).toEqual([]);
  });

  it('counts in its proof, and names, only cases that the reader may open', async () => {
    const proofOf = async ({ email }: { readonly email: string }): Promise<string> => {
      const browser = new PlainBrowser(app);
      await browser.signIn(email);
      const { body } = await browser.get('/paminnelser');
      return />Avstämning<.*/s.exec(body)?.[0] ?? '';
    };
    expect(await proofOf(people.registrar)).toContain('Inget saknades i 2 öppna ärenden.');
    expect(await proofOf(people.reader)).toContain('Inget saknades.<');
    await app
      .provider(UnitOfWork)
      .run((tx) => tx.query(`DELETE FROM "reminder" WHERE "about" = 'draft' AND "state" = 'sent'`));
    await app.provider(ReconcileLedger).execute();
    const [registrars, readers] = [await proofOf(people.registrar), await proofOf(people.reader)];
    expect(registrars).toMatch(/\d påminnelser saknades och är nu inlagda/);
    expect(registrars).toContain('EÅV 2023/1</a>');
    expect(registrars).toContain('EÅV 2023/2</a>');
    expect(readers).toContain('Något gick inte som det skulle.');
    expect(readers).toContain('EÅV 2023/1</a>');
    expect(readers).not.toContain('EÅV 2023/2');
  });

  it('sends one again for a registrar, and for nobody who may not', async () => {
    const { page } = open;
    await enter(page, app, people.registrar, '/paminnelser');
    const before = sink.mails.length;
    await page
      .getByRole('button', { name: /^Skicka igen EÅV 2023\/1/ })
      .first()
      .click();
    expect(await page.getByRole('status').textContent()).toBe('Påminnelsen skickas igen nu.');
    await eventually('it is sent again', () => sink.mails.length > before);
    await page.goto(`${app.url}/paminnelser`);
    expect(await main()).toMatch(/Skickad igen 27 sep .* av Rut Registrator/);
    await expectGood(page, 'paminnelser-igen');
    const plain = new PlainBrowser(app);
    await plain.signIn(people.reader.email);
    const seen = await plain.get('/paminnelser');
    expect(seen.body).not.toContain('/igen"');
    const id = /paminnelser\/([0-9a-f-]{36})\/igen/.exec(await page.content())?.[1] ?? '';
    expect((await plain.post(`/paminnelser/${id}/igen`)).status).toBe(403);
  });

  it('shows what did not get through, why, and tries it again', async () => {
    sink.behave({ kind: 'refuse-recipient', code: 550 });
    clock.set('2023-10-03T05:31:00.000Z');
    await app.provider(Sweep).runOnce();
    const { page } = open;
    await enter(page, app, people.registrar, '/paminnelser');
    expect(await main()).toContain('Kom inte fram');
    expect(await main()).toContain('Inte skickad');
    expect(await main()).toMatch(/550/);
    await expectGood(page, 'paminnelser-fel');
    sink.behave({ kind: 'accept' });
    const before = sink.mails.length;
    await page
      .getByRole('button', { name: /^Försök igen EÅV 2023\/1/ })
      .first()
      .click();
    await eventually('it gets through', () => sink.mails.length > before);
  });

  it('says of nobody that they stand in for themselves, whatever they are called since', async () => {
    const { body } = await app.get('/api/v1/reminders?state=sent', { token: people.registrar.token });
    const [{ referral }] = body.items;
    await app
      .provider(UnitOfWork)
      .run((tx) =>
        change(tx, 'UPDATE "person" SET "name" = ?, "email" = ? WHERE "id" = ?', [
          'Hanna Berg',
          'hanna.berg@example.se',
          people.officer.id,
        ]),
      );
    const plain = new PlainBrowser(app);
    await plain.signIn(people.registrar.email);
    for (const path of ['/paminnelser', `/arenden/${referral.id}`, `/registrera/kvitto/${referral.id}`]) {
      expect((await plain.get(path)).body).not.toContain('i stället för Hanna');
    }
    const after = await app.get('/api/v1/reminders?state=sent', { token: people.registrar.token });
    expect(after.body.items[0]).toMatchObject({
      to: { name: 'Hanna Berg' },
      mail: { to: { name: 'Hanna Handläggare', email: people.officer.email }, instead: false },
    });
  });
});
