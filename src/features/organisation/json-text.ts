/** One fault: where, as a path such as `boards[0].code` or `rad 3, tecken 14`, and what is wrong, in Swedish. */
export interface Fault {
  readonly path: string;
  readonly reason: string;
}

/** More than any organisation needs, and little enough to read in one go. */
const LARGEST = 32 * 1024 * 1024;
const DEEPEST = 32;

const SPACE = /[\u0020\t\r\n]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Line and character, both from 1, of a place in a text. */
function placeOf(text: string, position: number): string {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  return `rad ${line}, tecken ${position - before.lastIndexOf('\n')}`;
}

/** The first place where a text is no JSON, or where it says one thing twice, which `JSON.parse` would let by. */
class JsonReader {
  private position = 0;
  /** One for each list or object that is open; an object has the keys it has had. */
  private readonly open: (Set<string> | null)[] = [];

  constructor(private readonly text: string) {}

  fault(): Fault | null {
    try {
      for (this.value(); this.open.length > 0; this.next());
      if (this.space() !== undefined) this.fail('här ska filen vara slut');
      return null;
    } catch (fault) {
      if (fault instanceof At) return { path: placeOf(this.text, fault.position), reason: fault.message };
      throw fault;
    }
  }

  private fail(reason: string): never {
    const end = this.position >= this.text.length;
    throw new At(this.position, end ? 'filen tar slut för tidigt' : reason);
  }

  /** Passes over blanks and gives the character after them. */
  private space(): string | undefined {
    SPACE.lastIndex = this.position;
    SPACE.test(this.text);
    this.position = SPACE.lastIndex;
    return this.text[this.position];
  }

  private take(pattern: RegExp, reason: string): string {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return this.fail(reason);
    this.position += found.length;
    return found;
  }

  /** By hand, since a pattern over a text of many megabytes runs out of stack. Gives the text with its quotes. */
  private string(): string {
    const start = this.position;
    if (this.text[start] !== '"') this.fail('här ska det stå ett namn inom citattecken');
    this.position += 1;
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (Number.isNaN(code) || code < 0x20)
        this.fail('texten är inte avslutad på sin rad, eller har ett styrtecken i sig');
      if (code === 0x5c) this.take(ESCAPE, 'okänt tecken efter \\');
      else this.position += 1;
      if (code === 0x22) return this.text.slice(start, this.position);
    }
  }

  /** A scalar, or the start of a list or object up to its first value. */
  private value(): void {
    const first = this.space();
    if (first === '"') return void this.string();
    if (first !== '{' && first !== '[') return void this.take(SCALAR, 'här ska det stå ett värde');
    if (this.open.length >= DEEPEST) this.fail(`djupare än ${DEEPEST} nivåer`);
    this.position += 1;
    this.open.push(first === '{' ? new Set() : null);
    const closes = this.space() === (first === '{' ? '}' : ']');
    if (!closes) this.item();
  }

  /** What follows on a value inside a list or object: a comma and one more, or the end. */
  private next(): void {
    const inObject = this.open.at(-1) !== null;
    const sign = this.space();
    if (sign === (inObject ? '}' : ']')) {
      this.position += 1;
      this.open.pop();
      return;
    }
    if (sign !== ',') this.fail(`här ska det stå ett komma eller ${inObject ? '}' : ']'}`);
    this.position += 1;
    this.item();
  }

  private item(): void {
    const keys = this.open.at(-1);
    if (keys) this.key(keys);
    this.value();
  }

  private key(keys: Set<string>): void {
    this.space();
    const start = this.position;
    const key = String(JSON.parse(this.string()));
    if (keys.has(key)) throw new At(start, `namnet ${JSON.stringify(key.slice(0, 40))} står två gånger`);
    keys.add(key);
    if (this.space() !== ':') this.fail('här ska det stå ett kolon');
    this.position += 1;
  }
}

class At extends Error {
  constructor(
    readonly position: number,
    reason: string,
  ) {
    super(reason);
  }
}

function decoded(bytes: Uint8Array): string | Fault {
  const start = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  const save = 'spara filen som UTF-8';
  if (start === 'fffe' || start === 'feff') return { path: 'filen', reason: `är skriven i UTF-16; ${save}` };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const lossy = new TextDecoder('utf-8').decode(bytes);
    return { path: placeOf(lossy, lossy.indexOf('\uFFFD')), reason: `är inte skriven i UTF-8; ${save}` };
  }
}

/** The value of a JSON file, or why it has none. A byte order mark is let through. */
export function readJson(bytes: Uint8Array): { readonly value: unknown } | { readonly fault: Fault } {
  if (bytes.length > LARGEST) return { fault: { path: 'filen', reason: `är större än ${LARGEST / 1024 / 1024} MB` } };
  const text = decoded(bytes);
  if (typeof text !== 'string') return { fault: text };
  if (text.trim() === '') return { fault: { path: 'filen', reason: 'är tom' } };
  const fault = new JsonReader(text).fault();
  return fault ? { fault } : { value: JSON.parse(text) as unknown };
}
