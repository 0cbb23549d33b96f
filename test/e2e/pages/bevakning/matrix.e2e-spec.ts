import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlainBrowser } from '../../sign-in/pages-app.js';
import { textOf } from '../lista/page-visits.js';
import { app, BOARDS, cases, mayOpen, numbersIn, seesBoard, setMatrix, who } from './matrix-stage.js';

describe('What the pages show to whom', () => {
  beforeAll(setMatrix);
  afterAll(() => app.close());

  it('names every role on both boards, open and secret cases, own ones and others', () => {
    expect(who).toHaveLength(17);
    expect(cases).toHaveLength(16);
  });

  it('holds for each of them on every page', async () => {
    for (const person of who) {
      const browser = new PlainBrowser(app);
      await browser.signIn(person.email);
      const openable = cases.filter((one) => mayOpen(person, one));
      const numbers = openable.map(({ diarienummer }) => diarienummer).sort();
      const seen = cases.filter(({ board }) => seesBoard(person, board));

      const watch = await browser.get('/bevakning?visa=namnden');
      expect({ who: person.name, shown: numbersIn(watch.body) }).toEqual({ who: person.name, shown: numbers });
      // Every case waits for its immediate adjustment, so all of them need an act.
      const told = /(\d+) öppn\w+ remiss\w*, (ingen|\d+) kräver/.exec(textOf(watch.body));
      const counted = openable.length === 0 ? ['0', 'ingen'] : [`${numbers.length}`, `${numbers.length}`];
      // Who sees no cases is told so, and nothing is counted.
      const said = told?.slice(1) ?? ['0', 'ingen'];
      expect({ who: person.name, counted: said }).toEqual({ who: person.name, counted });

      for (const path of [
        '/bevakning',
        '/bevakning?visa=mina',
        '/bevakning?visa=avdelningen',
        '/bevakning?namnd=SBN',
      ]) {
        const { body } = await browser.get(path);
        expect(numbersIn(body).filter((number) => !numbers.includes(number))).toEqual([]);
        const inMenu = />Bevakning<\/span><span class="n hot"[^>]*>(\d+)</.exec(body)?.[1];
        if (path === '/bevakning?visa=mina' && body.includes('aria-current="true">Mina<')) {
          const here = /, (ingen|\d+) kräver/.exec(textOf(body))?.[1]?.replace('ingen', '0');
          expect({ who: person.name, inMenu: inMenu ?? '0' }).toEqual({ who: person.name, inMenu: here });
        }
      }

      const administers = Object.values(person.roles).some((roles) => roles.includes('admin'));
      const offered = watch.body.includes('href="/medarbetare"');
      expect({ who: person.name, offered }).toEqual({ who: person.name, offered: administers });
      expect((await browser.get('/medarbetare')).status).toBe(administers ? 200 : 403);

      // Whether a secret case is open is for those who may open it: others meet its number among all cases alone.
      const open = numbersIn((await browser.get('/arenden')).body);
      expect({ who: person.name, open }).toEqual({ who: person.name, open: numbers });
      const all = (await browser.get('/arenden?status=alla')).body;
      const every = seen.map(({ diarienummer }) => diarienummer).sort();
      expect({ who: person.name, all: numbersIn(all) }).toEqual({ who: person.name, all: every });
      for (const path of [
        '/arenden?q=ord',
        '/arenden',
        '/arenden?status=assigned',
        '/arenden?fore=2024-01-01',
        '/sammantraden',
        '/paminnelser',
      ]) {
        const { body } = await browser.get(path);
        const text = textOf(body);
        const leaked = cases.filter(
          (one) => !mayOpen(person, one) && (text.includes(`${one.title} `) || text.includes(one.diarienummer)),
        );
        expect({ who: person.name, path, leaked }).toEqual({ who: person.name, path, leaked: [] });
      }
      const shownTitles = cases.filter((one) => all.includes(one.title));
      expect(shownTitles.map(({ diarienummer }) => diarienummer).sort()).toEqual(numbers);
      const meetings = textOf((await browser.get('/sammantraden')).body);
      for (const board of BOARDS) {
        if (!seesBoard(person, board)) continue;
        const there = openable.filter((one) => one.board === board).length;
        const panel = meetings.slice(meetings.indexOf(`Nämnden ${board}`));
        const told = /Inga remisser|(\d+) remiss(?:er)?\b/.exec(panel);
        expect({ who: person.name, board, told: told?.[1] ?? told?.[0] }).toEqual({
          who: person.name,
          board,
          told: there === 0 ? 'Inga remisser' : `${there}`,
        });
      }
    }
  }, 180_000);

  it('lets only registrars of the board open the form, and send it', async () => {
    for (const person of who) {
      const browser = new PlainBrowser(app);
      await browser.signIn(person.email);
      const isRegistrar = Object.values(person.roles).some((roles) => roles.includes('registrar'));
      const page = await browser.get('/registrera');
      expect({ who: person.name, status: page.status }).toEqual({ who: person.name, status: isRegistrar ? 200 : 403 });
      const other = person.roles['EÅV']?.includes('registrar') ? 'SBN' : 'EÅV';
      await browser.get('/arenden');
      const fields = { namnd: other, titel: 'x', avsandare: 'y', inkom: '2023-10-09' };
      const sent = await browser.post('/registrera', fields);
      // A registrar is not told that there is another board, and gets the form back as for one that does not exist.
      const knows = !isRegistrar || person.roles[other] !== undefined;
      expect({ who: person.name, status: sent.status }).toEqual({ who: person.name, status: knows ? 403 : 422 });
    }
  }, 120_000);
});
