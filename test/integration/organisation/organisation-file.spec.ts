import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OrganisationRefused, parseOrganisation } from '../../../src/features/organisation/organisation-file.js';
import type { Known } from '../../../src/features/organisation/organisation-references.js';

const NOTHING: Known = { boards: new Set(), departments: new Set(), emails: new Set() };
const KNOWN: Known = {
  boards: new Set(['KS']),
  departments: new Set(['KS/KK']),
  emails: new Set(['rut@example.se']),
};

const bytesOf = (file: unknown): Uint8Array => Buffer.from(typeof file === 'string' ? file : JSON.stringify(file));
const parse = (file: unknown, known = NOTHING) => parseOrganisation(bytesOf(file), known);

/** `path: reason` of every fault. */
function faults(file: unknown, known = NOTHING): string[] {
  try {
    parseOrganisation(file instanceof Uint8Array ? file : bytesOf(file), known);
  } catch (error) {
    if (error instanceof OrganisationRefused) return error.faults.map(({ path, reason }) => `${path}: ${reason}`);
    throw error;
  }
  return [];
}

const board = (more: object = {}): object => ({ boards: [{ code: 'EÅV', name: 'Nämnden', ...more }] });
const people = (...list: object[]): object => ({ people: list });
const hanna = { email: 'hanna@example.se', name: 'Hanna Handläggare' };

const WHOLE = {
  boards: [
    {
      code: 'EÅV',
      name: 'Enskede-Årsta-Vantörs stadsdelsnämnd',
      administration: 'Stadsdelsförvaltningen',
      numberPattern: '{code} {year}/{number}',
      leadTimes: { draft: 16, managerApproval: 14, directorApproval: 13, dispatch: 5 },
      closedDays: ['2026-12-23'],
      departments: [{ code: 'HR', name: 'Avdelning HR och utveckling', manager: 'cesar.chef@example.se' }],
      meetings: [{ date: '2023-10-26', time: '18:00', place: 'Sal A', adjustmentOn: null, dispatchOn: null }],
    },
  ],
  people: [
    {
      email: 'cesar.chef@example.se',
      name: 'Cesar Chef',
      phone: '08-508 00 000',
      title: 'avdelningschef',
      department: 'EÅV/HR',
      roles: { EÅV: ['manager'] },
    },
  ],
};

describe('A good organisation file', () => {
  it('may say everything', () => {
    expect(parse(WHOLE)).toEqual(WHOLE);
  });

  it('may name what is there already by its own code', () => {
    const both: Known = { ...KNOWN, departments: new Set(['KS/KK', 'KS/kk']) };
    for (const code of ['KK', 'kk']) {
      expect(faults({ boards: [{ code: 'KS', name: 'KS', departments: [{ code, name: 'K' }] }] }, both)).toEqual([]);
    }
  });

  it('has no new code that differs in case alone from one that is there', () => {
    expect(faults({ boards: [{ code: 'ks', name: 'K' }] }, KNOWN)).toEqual([
      'boards[0].code: "ks" skiljer sig bara i stora och små bokstäver från "KS", som finns redan',
    ]);
    expect(faults({ boards: [{ code: 'KS', name: 'K', departments: [{ code: 'Kk', name: 'K' }] }] }, KNOWN)).toEqual([
      'boards[0].departments[0].code: "KS/Kk" skiljer sig bara i stora och små bokstäver från "KS/KK", som finns redan',
    ]);
  });

  it.each([
    ['nothing at all', {}],
    ['code and name of a board', board()],
    ['code and name of a department', board({ departments: [{ code: 'HR', name: 'HR' }] })],
    ['the date of a meeting', board({ meetings: [{ date: '2026-03-02' }] })],
    ['address and name of a person', people(hanna)],
    ['null for what may be left out', people({ ...hanna, phone: null, title: null, department: null })],
    ['lead times in part', board({ leadTimes: { draft: 20 } })],
    ['no preparation', board({ leadTimes: { preparation: null } })],
    ['a number pattern of its own', board({ numberPattern: 'Dnr {number:4}-{year:2}' })],
  ])('may say no more than %s', (_, file) => {
    expect(faults(file)).toEqual([]);
  });

  it('may refer forward, and to what is there already', () => {
    const file = {
      people: [{ ...hanna, department: 'EÅV/HR', roles: { EÅV: ['officer'], KS: ['reader'] } }],
      boards: [{ code: 'EÅV', name: 'N', departments: [{ code: 'HR', name: 'HR', manager: 'RUT@example.se' }] }],
    };
    expect(faults(file, KNOWN)).toEqual([]);
    expect(faults(people({ ...hanna, department: 'KS/KK' }), KNOWN)).toEqual([]);
  });

  it('may begin with a byte order mark', () => {
    expect(parse(`\uFEFF${JSON.stringify(board())}`).boards).toHaveLength(1);
  });

  it('is read in NFC and lower case addresses, blanks around text taken off', () => {
    const decomposed = 'EÅV'.normalize('NFD');
    const file = {
      boards: [{ code: decomposed, name: '  Nämnden ', departments: [{ code: 'HR', name: 'HR' }] }],
      people: [
        {
          email: 'Hanna@Example.SE',
          name: 'Hanna',
          department: `${decomposed}/HR`,
          roles: { [decomposed]: ['officer'] },
        },
      ],
    };
    const parsed = parse(file);
    expect(parsed.boards?.[0]).toMatchObject({ code: 'EÅV', name: 'Nämnden' });
    expect(parsed.people?.[0]).toMatchObject({
      email: 'hanna@example.se',
      department: 'EÅV/HR',
      roles: { EÅV: ['officer'] },
    });
  });
});

describe('An organisation file is refused with path and reason', () => {
  it.each<[string, unknown, string[]]>([
    ['a day that is not', board({ meetings: [{ date: '2026-01-15' }, { date: '2026-02-12' }, { date: '2023-02-30' }] }), [
      'boards[0].meetings[2].date: ska vara en dag som finns, skriven ÅÅÅÅ-MM-DD, inte "2023-02-30"',
    ]],
    ['a day in another order', board({ closedDays: ['24/12 2026'] }), [
      'boards[0].closedDays[0]: ska vara en dag som finns, skriven ÅÅÅÅ-MM-DD, inte "24/12 2026"',
    ]],
    ['a time that is not', board({ meetings: [{ date: '2026-01-15', time: '25:00' }] }), [
      'boards[0].meetings[0].time: ska vara ett klockslag, skrivet TT:MM, inte "25:00"',
    ]],
    ['a time that no clock shows that day', board({ meetings: [{ date: '2027-03-28', time: '02:30' }] }), [
      'boards[0].meetings[0].time: finns inte 2027-03-28: klockan ställs då fram från 02:00 till 03:00',
    ]],
    ['an adjustment before the meeting', board({ meetings: [{ date: '2026-01-15', adjustmentOn: '2026-01-14' }] }), [
      'boards[0].meetings[0].adjustmentOn: ligger före sammanträdet 2026-01-15',
    ]],
    ['an agenda sent after the meeting', board({ meetings: [{ date: '2026-01-15', dispatchOn: '2026-01-16' }] }), [
      'boards[0].meetings[0].dispatchOn: ligger efter sammanträdet 2026-01-15',
    ]],
    ['both own days of a meeting', board({ meetings: [{ date: '2026-01-15', adjustmentOn: '2026-01-14', dispatchOn: '2026-01-16' }] }), [
      'boards[0].meetings[0].adjustmentOn: ligger före sammanträdet 2026-01-15',
      'boards[0].meetings[0].dispatchOn: ligger efter sammanträdet 2026-01-15',
    ]],
    ['a number pattern beside something that is missing', board({ numberPattern: '{code} {number}', departments: [{ code: 'HR' }] }), [
      expect.stringMatching(/^boards\[0\]\.numberPattern: ska ha \{year\} och \{number\} en gång var/) as unknown as string,
      'boards[0].departments[0].name: måste anges',
    ]],
    ['what is missing', { boards: [{}], people: [{}] }, [
      'boards[0].code: måste anges', 'boards[0].name: måste anges', 'people[0].email: måste anges', 'people[0].name: måste anges',
    ]],
    ['an unknown field', board({ manager: 'x', departments: [{ code: 'HR', name: 'HR', chef: 'x' }] }), [
      'boards[0].departments[0].chef: är ett okänt fält', 'boards[0].manager: är ett okänt fält',
    ]],
    ['an unknown field at the top', { nämnder: [] }, ['nämnder: är ett okänt fält']],
    ['the wrong type', { boards: {}, people: [hanna, 7] }, [
      'boards: ska vara en lista', 'people[1]: ska vara ett objekt, inte 7',
    ]],
    ['no object', [1, 2], ['filen: ska vara ett objekt']],
    ['a role that is not', { ...board(), ...people({ ...hanna, roles: { EÅV: ['boss'] } }) }, [
      'people[0].roles.EÅV[0]: ska vara något av: registrar, officer, manager, director, secretary, reader, admin, inte "boss"',
    ]],
    ['an address that is not', people({ ...hanna, email: 'hanna' }), ['people[0].email: ska vara en e-postadress, inte "hanna"']],
    ['a blank name', people({ ...hanna, name: ' \u200b\u2800' }), [expect.stringMatching(/^people\[0\]\.name: får inte vara tom/) as unknown as string]],
    ['a line break in a name', people({ ...hanna, name: 'Hanna\nBcc: x' }), [
      expect.stringMatching(/^people\[0\]\.name: innehåller styrtecken/) as unknown as string,
    ]],
    ['a name of a megabyte', people({ ...hanna, name: 'x'.repeat(1_000_000) }), ['people[0].name: får vara högst 500 tecken']],
    ['a code with a slash', { boards: [{ code: 'EÅV/HR', name: 'N' }] }, [
      'boards[0].code: ska bestå av bokstäver, siffror, - och _, inte "EÅV/HR"',
    ]],
    ['a code that looks like the chain of people', { boards: [{ code: '#people', name: 'N' }] }, [
      'boards[0].code: ska bestå av bokstäver, siffror, - och _, inte "#people"',
    ]],
    ['a long code', { boards: [{ code: 'ENSKEDEÅRSTAVANTÖR', name: 'N' }] }, [
      'boards[0].code: får vara högst 12 tecken, inte "ENSKEDEÅRSTAVANTÖR"',
    ]],
    ['lead times out of order', board({ leadTimes: { draft: 10 } }), [
      'boards[0].leadTimes.draft: ledtiderna ska vara draft ≥ managerApproval ≥ directorApproval ≥ dispatch, förvalda värden inräknade',
    ]],
    ['a negative lead time', board({ leadTimes: { dispatch: -1 } }), ['boards[0].leadTimes.dispatch: får vara minst 0, inte -1']],
    ['half a day', board({ leadTimes: { expedite: 1.5 } }), ['boards[0].leadTimes.expedite: ska vara ett heltal, inte 1.5']],
    ['a number pattern without a number', board({ numberPattern: '{code} {year}' }), [
      expect.stringMatching(/^boards\[0\]\.numberPattern: ska ha \{year\} och \{number\} en gång var/) as unknown as string,
    ]],
    ['a number pattern that gives long numbers', board({ numberPattern: 'Stadsdelsnämndens diarium {year}/{number:9}' }), [
      expect.stringMatching(/^boards\[0\]\.numberPattern: /) as unknown as string,
    ]],
    ['a department that is not', { ...board(), ...people({ ...hanna, department: 'EÅV/XX' }) }, [
      'people[0].department: "EÅV/XX" är ingen avdelning; skriv nämndens kod, snedstreck och avdelningens kod',
    ]],
    ['roles at a board that is not', people({ ...hanna, roles: { XX: ['officer'] } }), ['people[0].roles: "XX" är ingen nämnd']],
    ['a manager who is not', board({ departments: [{ code: 'HR', name: 'HR', manager: 'ingen@example.se' }] }), [
      'boards[0].departments[0].manager: "ingen@example.se" finns inte bland personerna',
    ]],
    ['two boards of a code', { boards: [{ code: 'KS', name: 'A' }, { code: 'ks', name: 'B' }] }, [
      'boards[1].code: "ks" finns redan i boards[0].code',
    ]],
    ['two departments of a code', board({ departments: [{ code: 'HR', name: 'A' }, { code: 'HR', name: 'B' }] }), [
      'boards[0].departments[1].code: "HR" finns redan i boards[0].departments[0].code',
    ]],
    ['two meetings on a day', board({ meetings: [{ date: '2026-01-15' }, { date: '2026-01-15' }] }), [
      'boards[0].meetings[1].date: "2026-01-15" finns redan i boards[0].meetings[0].date',
    ]],
    ['a closed day twice', board({ closedDays: ['2026-12-23', '2026-12-23'] }), [
      'boards[0].closedDays[1]: "2026-12-23" finns redan i boards[0].closedDays[0]',
    ]],
    ['two people of an address', people(hanna, { ...hanna, email: 'HANNA@example.se' }), [
      'people[1].email: "HANNA@example.se" finns redan i people[0].email',
    ]],
  ])('for %s', (_, file, expected) => {
    expect(faults(file)).toEqual(expected);
  }); // prettier-ignore

  it('for all that is wrong at once, form and references alike', () => {
    const file = {
      boards: [{ code: 'EÅV', name: '', meetings: [{ date: '2023-02-30' }, { date: '2023-02-30' }] }],
      people: [{ ...hanna, department: 'XX/YY', roles: { XX: ['boss'] } }],
      more: 1,
    };
    expect(faults(file).map((fault) => fault.slice(0, fault.indexOf(':')))).toEqual([
      'boards[0].name',
      'boards[0].meetings[0].date',
      'boards[0].meetings[1].date',
      'people[0].roles.XX[0]',
      'more',
      'boards[0].meetings[1].date',
      'people[0].department',
      'people[0].roles',
    ]);
  });
});

describe('A file that is no JSON is refused with line and character', () => {
  it.each<[string, string, string]>([
    ['empty', '', 'filen: är tom'],
    ['blank', ' \n ', 'filen: är tom'],
    ['a letter', 'Till nämnden\n', 'rad 1, tecken 1: här ska det stå ett värde'],
    ['without a comma', '{"boards": []\n "people": []}', 'rad 2, tecken 2: här ska det stå ett komma eller }'],
    ['with a comma too many', '{"boards": [1,]}', 'rad 1, tecken 15: här ska det stå ett värde'],
    ['with a comma before the end', '{"boards": [],}', 'rad 1, tecken 15: här ska det stå ett namn inom citattecken'],
    ['with a name without quotes', '{\n  boards: []\n}', 'rad 2, tecken 3: här ska det stå ett namn inom citattecken'],
    ['with single quotes', "{'boards': []}", 'rad 1, tecken 2: här ska det stå ett namn inom citattecken'],
    ['without a colon', '{"boards" []}', 'rad 1, tecken 11: här ska det stå ett kolon'],
    ['cut off', '{"boards": [{"code": "EÅ', 'rad 1, tecken 25: filen tar slut för tidigt'],
    ['cut off after a comma', '{"boards": [],', 'rad 1, tecken 15: filen tar slut för tidigt'],
    ['with a comment', '{} // klart', 'rad 1, tecken 4: här ska filen vara slut'],
    ['two values', '{}{}', 'rad 1, tecken 3: här ska filen vara slut'],
    [
      'with a line break in a text',
      '{"boards": "a\nb"}',
      'rad 1, tecken 14: texten är inte avslutad på sin rad, eller har ett styrtecken i sig',
    ],
    ['with an unknown escape', '{"a": "\\x"}', 'rad 1, tecken 8: okänt tecken efter \\'],
    ['with a number in octal', '{"a": 012}', 'rad 1, tecken 8: här ska det stå ett komma eller }'],
    ['NaN', 'NaN', 'rad 1, tecken 1: här ska det stå ett värde'],
    ['saying one thing twice', '{"boards": [],\n "boards": []}', 'rad 2, tecken 2: namnet "boards" står två gånger'],
  ])('%s', (_, text, expected) => {
    expect(faults(text)).toEqual([expected]);
  });

  it('deeper than anything it could mean', () => {
    expect(faults('['.repeat(1_000_000))).toEqual(['rad 1, tecken 33: djupare än 32 nivåer']);
  });

  it('in Latin-1, with the place of the first letter that is wrong', () => {
    const latin1 = Buffer.from('{"boards":\n [{"code": "E\u00c5V"}]}', 'latin1');
    expect(faults(latin1)).toEqual(['rad 2, tecken 14: är inte skriven i UTF-8; spara filen som UTF-8']);
  });

  it.each([
    ['UTF-16, low byte first', Buffer.from('\uFEFF{}', 'utf16le')],
    ['UTF-16, high byte first', Buffer.from('\uFEFF{}', 'utf16le').swap16()],
  ])('in %s', (_, bytes) => {
    expect(faults(bytes)).toEqual(['filen: är skriven i UTF-16; spara filen som UTF-8']);
  });

  it('larger than any organisation', () => {
    expect(faults(Buffer.alloc(33 * 1024 * 1024, 32))).toEqual(['filen: är större än 32 MB']);
  });

  it.each([
    ['one text of ten megabytes', JSON.stringify(board({ administration: 'å'.repeat(5_000_000) })), 1],
    ['an escaped text of ten megabytes', `{"boards": "${'\\n'.repeat(5_000_000)}"}`, 1],
    ['a number of ten megabytes', `{"boards": ${'9'.repeat(10_000_000)}}`, 1],
    [
      'forty thousand faulty people',
      JSON.stringify(people(...Array.from({ length: 40_000 }, () => ({ a: 1 })))),
      40_000,
    ],
  ])('of %s is answered, within the patience of a test', (_, text, atLeast) => {
    expect(faults(text).length).toBeGreaterThanOrEqual(atLeast);
  });

  it('says of any text what JSON.parse says, but for what is said twice or is too deep', () => {
    const text = fc.oneof(
      fc.json({ maxDepth: 5 }),
      fc.tuple(fc.json({ maxDepth: 3 }), fc.nat(60), fc.string({ maxLength: 2 })).map(([json, at, more]) => json.slice(0, at) + more + json.slice(at)), // prettier-ignore
    );
    fc.assert(
      fc.property(text, (json) => {
        let good = json.trim() !== '';
        try {
          JSON.parse(json);
        } catch {
          good = false;
        }
        const told = faults(json).some(
          (fault) => /^(rad \d+, tecken \d+|filen: är tom)/.test(fault) && !fault.includes('två gånger'),
        );
        expect(told).toBe(!good);
      }),
      { numRuns: 500 },
    );
  });
});
