import { expect, it } from '@jest/globals';
import { statementsOf } from '../../support/statements.js';
import { caseStage } from '../pages/arende/case-stage.js';

const stage = caseStage();

/** How often the board of a case, its meetings to come and one meeting alone are read. */
const readsIn = (statements: readonly string[]) => {
  const count = (pattern: RegExp): number => statements.filter((text) => pattern.test(text)).length;
  return {
    board: count(/FROM "board" WHERE "code" = \?/),
    coming: count(/FROM "meeting" WHERE "board" = \? AND "state" = 'planned' AND "date" >= \?/),
    meeting: count(/FROM "meeting" WHERE "id" = \?/),
  };
};

const acting = (path: string, id: string, body: object) =>
  statementsOf(stage.app, () => stage.act(id, path === 'steps' ? 'officer' : 'registrar', path, body));

it('an act reads the board and its meetings once, whether it changes the meeting or not', async () => {
  const id = await stage.assigned();
  expect(readsIn(await acting('steps', id, { step: 'start' }))).toEqual({ board: 1, coming: 1, meeting: 0 });
  const chosen = await acting('meeting', id, { meeting: '2023-09-28' });
  expect(readsIn(chosen)).toEqual({ board: 1, coming: 1, meeting: 0 });
});

it('an act after the meeting has been reads that meeting once beside those to come, and shows no more than reading does', async () => {
  const id = await stage.assigned();
  stage.noonOf('2023-10-27');
  await stage.act(id, 'secretary', 'decision', { outcome: 'adopted', date: '2023-10-26' });
  const { app, people } = stage;
  let answer: unknown;
  const statements = await statementsOf(app, async () => {
    const options = { token: people.registrar.token };
    ({ body: answer } = await app.post(`/api/v1/referrals/${id}/answer`, { how: 'e-post' }, options));
  });
  expect(readsIn(statements)).toEqual({ board: 1, coming: 1, meeting: 1 });
  expect(answer).toEqual(await stage.view(id));
});

it('a meeting that has been and is left behind is not among the options that the act answers with', async () => {
  stage.noonOf('2023-09-11');
  const id = await stage.register({ officer: stage.people.officer.email, answerDue: '2023-12-20' });
  await stage.act(id, 'registrar', 'meeting', { meeting: '2023-09-28' });
  stage.noonOf('2023-09-29');
  const options = { token: stage.people.registrar.token };
  const route = { route: 'chair', reason: 'Brådskande' };
  const { body } = await stage.app.post(`/api/v1/referrals/${id}/meeting`, route, options);
  expect(body.options.map(({ meeting }: { meeting: string }) => meeting)).toEqual(['2023-10-26', '2023-11-23']);
  expect(body).toEqual(await stage.view(id));
});

it('a correction reads them once', async () => {
  stage.noonOf('2023-09-11');
  const id = await stage.register();
  const statements = await statementsOf(stage.app, () => stage.correct(id, { answerDue: '2023-11-30' }));
  // The case is read before it is corrected, for its version.
  expect(readsIn(statements)).toEqual({ board: 2, coming: 2, meeting: 0 });
});

it('the page of a case reads its board once', async () => {
  const id = await stage.assigned();
  const registrar = await stage.plainAs('registrar');
  const statements = await statementsOf(stage.app, () => registrar.get(`/arenden/${id}`));
  expect(readsIn(statements)).toEqual({ board: 1, coming: 1, meeting: 0 });
});
