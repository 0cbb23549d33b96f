import { z } from 'zod';
import { isLocalDate } from '../../domain/calendar/local-date.js';
import { clockShows, isClockTime } from '../../domain/calendar/stockholm-time.js';
import { RuleError } from '../../domain/errors.js';
import { formatDiarienummer, numberPattern } from '../../domain/referral/diarienummer.js';
import { ROLES } from '../../domain/referral/permissions.js';
import { leadTimes } from '../../domain/timetable/lead-times.js';
import { clockTime, day } from '../../platform/http/day.js';
import { email, lineText } from '../../platform/http/text.js';
import { reasonIn } from '../../platform/problem/reasons.js';
import { readJson, type Fault } from './json-text.js';
import { referenceFaults, type Known } from './organisation-references.js';

const CODE = /^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u;

/** A code that may stand in a number, an address and a reference such as `EÅV/HR`. */
const code = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC'))
    .pipe(z.string().max(max).regex(CODE, { error: 'ska bestå av bokstäver, siffror, - och _' }));

/** A board's code, as every board has it. */
export const boardCode = () => code(12);

/** How long a department's code may be. */
export const DEPARTMENT_CODE_LENGTH = 23;

/** A department's code, as every department has it. */
export const departmentCode = () => code(DEPARTMENT_CODE_LENGTH);

/** @throws RuleError `text-invalid` for what cannot be a department's code */
export function parseDepartmentCode(text: string): string {
  const parsed = departmentCode().safeParse(text);
  if (parsed.success) return parsed.data;
  throw new RuleError('text-invalid', 'no code of a department', { field: 'code' });
}

const days = z.int().min(0).max(250);

const leadTimesPart = z
  .strictObject({
    draft: days.optional(),
    managerApproval: days.optional(),
    directorApproval: days.optional(),
    dispatch: days.optional(),
    expedite: days.optional(),
    ordinaryAdjustmentDays: days.optional(),
    preparation: days.nullish(),
  })
  .superRefine((given, context) => {
    try {
      leadTimes(given);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      const message =
        'ledtiderna ska vara draft ≥ managerApproval ≥ directorApproval ≥ dispatch, förvalda värden inräknade';
      context.addIssue({ code: 'custom', path: [String(error.facts['field'])], message });
    }
  });

const department = z.strictObject({
  code: departmentCode(),
  name: lineText(500),
  /** Null takes the manager away. */
  manager: email().nullish(),
});

const meeting = z
  .strictObject({
    date: day(),
    time: clockTime().nullish(),
    place: lineText(500).nullish(),
    adjustmentOn: day().nullish(),
    dispatchOn: day().nullish(),
  })
  .superRefine(({ date, time = null, adjustmentOn = null, dispatchOn = null }, context) => {
    const fault = (field: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [field], message });
    // Judged beside faults of its own: what is no day or no time is told as that.
    if (isLocalDate(date) && isClockTime(time) && !clockShows(date, time)) {
      fault('time', `finns inte ${date}: klockan ställs då fram från 02:00 till 03:00`);
    }
    if (adjustmentOn !== null && adjustmentOn < date) fault('adjustmentOn', `ligger före sammanträdet ${date}`);
    if (dispatchOn !== null && dispatchOn > date) fault('dispatchOn', `ligger efter sammanträdet ${date}`);
  });

/** The longest number that a pattern may give, as it is stored. */
const LONGEST_NUMBER = 40;

/** Judged by itself, so that a fault elsewhere in the board does not hide it. */
const pattern = z.string().superRefine((text, context) => {
  try {
    numberPattern(text);
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    const message =
      'ska ha {year} och {number} en gång var, åtskilda, och annars {code}, bokstäver, blanksteg och . / : _ - ( )';
    context.addIssue({ code: 'custom', input: text, message });
  }
});

/** Whether a pattern gives a board numbers that fit. */
function fits(text: string, own: string): boolean {
  try {
    return formatDiarienummer(numberPattern(text), own, 9999, 999_999).length <= LONGEST_NUMBER;
  } catch (error) {
    if (error instanceof RuleError) return true;
    throw error;
  }
}

const board = z
  .strictObject({
    code: boardCode(),
    name: lineText(500),
    administration: lineText(500).nullish(),
    numberPattern: pattern.optional(),
    leadTimes: leadTimesPart.optional(),
    /** All of them: a day that is left out is open again. */
    closedDays: z.array(day()).max(5_000).optional(),
    /** False: its registrars get no morning mail. */
    morningReport: z.boolean().optional(),
    departments: z.array(department).max(1_000).optional(),
    meetings: z.array(meeting).max(5_000).optional(),
  })
  .superRefine(({ code: own, numberPattern: given }, context) => {
    if (given === undefined || fits(given, own)) return;
    const message = `ger nummer som är längre än ${LONGEST_NUMBER} tecken`;
    context.addIssue({ code: 'custom', path: ['numberPattern'], message });
  });

const person = z.strictObject({
  email: email(),
  name: lineText(500),
  phone: lineText(40).nullish(),
  title: lineText(500).nullish(),
  /** `board/department`; null takes the person out of the department. */
  department: z
    .string()
    .transform((text) => text.normalize('NFC'))
    .nullish(),
  /** All roles at each board that is named; other boards are left alone. */
  roles: z
    .record(
      z.string().transform((text) => text.normalize('NFC')),
      z.array(z.enum(ROLES)).max(50),
    )
    .optional(),
});

const organisation = z.strictObject({
  boards: z.array(board).max(500).optional(),
  people: z.array(person).max(50_000).optional(),
});

/** What an organisation file says. What it leaves out is left as it is. */
export type OrganisationFile = z.output<typeof organisation>;
export type BoardInFile = NonNullable<OrganisationFile['boards']>[number];
export type DepartmentInFile = NonNullable<BoardInFile['departments']>[number];
export type MeetingInFile = NonNullable<BoardInFile['meetings']>[number];
export type PersonInFile = NonNullable<OrganisationFile['people']>[number];

/** A path such as `boards[0].meetings[2].date`. */
function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text === '' ? 'filen' : text.replace(/^\./, '');
}

/** What stands there, when it is short enough to help. */
function shown(input: unknown): string {
  if (typeof input !== 'string' && typeof input !== 'number' && typeof input !== 'boolean') return '';
  const text = JSON.stringify(input);
  return text.length <= 60 ? `, inte ${text}` : '';
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathOf([...issue.path, key.slice(0, 60)]), reason: 'är ett okänt fält' }));
  }
  if (issue.code === 'invalid_key') return [{ path: pathOf(issue.path), reason: 'är ett ogiltigt namn' }];
  return [{ path: pathOf(issue.path), reason: `${issue.message}${shown(issue.input)}` }];
}

/** A value that is wrong in itself is not also wrong beside others. */
function firstOfEach(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ path }) => !seen.has(path) && seen.add(path));
}

/** Every fault of the file. Nothing of it may be brought in. */
export class OrganisationRefused extends RuleError {
  constructor(readonly faults: readonly Fault[]) {
    super('organisation-invalid', `The organisation file has ${faults.length} faults`, { errors: faults });
  }
}

/**
 * Reads an organisation file (JSON in UTF-8; the format is in docs/organisation-file.md).
 *
 * @param known what is there already, which references may point at too
 * @throws OrganisationRefused with every fault, its path and its reason
 */
export function parseOrganisation(bytes: Uint8Array, known: Known): OrganisationFile {
  const json = readJson(bytes);
  if ('fault' in json) throw new OrganisationRefused([json.fault]);
  const result = organisation.safeParse(json.value, { error: reasonIn('sv'), reportInput: true });
  const faults = [...firstOfEach(result.error?.issues.flatMap(faultsOf) ?? []), ...referenceFaults(json.value, known)];
  if (faults.length > 0 || !result.success) throw new OrganisationRefused(faults);
  return result.data;
}
