import { withoutPassword } from './mask.js';
import { BadSecretFile, secretIn } from './secret-file.js';

export type Env = Readonly<Record<string, string | undefined>>;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const MAILBOX = /^(?:[^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/;

/** Reads settings one by one and keeps every fault, so that all can be told at once. */
export class SettingsReader {
  readonly faults: string[] = [];
  private readonly fromFiles = new Map<string, string | null>();

  /** @param inFiles settings that may be given as NAME_FILE instead, which names a file that holds the value */
  constructor(
    private readonly env: Env,
    private readonly inFiles: ReadonlySet<string> = new Set(),
  ) {}

  /** Whether it is given in either way, also when what is given cannot be used. */
  isSet(name: string): boolean {
    return this.plain(name) !== null || this.fileOf(name) !== null;
  }

  text(name: string, otherwise: string): string {
    return this.value(name) ?? otherwise;
  }

  integer(name: string, otherwise: number, from: number, to: number): number {
    const value = this.value(name);
    if (value === null) return otherwise;
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= from && number <= to) return number;
    this.faults.push(`${name} is "${value}" and has to be a whole number from ${from} to ${to}`);
    return otherwise;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], otherwise: T): T {
    const value = this.value(name);
    if (value === null) return otherwise;
    const found = allowed.find((one) => one === value);
    if (found !== undefined) return found;
    this.faults.push(`${name} is "${value}" and has to be one of ${allowed.join(', ')}`);
    return otherwise;
  }

  url(name: string, protocols: readonly string[], otherwise: string, shape = shapeOf(protocols)): string {
    const value = this.text(name, otherwise);
    const plain = URL.canParse(value) ? new URL(value) : null;
    const found = this.fileOf(name) === null ? `is "${withoutPassword(value)}" and` : 'comes from a file and';
    if (plain && protocols.includes(plain.protocol) && plain.hostname !== '') {
      if (!isEncoded(value)) this.faults.push(`${name} ${found} has a % that is no percent-encoding: write it as %25`);
      return value;
    }
    this.faults.push(`${name} ${found} has to be ${shape}`);
    return otherwise;
  }

  optionalUrl(name: string, protocols: readonly string[]): string | null {
    return this.value(name) === null ? null : this.url(name, protocols, '');
  }

  /** An address, or a name with an address: `Diarium <diarium@example.se>`. */
  mailbox(name: string, otherwise: string): string {
    const value = this.text(name, otherwise);
    if (MAILBOX.test(value)) return value;
    this.faults.push(`${name} is "${value}" and has to be an e-mail address, or "Name <address>"`);
    return otherwise;
  }

  /** Its value is never repeated in a fault. */
  secret(name: string, atLeast: number): string | null {
    const value = this.value(name);
    if (value !== null && value.length < atLeast) this.faults.push(`${name} has to be at least ${atLeast} characters`);
    return value;
  }

  instant(name: string): Date | null {
    const value = this.value(name);
    if (value === null) return null;
    const instant = new Date(value);
    if (INSTANT.test(value) && !Number.isNaN(instant.getTime())) return instant;
    this.faults.push(`${name} is "${value}" and has to be an instant such as 2026-03-02T08:00:00Z`);
    return null;
  }

  private value(name: string): string | null {
    const path = this.fileOf(name);
    if (path === null) return this.plain(name);
    if (!this.fromFiles.has(name)) this.fromFiles.set(name, this.readFile(name, path));
    return this.fromFiles.get(name) ?? null;
  }

  /** Neither the path nor the content is repeated in a fault: a secret may have been put where its file was meant. */
  private readFile(name: string, path: string): string | null {
    if (this.plain(name) !== null) {
      this.faults.push(`${name} and ${name}_FILE are both set, and one has to be taken away`);
      return null;
    }
    try {
      return secretIn(path);
    } catch (error) {
      if (!(error instanceof BadSecretFile)) throw error;
      this.faults.push(`${name}_FILE: the file ${error.message}`);
      return null;
    }
  }

  private fileOf(name: string): string | null {
    return this.inFiles.has(name) ? this.plain(`${name}_FILE`) : null;
  }

  /** An empty setting is no setting: `SMTP_URL=` in an environment file leaves the default. */
  private plain(name: string): string | null {
    const value = this.env[name]?.trim();
    return value === undefined || value === '' ? null : value;
  }
}

/** Whether every `%` in it begins the code of a character, as those who read the address will take it. */
function isEncoded(address: string): boolean {
  try {
    decodeURIComponent(address);
    return true;
  } catch {
    return false;
  }
}

const shapeOf = (protocols: readonly string[]): string => protocols.map((one) => `${one}//…`).join(' or ');
