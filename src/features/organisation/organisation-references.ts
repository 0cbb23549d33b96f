import { codeKey } from '../boards/board.repository.js';
import { emailKey } from '../people/people.repository.js';
import type { Fault } from './json-text.js';

/** What is there before the file is brought in, which the file may refer to. */
export interface Known {
  readonly boards: ReadonlySet<string>;
  /** As `board/code`. */
  readonly departments: ReadonlySet<string>;
  readonly emails: ReadonlySet<string>;
}

type Item = Readonly<Record<string, unknown>>;

/** The objects of a list, each with its path. Whatever else stands there is a fault of form, told of elsewhere. */
function items(owner: Item, field: string, path: string): (readonly [Item, string])[] {
  const list = owner[field];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) => (isItem(item) ? [[item, `${path}${field}[${index}]`] as const] : []));
}

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value.normalize('NFC') : null);
const addressOf = (value: unknown): string | null => (typeof value === 'string' ? emailKey(value) : null);
const short = (text: string): string => JSON.stringify(text.length <= 60 ? text : `${text.slice(0, 60)}…`);

/** What each value was first used by; a second use is a fault. */
class Once {
  private readonly first = new Map<string, string>();

  /** @param key as compared: two boards may not differ in case alone */
  see(key: string, path: string, value: string): Fault[] {
    const before = this.first.get(key);
    if (before === undefined) this.first.set(key, path);
    return before === undefined ? [] : [{ path, reason: `${short(value)} finns redan i ${before}` }];
  }

  has(key: string): boolean {
    return this.first.has(key);
  }
}

/** Duplicates and dangling references, read from whatever form the file has, so that they are told with all else. */
export function referenceFaults(file: unknown, known: Known): Fault[] {
  return isItem(file) ? new References(file, known).faults() : [];
}

class References {
  private readonly boards = new Set<string>();
  private readonly departments = new Set<string>();
  private readonly people = new Once();
  private readonly found: Fault[] = [];

  constructor(
    private readonly file: Item,
    private readonly known: Known,
  ) {}

  faults(): Fault[] {
    this.readBoards();
    for (const [person, path] of items(this.file, 'people', ''))
      this.once(this.people, person['email'], `${path}.email`, emailKey);
    this.checkManagers();
    for (const [person, path] of items(this.file, 'people', '')) this.checkPerson(person, path);
    return this.found;
  }

  private once(seen: Once, value: unknown, path: string, key: (text: string) => string): void {
    const text = textOf(value);
    if (text !== null) this.found.push(...seen.see(key(text), path, text));
  }

  private readBoards(): void {
    const codes = new Once();
    for (const [board, path] of items(this.file, 'boards', '')) {
      this.once(codes, board['code'], `${path}.code`, codeKey);
      const code = textOf(board['code']);
      if (code !== null) this.assertApart(code, this.known.boards, `${path}.code`);
      if (code !== null) this.boards.add(code);
      const [departments, dates, closed] = [new Once(), new Once(), new Once()];
      for (const [department, own] of items(board, 'departments', `${path}.`)) {
        this.once(departments, department['code'], `${own}.code`, codeKey);
        if (code === null) continue;
        const reference = `${code}/${textOf(department['code']) ?? ''}`;
        this.departments.add(reference);
        this.assertApart(reference, this.known.departments, `${own}.code`);
      }
      for (const [meeting, own] of items(board, 'meetings', `${path}.`)) {
        this.once(dates, meeting['date'], `${own}.date`, (text) => text);
      }
      const days: unknown = board['closedDays'];
      if (!Array.isArray(days)) continue;
      days.forEach((day, index) => this.once(closed, day, `${path}.closedDays[${index}]`, (text) => text));
    }
  }

  /** A new code that differs from one that is there in case alone is a slip. */
  private assertApart(code: string, known: ReadonlySet<string>, path: string): void {
    if (known.has(code)) return;
    const alike = [...known].find((one) => codeKey(one) === codeKey(code));
    if (alike === undefined) return;
    const reason = `${short(code)} skiljer sig bara i stora och små bokstäver från ${short(alike)}, som finns redan`;
    this.found.push({ path, reason });
  }

  private checkManagers(): void {
    for (const [board, path] of items(this.file, 'boards', '')) {
      for (const [department, own] of items(board, 'departments', `${path}.`)) {
        const manager = addressOf(department['manager']);
        if (manager === null || this.people.has(manager) || this.known.emails.has(manager)) continue;
        this.found.push({ path: `${own}.manager`, reason: `${short(manager)} finns inte bland personerna` });
      }
    }
  }

  private checkPerson(person: Item, path: string): void {
    const department = textOf(person['department']);
    if (department !== null && !this.departments.has(department) && !this.known.departments.has(department)) {
      const reason = `${short(department)} är ingen avdelning; skriv nämndens kod, snedstreck och avdelningens kod`;
      this.found.push({ path: `${path}.department`, reason });
    }
    if (!isItem(person['roles'])) return;
    for (const board of Object.keys(person['roles'])) {
      if (this.boards.has(board.normalize('NFC')) || this.known.boards.has(board.normalize('NFC'))) continue;
      this.found.push({ path: `${path}.roles`, reason: `${short(board)} är ingen nämnd` });
    }
  }
}
