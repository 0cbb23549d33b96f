import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PeopleRepository } from '../../../src/features/people/people.repository.js';
import { LeavePastMeetings } from '../../../src/features/reminders/leave-past-meetings.js';
import { ReconcileLedger } from '../../../src/features/reminders/reconcile-ledger.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { eventually } from '../../support/eventually.js';
import { seedAbsence, seedDepartment, seedPerson, type SeededPerson } from '../../support/seed.js';
import type { ReceivedMail } from '../../support/smtp-sink.js';
import { ADOPTED_IN_OCTOBER, Story, does, type Deed } from '../../support/story.js';

const before = (day: string) => Object.fromEntries(Object.entries(ADOPTED_IN_OCTOBER).filter(([on]) => on < day));
const upTo = (day: string) => Object.fromEntries(Object.entries(ADOPTED_IN_OCTOBER).filter(([on]) => on <= day));

describe('what mails ask of people', () => {
  let story: Story;

  beforeEach(async () => {
    story = await Story.begin();
  });
  afterEach(() => story.end());

  /** Paragraphs and lines as one text. */
  const said = (mail: ReceivedMail | undefined): string => (mail?.text ?? '').replace(/\s+/g, ' ');
  const lastTo = (email: string): ReceivedMail | undefined => story.sink.to(email).at(-1);
  const fromNow = (mails: readonly ReceivedMail[]) => {
    const known = mails.length;
    return () => story.sink.mails.slice(known);
  };
  const newOfficer = (): Promise<SeededPerson> =>
    seedPerson(story.app, {
      email: 'maja@example.se',
      name: 'Maja Ny',
      roles: { EÅV: ['officer'] },
      department: ['EÅV', 'HR'],
    });
  const handOver: Deed = async (s) => {
    const body = { from: s.people.officer.email, to: 'maja@example.se' };
    const { status } = await s.app.post('/api/v1/handovers', body, s.as('registrar'));
    expect(status).toBe(201);
  };

  describe('of a case that is taken over', () => {
    it('say from whom, and what is next for the new officer, when nothing is done yet', async () => {
      const maja = await newOfficer();
      await story.register();
      await story.walk('2023-09-12', { '2023-09-12': [handOver] });
      const mail = lastTo(maja.email);
      expect(mail?.subject).toBe('EÅV 2023/1: övertaget från Hanna Handläggare, svar senast 27 oktober 2023');
      expect(said(mail)).toContain(
        'Läs in dig på ärendet, som är fördelat. Ha utkastet till svar klart senast onsdag 4 oktober 2023. ' +
          'Paragrafen behöver justeras omedelbart: bekräfta eller avböj det i ärendet.',
      );
      expect(said(mail)).toContain('Maja Ny är handläggare sedan 12 september 2023, efter Hanna Handläggare.');
      expect(said(mail)).not.toMatch(/nytt ärende|börja bereda/i);
    });

    it('do not ask for a draft when it is approved', async () => {
      const maja = await newOfficer();
      await story.register();
      await story.walk('2023-10-10', { ...before('2023-10-10'), '2023-10-10': [handOver] });
      expect(said(lastTo(maja.email))).toContain(
        'Läs in dig på ärendet, som är attesterat. Härnäst är det utskicket, senast torsdag 19 oktober 2023. ' +
          'Ditt nästa steg är att skicka svaret till Kommunstyrelsen, senast fredag 27 oktober 2023.',
      );
    });

    it('ask for the answer when the paragraph is adjusted', async () => {
      const maja = await newOfficer();
      await story.register();
      await story.walk('2023-10-26', {
        ...upTo('2023-10-25'),
        '2023-10-26': [...(ADOPTED_IN_OCTOBER['2023-10-26'] ?? []), handOver],
      });
      expect(said(lastTo(maja.email))).toContain(
        'Läs in dig på ärendet, som är justerat. Skicka svaret till Kommunstyrelsen senast fredag 27 oktober 2023, och anteckna det.',
      );
      expect(said(lastTo(maja.email))).not.toContain('utkastet till svar');
    });

    it('name nobody in a secret case', async () => {
      const maja = await newOfficer();
      await story.register({ secrecy: { provision: 'OSL 21 kap. 1 §' } });
      await story.walk('2023-09-12', { '2023-09-12': [handOver] });
      expect(lastTo(maja.email)?.subject).toBe('EÅV 2023/1: övertaget, svar senast 27 oktober 2023');
      expect(said(lastTo(maja.email))).not.toContain('Hanna');
    });
  });

  it('ask the new officer to confirm an immediate adjustment that is proposed', async () => {
    await story.register();
    await story.walk('2023-09-11', {});
    expect(said(lastTo(story.people.officer.email))).toContain(
      'Läs remissen och börja bereda svaret. Ha utkastet till svar klart senast onsdag 4 oktober 2023. ' +
        'Paragrafen behöver justeras omedelbart: bekräfta eller avböj det i ärendet.',
    );
  });

  describe('to registrars', () => {
    it('ask for an officer, and not for an approval that is not theirs', async () => {
      await story.register({ officer: null });
      await story.walk('2023-10-05', {});
      const mail = lastTo(story.people.registrar.email);
      expect(mail?.subject).toBe('EÅV 2023/1: avdelningschef saknas, attest senast 6 oktober 2023, 1 arbetsdag kvar');
      expect(said(mail)).toContain(
        'Ärendet hör inte till någon avdelning. Fördela det till en handläggare, så att avdelningens chef kan attestera ' +
          'utkastet till svar senast fredag 6 oktober 2023.',
      );
      for (const { text } of story.sink.to(story.people.registrar.email)) expect(text).not.toContain('attestera det');
    });

    it('ask for a manager when the department has none', async () => {
      await seedDepartment(story.app, { code: 'MIL', name: 'Miljöavdelningen' });
      await story.register({ department: 'MIL' });
      await story.walk('2023-10-05', { '2023-10-04': [does('officer', 'steps', { step: 'draft' })] });
      expect(said(lastTo(story.people.registrar.email))).toContain(
        'Miljöavdelningen har ingen avdelningschef i Diarium. Be systemförvaltaren utse en, eller fördela ärendet inom en ' +
          'avdelning som har en, så att utkastet till svar kan attesteras senast fredag 6 oktober 2023.',
      );
    });

    it('ask for an officer before they ask for the answer', async () => {
      await story.register({ officer: null });
      await story.walk('2023-10-30', {});
      const [first] = story.sink
        .to(story.people.registrar.email)
        .filter(({ subject }) => subject.includes('10 arbetsdagar'));
      expect(said(first)).toContain(
        'Ärendet har ingen handläggare. Fördela det nu, så att svaret är hos avsändaren senast fredag 27 oktober 2023.',
      );
    });

    it('say since when a case has had no officer or answer date, and who can do what', async () => {
      await story.register({ officer: null, answerDue: null });
      await story.walk('2023-09-13', {});
      const { registrar, manager } = story.people;
      expect(lastTo(registrar.email)?.subject).toBe('EÅV 2023/1: saknar handläggare sedan 11 september 2023');
      expect(said(lastTo(registrar.email))).toContain('Saknar svarsdag sedan 11 september 2023');
      expect(said(lastTo(registrar.email))).toContain('Ta reda på svarsdagen hos avsändaren och skriv in den.');
      expect(said(lastTo(manager.email))).toContain('Be registratorn fördela ärendet');
      expect(said(lastTo(manager.email))).toContain('be registratorn skriva in den');
    });
  });

  it('about no meeting in time name the answer day, and ask each for what they may do', async () => {
    await story.register({ answerDue: '2023-09-20' });
    await story.walk('2023-09-13', {});
    const { officer, secretary, manager } = story.people;
    for (const { email } of [officer, secretary, manager]) {
      expect(lastTo(email)?.subject).toContain(
        'inget sammanträde i tid, svar senast 20 september 2023, 5 arbetsdagar kvar',
      );
      expect(said(lastTo(email))).not.toContain('Välj en annan väg till beslut');
    }
    expect(said(lastTo(officer.email))).toContain(
      'Begär anstånd hos avsändaren, eller be registratorn välja en annan väg',
    );
    expect(said(lastTo(secretary.email))).toContain('Se om ett extra sammanträde kan hållas');
  });

  it('about no meeting in time say that more time has been asked for, once it has', async () => {
    await story.register({ answerDue: '2023-09-20' });
    const ask = does('officer', 'extension', { act: 'ask', until: '2023-10-27' });
    await story.walk('2023-09-13', { '2023-09-12': [ask] });
    const { officer, secretary, manager } = story.people;
    const asked = 'Anstånd till 27 oktober 2023 begärdes 12 september 2023, och avsändaren har inte svarat.';
    for (const { email } of [officer, secretary, manager]) {
      expect(said(lastTo(email))).toContain(asked);
      expect(said(lastTo(email))).not.toMatch(/begär anstånd/i);
    }
    expect(said(lastTo(officer.email))).toContain('Hör med avsändaren, och anteckna svaret i ärendet.');
    expect(said(lastTo(secretary.email))).toContain('Du behöver inte göra något medan svaret väntas');
    expect(said(lastTo(manager.email))).toContain(
      'Handläggaren hör med avsändaren, och antecknar svaret i ärendet. Dröjer det, be registratorn välja en annan väg',
    );
    expect(said(lastTo(manager.email))).not.toContain('anteckna svaret');
  });

  it('about more time that has been asked for have a registrar ask after it when the officer has lost the role', async () => {
    await story.register({ answerDue: '2023-09-20' });
    const leave: Deed = async ({ app, people }) => {
      const left = app.provider(PeopleRepository);
      await app.provider(UnitOfWork).run((tx) => left.removeRole(tx, people.officer.id, 'EÅV', 'officer'));
      await app.provider(ReconcileLedger).execute();
    };
    const ask = does('officer', 'extension', { act: 'ask', until: '2023-10-27' });
    await story.walk('2023-09-13', { '2023-09-12': [ask, leave] });
    const { registrar, manager } = story.people;
    expect(said(lastTo(registrar.email))).toContain(
      'Hör med avsändaren, och anteckna svaret i ärendet. Dröjer det, välj',
    );
    expect(said(lastTo(manager.email))).toContain('Registratorn hör med avsändaren, och antecknar svaret i ärendet.');
  });

  it('about declined immediate adjustment tell officer, manager and secretary at once that another way is needed', async () => {
    await story.register();
    const decline = does('officer', 'adjustment', {
      act: 'decline',
      reason: 'Justeraren är borta',
      way: 'other-meeting',
    });
    await story.walk('2023-09-12', { '2023-09-12': [decline] });
    const { officer, manager, secretary, registrar } = story.people;
    const why =
      'Omedelbar justering är avböjd, och med ordinarie justering kan svaret gå först 10 november 2023, efter svarsdagen 27 oktober 2023';
    for (const { email } of [officer, manager, secretary]) {
      expect(lastTo(email)?.subject).toContain('ingen väg till svar i tid, svar senast 27 oktober 2023');
      expect(said(lastTo(email))).toContain(why);
    }
    expect(said(lastTo(secretary.email))).toContain('Välj ett annat sammanträde, se om ett extra kan hållas');
    expect(said(lastTo(officer.email))).toContain(
      'be registratorn välja en annan väg till beslut: ett annat sammanträde',
    );
    expect(story.sink.to(registrar.email)).toEqual([]);
  });

  it('to a new officer tell both that another way is needed and what is next', async () => {
    const maja = await newOfficer();
    await story.register();
    const decline = does('officer', 'adjustment', { act: 'decline', reason: 'Justeraren är borta', way: 'extension' });
    await story.walk('2023-09-12', { '2023-09-12': [decline, handOver] });
    const mail = story.sink.to(maja.email).find(({ subject }) => subject.includes('övertaget'));
    expect(said(mail)).toContain(
      'Omedelbar justering är avböjd, och med ordinarie justering kan svaret gå först 10 november 2023, efter svarsdagen ' +
        '27 oktober 2023 (KL 5 kap. 69 §). Begär anstånd hos avsändaren',
    );
    expect(said(mail)).toContain('Ha utkastet till svar klart senast onsdag 4 oktober 2023.');
  });

  it('to a new officer call no day after the answer day the last one', async () => {
    const maja = await newOfficer();
    await story.register();
    const decline = does('officer', 'adjustment', { act: 'decline', reason: 'Justeraren är borta', way: 'extension' });
    const { '2023-10-04': draft = [], '2023-10-06': manager = [] } = ADOPTED_IN_OCTOBER;
    const director = does('director', 'approval', { level: 'director' });
    await story.walk('2023-10-10', {
      '2023-10-04': draft,
      '2023-10-06': manager,
      '2023-10-09': [director, decline],
      '2023-10-10': [handOver],
    });
    const mail = story.sink.to(maja.email).find(({ subject }) => subject.includes('övertaget'));
    expect(said(mail)).toContain(
      'Ditt nästa steg är att skicka svaret till Kommunstyrelsen, så snart paragrafen är justerad, tidigast fredag 10 november 2023.',
    );
    expect(said(mail)).not.toContain('senast fredag 10 november');
  });

  it('about more time asked for where immediate adjustment is declined name another meeting as a way', async () => {
    await story.register();
    const decline = does('officer', 'adjustment', { act: 'decline', reason: 'Justeraren är borta', way: 'extension' });
    const ask = does('officer', 'extension', { act: 'ask', until: '2023-11-10' });
    await story.walk('2023-09-14', { '2023-09-12': [ask, decline] });
    const { manager, secretary } = story.people;
    expect(said(lastTo(manager.email))).toContain('en annan väg till beslut: ett annat sammanträde, ordförandebeslut');
    expect(said(lastTo(secretary.email))).toContain(
      'dröjer det, välj ett annat sammanträde, eller se om ett extra kan hållas.',
    );
  });

  it('say that no meeting is in time, and to the manager too, when a case that declined has missed its meeting', async () => {
    await story.register();
    const decline = does('officer', 'adjustment', {
      act: 'decline',
      reason: 'Justeraren är borta',
      way: 'other-meeting',
    });
    await story.walk('2023-10-26', { '2023-09-12': [decline] });
    story.clock.set('2023-10-26T22:06:00.000Z');
    await story.app.provider(LeavePastMeetings).execute();
    await story.walk('2023-10-27', {});
    const lacks = 'EÅV 2023/1: inget sammanträde i tid, svar senast 27 oktober 2023';
    const { officer, manager, secretary } = story.people;
    const count = ({ email }: SeededPerson) =>
      story.sink.to(email).filter(({ subject }) => subject.startsWith(lacks)).length;
    expect({ officer: count(officer), manager: count(manager), secretary: count(secretary) }).toEqual({
      officer: 2, manager: 1, secretary: 2,
    }); // prettier-ignore
    for (const { subject } of story.sink.mails) expect(subject).not.toContain('inte längre justeras');
  });

  describe('of several cases', () => {
    it('name the most overdue or the earliest as the nearest, and put it first', async () => {
      const { officer, registrar } = story.people;
      const register = (answerDue: string, n: number) => story.register({ answerDue, senderReference: `KS 2023/${n}` });
      await register('2023-10-27', 1);
      await register('2023-09-13', 2);
      await register('2023-09-20', 3);
      await story.walk('2023-09-13', {});
      expect(lastTo(officer.email)?.subject).toBe(
        '2 ärenden att bevaka: närmast EÅV 2023/2, inget sammanträde i tid, svar senast 13 september, i dag',
      );
      expect(story.sink.to(registrar.email)).toEqual([]);
      const text = lastTo(officer.email)?.text ?? '';
      expect(text.indexOf('EÅV 2023/2 ')).toBeLessThan(text.indexOf('EÅV 2023/3 '));
    });
  });

  describe('about a meeting that has moved', () => {
    const move =
      (from: string, to: string): Deed =>
      async (s) => {
        const { status } = await s.app.put(`/api/v1/boards/E%C3%85V/meetings/${from}`, { date: to }, s.as('secretary'));
        expect(status).toBe(200);
      };

    it('say what the days of the one who is told were and are', async () => {
      await story.register({ officer: story.people.officer.email });
      await story.walk('2023-09-12', { '2023-09-12': [move('2023-10-26', '2023-10-25')] });
      const mail = lastTo(story.people.officer.email);
      expect(mail?.subject).toBe(
        'Sammanträdet 26 oktober 2023 är flyttat till 25 oktober 2023: EÅV 2023/1 är planerat om',
      );
      expect(said(mail)).toContain('Utkastet till svar klart: 4 oktober → tisdag 3 oktober 2023 (15 arbetsdagar kvar)');
      expect(said(mail)).toContain('Sammanträde: 26 oktober → onsdag 25 oktober 2023');
      expect(said(mail)).not.toContain('står i ärendet');
      expect(said(mail)).toContain('för att du är handläggare i ett ärende som har planerats om.');
      expect(mail?.html).toContain('4 oktober → tisdag 3 oktober 2023');
    });

    it('go to a substitute in the name of the one who is away', async () => {
      const [personId, substituteId] = [story.people.officer.id, story.people.manager.id];
      await seedAbsence(story.app, { personId, substituteId, from: '2023-09-12', to: '2023-09-20' });
      await story.register();
      await story.walk('2023-09-12', { '2023-09-12': [move('2023-10-26', '2023-10-25')] });
      const mail = lastTo(story.people.manager.email);
      expect(said(mail)).toContain(
        'Du får detta i stället för Hanna Handläggare som är borta till och med 20 september 2023.',
      );
      expect(mail?.html).toContain('i stället för Hanna Handläggare');
    });

    it('tell registrars that they are told for want of an officer', async () => {
      await story.register({ officer: null });
      await story.walk('2023-09-12', { '2023-09-12': [move('2023-10-26', '2023-10-25')] });
      const mail = lastTo(story.people.registrar.email);
      expect(said(mail)).toContain('för att du bevakar ärenden som saknar handläggare');
      expect(said(mail)).not.toContain('för att du är handläggare');
    });

    it('leave out a case that the chair has decided', async () => {
      await story.register();
      const arrived = fromNow(story.sink.mails);
      await story.walk('2023-09-19', {
        '2023-09-13': [does('registrar', 'meeting', { route: 'chair', reason: 'Brådskar' })],
        '2023-09-14': [does('officer', 'steps', { step: 'draft' })],
        '2023-09-18': [does('secretary', 'decision', { outcome: 'adopted', by: 'Ordföranden' })],
        '2023-09-19': [move('2023-10-26', '2023-10-25')],
      });
      await eventually('the case is decided', async () => (await story.view()).status === 'decided');
      expect(arrived().filter(({ subject }) => subject.includes('flyttat'))).toEqual([]);
    });

    it('say by which day when an immediate adjustment is needed no longer', async () => {
      await story.register();
      await story.walk('2023-09-12', { '2023-09-12': [(s) => s.correct({ answerDue: '2023-11-17' })] });
      const mail = lastTo(story.people.officer.email);
      expect(mail?.subject).toBe(
        'EÅV 2023/1: paragrafen behöver inte längre justeras omedelbart, sammanträde 26 oktober 2023',
      );
      expect(said(mail)).toContain(
        'Den justeras i vanlig ordning senast torsdag 9 november 2023. Du behöver inte göra något.',
      );
    });
  });
});
