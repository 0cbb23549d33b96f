import { ENGINES } from '../../support/app.js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { seedPerson } from '../../support/seed.js';
import { ADOPTED_IN_OCTOBER, Story, does } from '../../support/story.js';

const without = (...days: readonly string[]) =>
  Object.fromEntries(Object.entries(ADOPTED_IN_OCTOBER).filter(([day]) => !days.includes(day)));
const from = (day: string) => Object.fromEntries(Object.entries(ADOPTED_IN_OCTOBER).filter(([on]) => on >= day));

describe.each(ENGINES)(
  'ten variants of the model remiss on %s, from registration to closing, with every mail',
  (engine) => {
    let story: Story;

    beforeEach(async () => {
      story = await Story.begin(engine);
    });
    afterEach(async () => {
      const mails = story.sink.mails;
      const id = story.id;
      await story.end();
      for (const { text, html, messageId } of mails) {
        expect(text).not.toMatch(/undefined|null|NaN|\[object/);
        expect(html).toContain('lang="sv"');
        expect(text).toContain(`/arenden/${id}`);
        expect(story.sink.count(messageId)).toBe(1);
      }
    });

    it('anstånd granted late', async () => {
      await story.register({ answerDue: '2023-09-20' });
      expect(await story.view()).toMatchObject({
        meeting: null,
        none: { nextMeeting: '2023-09-28', extensionImmediate: '2023-09-29', extensionOrdinary: '2023-10-13' },
        warnings: ['no-meeting-in-time'],
        nextStep: { step: 'choose-route' },
      });
      await story.walk('2023-11-21', {
        ...ADOPTED_IN_OCTOBER,
        '2023-09-12': [does('officer', 'extension', { act: 'ask', until: '2023-10-27', note: 'Ringt avsändaren' })],
        '2023-09-20': [does('officer', 'extension', { act: 'granted', newDue: '2023-10-27' })],
      });
      expect(story.mails).toMatchInlineSnapshot(`
     {
       "2023-09-11": [
         "cesar: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 7 arbetsdagar kvar",
         "hanna: EÅV 2023/1: nytt ärende, svar senast 20 september 2023",
         "sixten: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 7 arbetsdagar kvar",
       ],
       "2023-09-13": [
         "cesar: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 5 arbetsdagar kvar",
         "hanna: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 5 arbetsdagar kvar",
         "sixten: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 5 arbetsdagar kvar",
       ],
       "2023-09-15": [
         "cesar: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 3 arbetsdagar kvar",
         "hanna: EÅV 2023/1: inget svar om anstånd, svar senast 20 september 2023, 3 arbetsdagar kvar",
         "sixten: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 3 arbetsdagar kvar",
       ],
       "2023-09-18": [
         "hanna: EÅV 2023/1: svar senast 20 september 2023, 2 arbetsdagar kvar",
       ],
       "2023-09-19": [
         "cesar: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 1 arbetsdag kvar",
         "hanna: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 1 arbetsdag kvar",
         "sixten: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 1 arbetsdag kvar",
       ],
       "2023-09-20": [
         "hanna: EÅV 2023/1: inget svar om anstånd, svar senast 20 september 2023, i dag",
         "sixten: EÅV 2023/1: paragrafen behöver justeras omedelbart, sammanträde 26 oktober 2023",
       ],
       "2023-09-27": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-03": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-04": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, i dag",
       ],
       "2023-10-05": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-06": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, i dag",
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-09": [
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, i dag",
       ],
       "2023-10-13": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 10 arbetsdagar kvar",
       ],
       "2023-10-17": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, 2 arbetsdagar kvar",
       ],
       "2023-10-19": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, i dag",
       ],
       "2023-10-20": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-25": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 2 arbetsdagar kvar",
         "sixten: EÅV 2023/1: omedelbar justering 26 oktober 2023",
       ],
       "2023-10-26": [
         "sixten: EÅV 2023/1: justering senast 26 oktober 2023, i dag",
       ],
       "2023-10-27": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, i dag",
         "sixten: EÅV 2023/1: expediering senast 27 oktober 2023, i dag",
       ],
     }
    `);
      expect((await story.view()).extensions).toMatchObject([
        {
          state: 'granted',
          askedOn: '2023-09-12',
          oldDue: '2023-09-20',
          newDue: '2023-10-27',
          answeredOn: '2023-09-20',
        },
      ]);
      expect(await story.view()).toMatchObject({ status: 'closed', answerDue: '2023-10-27' });
    });

    it('the meeting cancelled', async () => {
      await story.register({ answerDue: '2023-12-01' });
      expect(await story.view()).toMatchObject({ meeting: { date: '2023-11-23' }, adjustment: { status: 'proposed' } });
      await story.walk('2023-12-01', {
        '2023-09-15': [(s) => s.app.delete('/api/v1/boards/E%C3%85V/meetings/2023-11-23', s.as('secretary'))],
        ...without('2023-10-09', '2023-10-26', '2023-11-20'),
        '2023-10-09': [does('director', 'approval', { level: 'director' })],
        '2023-10-26': [does('secretary', 'decision', { outcome: 'adopted', paragraph: '§ 14' })],
        '2023-10-27': [],
        '2023-11-08': [does('secretary', 'steps', { step: 'ordinary-adjustment' })],
        '2023-11-09': [does('secretary', 'steps', { step: 'notice-posted' }), does('registrar', 'answer')],
        '2023-12-01': [does('secretary', 'steps', { step: 'notice-taken-down' }), does('registrar', 'closing')],
      });
      expect(story.mails).toMatchInlineSnapshot(`
     {
       "2023-09-11": [
         "hanna: EÅV 2023/1: nytt ärende, svar senast 1 december 2023",
       ],
       "2023-09-15": [
         "hanna: Sammanträdet 23 november 2023 är inställt: EÅV 2023/1 är planerat om",
       ],
       "2023-09-27": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-03": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-04": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, i dag",
       ],
       "2023-10-05": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-06": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, i dag",
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-09": [
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, i dag",
       ],
       "2023-10-17": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, 2 arbetsdagar kvar",
       ],
       "2023-10-19": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, i dag",
       ],
       "2023-11-09": [
         "hanna: EÅV 2023/1: expediering senast 9 november 2023, i dag",
         "sixten: EÅV 2023/1: expediering senast 9 november 2023, i dag",
       ],
     }
    `);
      expect(await story.view()).toMatchObject({ status: 'closed', adjustment: { status: 'not-needed' } });
    });

    it('återremiss', async () => {
      await story.register({ meeting: '2023-09-28' });
      await story.walk('2023-11-21', {
        '2023-09-12': [does('officer', 'steps', { step: 'draft' }), does('manager', 'approval', { level: 'manager' })],
        '2023-09-13': [does('director', 'approval', { level: 'director' })],
        '2023-09-21': [does('secretary', 'steps', { step: 'dispatch' })],
        '2023-09-28': [does('secretary', 'decision', { outcome: 'returned', paragraph: '§ 9' })],
        ...ADOPTED_IN_OCTOBER,
      });
      expect(story.mails).toMatchInlineSnapshot(`
     {
       "2023-09-11": [
         "hanna: EÅV 2023/1: nytt ärende, svar senast 27 oktober 2023",
       ],
       "2023-09-19": [
         "sixten: EÅV 2023/1: utskick senast 21 september 2023, 2 arbetsdagar kvar",
       ],
       "2023-09-21": [
         "sixten: EÅV 2023/1: utskick senast 21 september 2023, i dag",
       ],
       "2023-09-28": [
         "hanna: EÅV 2023/1: paragrafen behöver justeras omedelbart, sammanträde 26 oktober 2023",
       ],
       "2023-10-03": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-04": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, i dag",
       ],
       "2023-10-05": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-06": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, i dag",
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-09": [
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, i dag",
       ],
       "2023-10-13": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 10 arbetsdagar kvar",
       ],
       "2023-10-17": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, 2 arbetsdagar kvar",
       ],
       "2023-10-19": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, i dag",
       ],
       "2023-10-20": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-25": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 2 arbetsdagar kvar",
         "sixten: EÅV 2023/1: omedelbar justering 26 oktober 2023",
       ],
       "2023-10-26": [
         "sixten: EÅV 2023/1: justering senast 26 oktober 2023, i dag",
       ],
       "2023-10-27": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, i dag",
         "sixten: EÅV 2023/1: expediering senast 27 oktober 2023, i dag",
       ],
     }
    `);
      expect(await story.journal()).toEqual(expect.arrayContaining(['decision-returned', 'decision-adopted']));
      expect(await story.view()).toMatchObject({
        status: 'closed',
        decision: { outcome: 'adopted', paragraph: '§ 14' },
      });
    });

    it('ordförandebeslut', async () => {
      await story.register({ answerDue: '2023-09-20' });
      await story.walk('2023-10-02', {
        '2023-09-13': [does('registrar', 'meeting', { route: 'chair', reason: 'Nämnden kan inte avvaktas' })],
        '2023-09-14': [does('officer', 'steps', { step: 'draft' })],
        '2023-09-19': [does('secretary', 'decision', { outcome: 'adopted', by: 'Ordföranden' })],
        '2023-09-20': [does('registrar', 'answer')],
        '2023-10-02': [does('registrar', 'closing')],
      });
      expect(story.mails).toMatchInlineSnapshot(`
     {
       "2023-09-11": [
         "cesar: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 7 arbetsdagar kvar",
         "hanna: EÅV 2023/1: nytt ärende, svar senast 20 september 2023",
         "sixten: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 7 arbetsdagar kvar",
       ],
       "2023-09-13": [
         "cesar: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 5 arbetsdagar kvar",
         "hanna: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 5 arbetsdagar kvar",
         "sixten: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 5 arbetsdagar kvar",
       ],
       "2023-09-18": [
         "hanna: EÅV 2023/1: svar senast 20 september 2023, 2 arbetsdagar kvar",
       ],
       "2023-09-20": [
         "hanna: EÅV 2023/1: svar senast 20 september 2023, i dag",
         "sixten: EÅV 2023/1: expediering senast 20 september 2023, i dag",
       ],
       "2023-09-21": [
         "sixten: EÅV 2023/1: anmäl ordförandebeslutet, utskick 21 september 2023, i dag",
       ],
     }
    `);
      expect(await story.view()).toMatchObject({ status: 'closed', route: 'chair', meeting: null });
    });

    it('declined', async () => {
      await story.register({ answerDue: '2023-09-20' });
      await story.walk('2023-09-21', {
        '2023-09-12': [does('registrar', 'meeting', { route: 'declined', reason: 'Berör inte nämnden' })],
        '2023-09-14': [does('secretary', 'decision', { outcome: 'declined', by: 'Förvaltningschefen på delegation' })],
        '2023-09-15': [does('registrar', 'closing')],
      });
      expect(story.mails).toMatchInlineSnapshot(`
     {
       "2023-09-11": [
         "cesar: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 7 arbetsdagar kvar",
         "hanna: EÅV 2023/1: nytt ärende, svar senast 20 september 2023",
         "sixten: EÅV 2023/1: inget sammanträde i tid, svar senast 20 september 2023, 7 arbetsdagar kvar",
       ],
       "2023-09-13": [
         "hanna: EÅV 2023/1: svar senast 20 september 2023, 5 arbetsdagar kvar",
       ],
     }
    `);
      expect(await story.view()).toMatchObject({ status: 'closed', decision: { outcome: 'declined' } });
    });

    it('no answer date', async () => {
      await story.register({ answerDue: null });
      expect(await story.view()).toMatchObject({
        warnings: ['no-answer-date'],
        options: [],
        recommended: null,
        none: null,
      });
      await story.walk('2023-11-21', {
        ...ADOPTED_IN_OCTOBER,
        '2023-09-18': [(s) => s.correct({ answerDue: '2023-10-27' })],
      });
      expect(story.mails).toMatchInlineSnapshot(`
     {
       "2023-09-11": [
         "hanna: EÅV 2023/1: nytt ärende",
       ],
       "2023-09-13": [
         "cesar: EÅV 2023/1: saknar svarsdag sedan 11 september 2023",
         "rut: EÅV 2023/1: saknar svarsdag sedan 11 september 2023",
       ],
       "2023-09-18": [
         "hanna: EÅV 2023/1: paragrafen behöver justeras omedelbart, sammanträde 26 oktober 2023",
         "sixten: EÅV 2023/1: paragrafen behöver justeras omedelbart, sammanträde 26 oktober 2023",
       ],
       "2023-09-27": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-03": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-04": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, i dag",
       ],
       "2023-10-05": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-06": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, i dag",
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-09": [
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, i dag",
       ],
       "2023-10-13": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 10 arbetsdagar kvar",
       ],
       "2023-10-17": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, 2 arbetsdagar kvar",
       ],
       "2023-10-19": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, i dag",
       ],
       "2023-10-20": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-25": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 2 arbetsdagar kvar",
         "sixten: EÅV 2023/1: omedelbar justering 26 oktober 2023",
       ],
       "2023-10-26": [
         "sixten: EÅV 2023/1: justering senast 26 oktober 2023, i dag",
       ],
       "2023-10-27": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, i dag",
         "sixten: EÅV 2023/1: expediering senast 27 oktober 2023, i dag",
       ],
     }
    `);
      expect(await story.view()).toMatchObject({ status: 'closed' });
    });

    it('secret', async () => {
      await story.register({ secrecy: { provision: 'OSL 21 kap. 7 §' } });
      expect(await story.view('reader')).toMatchObject({ readable: false, title: null, sender: null, status: null });
      const steps = { ...ADOPTED_IN_OCTOBER };
      await story.walk('2023-11-21', {
        ...steps,
        '2023-10-09': [
          (s) => s.correct({ secrecy: null }),
          ...(steps['2023-10-09'] ?? []),
          (s) => s.correct({ secrecy: { provision: 'OSL 21 kap. 7 §' } }),
        ],
      });
      expect(story.mails).toMatchInlineSnapshot(`
     {
       "2023-09-11": [
         "hanna: EÅV 2023/1: nytt ärende, svar senast 27 oktober 2023",
       ],
       "2023-09-27": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-03": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-04": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, i dag",
       ],
       "2023-10-05": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-06": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, i dag",
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-09": [
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, i dag",
       ],
       "2023-10-13": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 10 arbetsdagar kvar",
       ],
       "2023-10-17": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, 2 arbetsdagar kvar",
       ],
       "2023-10-19": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, i dag",
       ],
       "2023-10-20": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-25": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 2 arbetsdagar kvar",
         "sixten: EÅV 2023/1: omedelbar justering 26 oktober 2023",
       ],
       "2023-10-26": [
         "sixten: EÅV 2023/1: justering senast 26 oktober 2023, i dag",
       ],
       "2023-10-27": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, i dag",
         "sixten: EÅV 2023/1: expediering senast 27 oktober 2023, i dag",
       ],
     }
    `);
      for (const { subject, text, html } of story.sink.mails) {
        expect(subject + text + html).not.toMatch(/trygghet|Kommunstyrelsen|KS 2023\/739/);
      }
      expect(await story.view()).toMatchObject({ status: 'closed', secret: true });
    });

    it('reopened', async () => {
      await story.register();
      await story.walk('2023-11-24', {
        ...ADOPTED_IN_OCTOBER,
        '2023-11-21': [does('registrar', 'reopening', { reason: 'Avsändaren har bett om ett tillägg' })],
        '2023-11-24': [does('registrar', 'closing', { confirm: true })],
      });
      expect(story.mails['2023-11-21']).toBeUndefined();
      expect((await story.journal()).slice(-3)).toEqual(['referral-closed', 'referral-reopened', 'referral-closed']);
      expect(await story.view()).toMatchObject({ status: 'closed' });
    });

    it('handed over', async () => {
      await story.register();
      const email = 'otto.handlaggare@example.se';
      const otto = await seedPerson(story.app, { email, name: 'Otto Handläggare', roles: { EÅV: ['officer'] } });
      const ada = { email: 'ada@example.se', name: 'Ada Admin', roles: { EÅV: ['admin'] } } as const;
      const admin = await seedPerson(story.app, ada);
      await story.walk('2023-11-21', {
        '2023-09-29': [
          async (s) => {
            const body = { from: s.people.officer.email, to: email, leavesOn: '2023-09-30' };
            const answer = await s.app.post('/api/v1/handovers', body, s.as(admin));
            expect(answer).toMatchObject({ status: 201, body: { cases: [{ diarienummer: 'EÅV 2023/1' }] } });
          },
        ],
        ...ADOPTED_IN_OCTOBER,
        '2023-10-04': [(s) => s.act(otto, 'steps', { step: 'draft' })],
        '2023-10-09': [
          does('director', 'approval', { level: 'director' }),
          (s) => s.act(otto, 'adjustment', { act: 'confirm' }),
        ],
      });
      expect(story.mails).toMatchInlineSnapshot(`
     {
       "2023-09-11": [
         "hanna: EÅV 2023/1: nytt ärende, svar senast 27 oktober 2023",
       ],
       "2023-09-27": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-09-29": [
         "otto: EÅV 2023/1: övertaget från Hanna Handläggare, svar senast 27 oktober 2023",
       ],
       "2023-10-03": [
         "otto: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-04": [
         "otto: EÅV 2023/1: utkast till svar senast 4 oktober 2023, i dag",
       ],
       "2023-10-05": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-06": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, i dag",
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-09": [
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, i dag",
       ],
       "2023-10-13": [
         "otto: EÅV 2023/1: svar senast 27 oktober 2023, 10 arbetsdagar kvar",
       ],
       "2023-10-17": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, 2 arbetsdagar kvar",
       ],
       "2023-10-19": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, i dag",
       ],
       "2023-10-20": [
         "otto: EÅV 2023/1: svar senast 27 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-25": [
         "otto: EÅV 2023/1: svar senast 27 oktober 2023, 2 arbetsdagar kvar",
         "sixten: EÅV 2023/1: omedelbar justering 26 oktober 2023",
       ],
       "2023-10-26": [
         "sixten: EÅV 2023/1: justering senast 26 oktober 2023, i dag",
       ],
       "2023-10-27": [
         "otto: EÅV 2023/1: svar senast 27 oktober 2023, i dag",
         "sixten: EÅV 2023/1: expediering senast 27 oktober 2023, i dag",
       ],
     }
    `);
      expect(await story.view()).toMatchObject({ status: 'closed', officer: { name: 'Otto Handläggare' } });
    });

    it('the meeting moved there and back', async () => {
      const move = (date: string, to: string) => async (s: Story) => {
        const answer = await s.app.put(`/api/v1/boards/E%C3%85V/meetings/${date}`, { date: to }, s.as('secretary'));
        expect(answer.status).toBe(200);
      };
      await story.register();
      await story.walk('2023-11-21', {
        '2023-09-18': [move('2023-10-26', '2023-10-24')],
        '2023-09-20': [move('2023-10-24', '2023-10-26')],
        ...from('2023-09-21'),
      });
      expect(story.mails).toMatchInlineSnapshot(`
     {
       "2023-09-11": [
         "hanna: EÅV 2023/1: nytt ärende, svar senast 27 oktober 2023",
       ],
       "2023-09-18": [
         "hanna: Sammanträdet 26 oktober 2023 är flyttat till 24 oktober 2023: EÅV 2023/1 är planerat om",
       ],
       "2023-09-20": [
         "hanna: Sammanträdet 24 oktober 2023 är flyttat till 26 oktober 2023: EÅV 2023/1 är planerat om",
       ],
       "2023-09-27": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-03": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-04": [
         "hanna: EÅV 2023/1: utkast till svar senast 4 oktober 2023, i dag",
       ],
       "2023-10-05": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-06": [
         "cesar: EÅV 2023/1: avdelningschefens attest senast 6 oktober 2023, i dag",
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, 1 arbetsdag kvar",
       ],
       "2023-10-09": [
         "disa: EÅV 2023/1: förvaltningschefens attest senast 9 oktober 2023, i dag",
       ],
       "2023-10-13": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 10 arbetsdagar kvar",
       ],
       "2023-10-17": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, 2 arbetsdagar kvar",
       ],
       "2023-10-19": [
         "sixten: EÅV 2023/1: utskick senast 19 oktober 2023, i dag",
       ],
       "2023-10-20": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 5 arbetsdagar kvar",
       ],
       "2023-10-25": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, 2 arbetsdagar kvar",
         "sixten: EÅV 2023/1: omedelbar justering 26 oktober 2023",
       ],
       "2023-10-26": [
         "sixten: EÅV 2023/1: justering senast 26 oktober 2023, i dag",
       ],
       "2023-10-27": [
         "hanna: EÅV 2023/1: svar senast 27 oktober 2023, i dag",
         "sixten: EÅV 2023/1: expediering senast 27 oktober 2023, i dag",
       ],
     }
    `);
      expect(await story.view()).toMatchObject({ status: 'closed' });
    });
  },
);
