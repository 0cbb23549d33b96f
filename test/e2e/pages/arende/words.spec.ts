import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, localDate } from '../../../../src/domain/calendar/local-date.js';
import { NO_CLOSED_DAYS } from '../../../../src/domain/calendar/working-day.js';
import { ACTS } from '../../../../src/domain/referral/lifecycle.js';
import { formAt, formOf, receiptOf, slugOf } from '../../../../src/features/pages/arende/acts/act-forms.js';
import {
  readCorrection,
  correctionFields,
  merged,
  changedIn,
} from '../../../../src/features/pages/arende/acts/correction.js';
import { nextStepWords, whenWords } from '../../../../src/features/pages/arende/acts/next-act.js';
import { eventsSince } from '../../../../src/features/pages/arende/case-conflict.js';
import { DOT, labelWidth, layOut } from '../../../../src/features/pages/arende/timeline/layout.js';
import type { TimelinePoint } from '../../../../src/features/pages/arende/timeline/points.js';
import { approvalsIn } from '../../../../src/features/pages/arende/words/approvals.js';
import {
  changesOf, knowsEvent, saidBeside, sentenceOf, type CaseEvent,
} from '../../../../src/features/pages/arende/words/journal-words.js'; // prettier-ignore

const FEATURES = new URL('../../../../src/features/', import.meta.url).pathname;
const NAMES = { of: (id: string) => (id === 'p1' ? 'Hanna Handläggare' : null) };
const anEvent = (what: string, more: Partial<CaseEvent> = {}): CaseEvent => ({
  seq: 1,
  at: '2023-10-06T10:00:00.000Z',
  by: 'Rut Registrator',
  what,
  before: null,
  after: null,
  ...more,
});

/** Events that a case never has: of people, settings, meetings themselves and the register as a whole. */
const NOT_OF_CASES = new Set(['cases-handed-over', 'meeting-changed', 'register-imported']);

/** Files that record events of cases. */
const OF_CASES =
  /subjectType: 'referral'|acts\.perform\(|cases\.(?:onMeeting|withoutMeeting)\(|keeper\.(?:add|change)\(|\bstep: Step\['step'\]; what\b/;

function eventsInSource(): string[] {
  const files = readdirSync(FEATURES, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  const sources = files.map((name) => readFileSync(join(FEATURES, name), 'utf8')).filter((text) => OF_CASES.test(text));
  const named = sources.flatMap((text) => [
    ...text.matchAll(/\bwhat(?:: |\s*=\s*)(?:[^'"\n]*\? )?'([a-z]+(?:-[a-z]+)*)'(?: : '([a-z-]+)')?/g),
  ]);
  return [...new Set(named.flatMap(([, one, other]) => [one, other]).filter((name) => name !== undefined))];
}

describe('The journal in words', () => {
  it('has a sentence for every event that the source records of a case', () => {
    const found = eventsInSource().filter((what) => what.includes('-') || what === 'woken');
    expect(found.length).toBeGreaterThan(25);
    expect(found.filter((what) => !knowsEvent(what) && !NOT_OF_CASES.has(what))).toEqual([]);
    for (const outcome of ['adopted', 'declined', 'returned', 'tabled', 'noted']) {
      expect(knowsEvent(`decision-${outcome}`)).toBe(true);
    }
  });

  it.each([
    [anEvent('referral-registered', { after: { answerDue: '2023-10-27', adjustment: 'proposed', plan: { meeting: '2023-10-26' } } }),
      'Registrerat. Svar senast 27 oktober 2023, sammanträde 26 oktober 2023, omedelbar justering föreslagen av systemet.'],
    [anEvent('manager-approved', { after: { steps: { managerApproval: '2023-10-06' } } }), 'Avdelningschefen attesterade.'],
    [anEvent('manager-approved', { after: { steps: { managerApproval: '2023-10-05' } } }), 'Avdelningschefen attesterade 5 oktober 2023.'],
    [anEvent('officer-assigned', { after: { officerName: 'Hanna', handedOverFrom: 'Olle' } }), 'Hanna tog över ärendet från Olle.'],
    [anEvent('extension-granted', { before: { answerDue: '2023-10-27' }, after: { answerDue: '2023-11-24', note: null } }),
      'Anstånd beviljat. Svar senast 24 november 2023 i stället för 27 oktober 2023.'],
    [anEvent('adjustment-declined', { after: { adjustmentReason: 'Anstånd är lovat', way: 'extension' } }),
      'Omedelbar justering avböjd: Anstånd är lovat. Vägen i stället: begära anstånd.'],
    [anEvent('decision-adopted', { after: { decision: { date: '2023-10-26', paragraph: '§ 14', outcome: 'adopted', by: null } } }),
      'Svaret antogs, 26 oktober 2023, § 14.'],
    [anEvent('referral-cancelled', { after: { cancellation: { reason: 'Dubblett' } } }), 'Makulerat: Dubblett.'],
    [anEvent('reminder-failed', { after: { personId: 'p1', code: 'smtp-550' } }), 'En påminnelse gick inte att skicka till Hanna Handläggare (smtp-550).'],
    [anEvent('something-new', { after: { colour: 'red' } }), 'Händelsen ”something new”.'],
    [anEvent('referral-cancelled', { after: { cancellation: { reason: 'Dubblett, se …' } } }), 'Makulerat: Dubblett, se …'],
    [anEvent('constructor'), 'Händelsen ”constructor”.'],
  ])('says %#', (event, sentence) => expect(sentenceOf(event, NAMES)).toBe(sentence)); // prettier-ignore

  it('says what changed, from what to what, plans day by day and people by name', () => {
    const event = anEvent('referral-corrected', {
      before: { title: 'Gammal', officerId: null, plan: { draft: '2023-10-04', meeting: '2023-10-26' }, steps: {} },
      after: { title: 'Ny', officerId: 'p1', plan: { draft: '2023-10-04', meeting: '2023-11-23' }, steps: {} },
    });
    expect(changesOf(event, NAMES).map(({ label, before, after }) => `${label}: ${before} → ${after}`)).toEqual([
      'Ärendemening: Gammal → Ny',
      'Handläggare: ingen → Hanna Handläggare',
      'Nämnden sammanträder: 26 oktober 2023 → 23 november 2023',
    ]);
  });

  it('shows what an event of a kind that is not known says', () => {
    const event = anEvent('something-new', {
      before: { status: 'assigned' },
      after: { status: 'decided', colour: 'red' },
    });
    expect(saidBeside(event, NAMES)).toEqual([['colour', 'red']]);
    expect(changesOf(event, NAMES)).toMatchObject([{ label: 'Läge', before: 'Fördelat', after: 'Beslutat' }]);
  });

  it('takes whatever a journal may hold', () => {
    const facts = fc.option(fc.dictionary(fc.string(), fc.jsonValue()), { nil: null });
    const what = fc.oneof(fc.string(), fc.constantFrom(...eventsInSource()));
    fc.assert(
      fc.property(what, facts, facts, (name, before, after) => {
        const event = anEvent(name, { before, after });
        expect(sentenceOf(event, NAMES)).not.toBe('');
        for (const { label, before: old, after: now } of changesOf(event, NAMES))
          expect(`${label}${old}${now}`).not.toContain('[object');
        saidBeside(event, NAMES);
      }),
    );
  });

  it('counts a version for each event but those of reminders', () => {
    const events = ['referral-registered', 'reminder-failed', 'officer-assigned', 'draft-done'].map((what) =>
      anEvent(what),
    );
    expect(eventsSince(events, 1).map(({ what }) => what)).toEqual(['officer-assigned', 'draft-done']);
    expect(eventsSince(events, 3)).toEqual([]);
  });

  it('knows the approvals of this round alone', () => {
    const manager = anEvent('manager-approved', {
      by: 'Cesar Chef',
      after: { steps: { managerApproval: '2023-10-05' } },
    });
    expect(approvalsIn([manager])).toEqual({ manager: { by: 'Cesar Chef', on: '2023-10-05' }, director: null });
    expect(approvalsIn([manager, anEvent('decision-returned')])).toEqual({ manager: null, director: null });
  });
});

describe('The plan as a line', () => {
  const words = fc.constantFrom('Utkast', 'Chef', 'Svar senast', 'Registrerad', 'Expediering', 'Överklagandetid ut');
  const point = fc.record({
    away: fc.integer({ min: -40, max: 400 }),
    names: fc.array(words, { minLength: 1, maxLength: 4 }),
  });
  const points = fc.array(point, { minLength: 1, maxLength: 13 }).map((some): TimelinePoint[] => {
    const byDay = new Map(some.map((one) => [one.away, one]));
    return [...byDay.values()]
      .sort((a, b) => a.away - b.away)
      .map(({ away, names }) => {
        const day = addDays(localDate('2023-09-11'), away);
        return { day, label: '27 okt 2024', names, state: 'coming', isDue: false };
      });
  });

  it('never lets two labels meet, keeps the order, and stays within its width', () => {
    fc.assert(
      fc.property(points, (some) => {
        const { points: placed, width } = layOut(some, localDate('2023-10-09'));
        placed.forEach((one, i) => {
          const half = labelWidth(one) / 2;
          expect(one.labelX - half).toBeGreaterThanOrEqual(0);
          expect(one.labelX + half).toBeLessThanOrEqual(width);
          const before = placed[i - 1];
          if (before) expect(one.labelX - half).toBeGreaterThan(before.labelX + labelWidth(before) / 2);
          if (before) expect(one.x - before.x).toBeGreaterThanOrEqual(DOT);
        });
      }),
    );
  });

  it('is true to time where its labels are not: twelve days are wider than one', () => {
    const days = ['2026-11-09', '2026-12-04', '2026-12-08', '2026-12-09', '2026-12-21', '2026-12-30', '2027-01-25'];
    const long = days.map((day): TimelinePoint => ({
      day: localDate(day), label: day, names: ['Förvaltningschef'], state: 'coming', isDue: false,
    })); // prettier-ignore
    const { points: placed } = layOut(long, null);
    const widths = placed.slice(1).map(({ x }, i) => Math.round(x - (placed[i]?.x ?? 0)));
    const [toDraft, toChief, toDirector, toDispatch, toMeeting, toEnd] = widths;
    for (const [wider, narrower] of [
      [toDraft, toDispatch],
      [toEnd, toDraft],
      [toDispatch, toMeeting],
      [toMeeting, toChief],
      [toChief, toDirector],
    ]) {
      expect(wider).toBeGreaterThan(narrower ?? Infinity);
    }
  });

  it('puts today between the points around it', () => {
    fc.assert(
      fc.property(points, (some) => {
        const today = localDate('2023-10-09');
        const { points: placed, todayX } = layOut(some, today);
        const before = placed.filter(({ day }) => day < today).at(-1);
        const next = placed.find(({ day }) => day >= today);
        if (!next || (!before && next.day !== today)) return expect(todayX).toBeNull();
        expect(todayX).toBeLessThanOrEqual(next.x);
        if (before) expect(todayX).toBeGreaterThanOrEqual(before.x);
      }),
    );
  });
});

describe('The forms', () => {
  it('are there for every act, each at an address of its own', () => {
    const slugs = ACTS.map(slugOf);
    expect(new Set(slugs).size).toBe(ACTS.length);
    expect(ACTS.filter((act) => act !== 'correct' && formOf(act) === undefined)).toEqual([]);
    for (const act of ACTS) expect(receiptOf(slugOf(act))).toEqual(expect.any(String));
    expect(formAt('constructor')).toBeUndefined();
    expect([receiptOf('constructor'), receiptOf(['utkast']), receiptOf(undefined)]).toEqual([null, null, null]);
  });

  it('correct only what was changed, and take away what was emptied', () => {
    const base = { title: 'Remiss', sender: 'KS', answerTo: 'a@example.se', note: 'Ett' };
    const fields = correctionFields({ officers: [], departments: [] });
    const read = (typed: Record<string, string>) => readCorrection({ typed: { ...base, ...typed }, base }, fields);
    expect(read({ title: ' Ny remiss ', answerTo: '' })).toEqual({
      correction: { title: 'Ny remiss', answerTo: null },
      errors: null,
    });
    expect(read({}).errors).toEqual([{ field: null, message: 'Du har inte ändrat något än.' }]);
    expect(read({ sender: ' ', answerDue: '2023-02-30' }).errors?.map(({ field }) => field)).toEqual([
      'sender',
      'answerDue',
    ]);
  });

  it('lay what one has typed on top of what others have changed', () => {
    const base = { title: 'A', sender: 'B', note: 'C' };
    const sent = { base, typed: { title: 'min', sender: 'B', note: 'C' } };
    expect(changedIn(sent)).toEqual(['title']);
    expect(merged(sent, { title: 'deras', sender: 'deras', note: 'C' })).toMatchObject({
      title: 'min',
      sender: 'deras',
      note: 'C',
    });
  });

  it('keep a rare day ticked as long as it is the one that was ticked', () => {
    const base = { receivedOn: '2023-09-11', answerDue: '2023-10-27' };
    const ticks = { receivedOnTicked: 'ja', answerDueTicked: 'ja' };
    const sent = { base, typed: { ...base, answerDue: '2127-01-04' }, ticks };
    const shown = merged(sent, { receivedOn: '2013-09-11', answerDue: '2023-11-24' });
    expect(shown).toMatchObject({ receivedOn: '2013-09-11', answerDue: '2127-01-04', answerDueTicked: 'ja' });
    expect(shown).not.toHaveProperty('receivedOnTicked');
  });
});

describe('The next step of a case', () => {
  const at = { today: localDate('2023-10-30'), closed: NO_CLOSED_DAYS };
  const view = { timetable: [], registeredAt: '2023-09-11T10:00:00.000Z' };

  it.each([
    ['meeting', '2023-10-26', 'Anteckna beslutet', 'Sammanträdet hölls 26 oktober 2023, för 2 arbetsdagar sedan', true],
    ['meeting', '2023-10-30', 'Nämnden sammanträder', '30 oktober 2023, i dag', false],
    [
      'draft',
      '2023-10-26',
      'Utkastet till svar',
      'Skulle ha varit gjort 26 oktober 2023, för 2 arbetsdagar sedan',
      true,
    ],
    ['draft', '2023-10-31', 'Utkastet till svar', 'Senast 31 oktober 2023, i morgon', false],
  ])('%s on %s is called %s: %s', (step, on, what, text, late) => {
    expect(nextStepWords({ step, on }, at.today).what).toBe(what);
    expect(whenWords(step, on, at, view)).toEqual({ text, late });
  });
});
