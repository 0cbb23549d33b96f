/** The encodings that an old diarium comes in. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const isEncoding = (text: string): text is Encoding => ENCODINGS.some((one) => one === text);

/** The file's encoding, or in Swedish why it cannot be told. */
export type EncodingVerdict =
  { readonly ok: true; readonly encoding: Encoding } | { readonly ok: false; readonly reason: string };

const isAsciiLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
/** Å, ä, é and the like; not the multiplication and division signs among them. */
const isLatinLetter = (byte: number): boolean => byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7;
/** Bytes that Windows-1252 has no character for. */
const UNDEFINED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
/** Letters, hyphens and apostrophes that Windows-1252 has below its Latin letters, and that may stand inside a word. */
const INSIDE_WORDS = new Set([0x8a, 0x8e, 0x9a, 0x9e, 0x92, 0x96, 0xad, 0xb4]);
/** Å in UTF-8, read as Windows-1252, is Ã and a sign that no word has. */
const UTF8_LEAD = 0xc3;

/** Looks at a file piece by piece and says how it is written. */
export class EncodingDetector {
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true });
  private isUtf8 = true;
  private head: number[] = [];
  private length = 0;
  private readonly nuls: [number, number] = [0, 0];
  private undefinedBytes = 0;
  private insideWords = 0;
  private strangeInWords = 0;
  private utf8Pairs = 0;
  /** The last two bytes. */
  private before: readonly [number, number] = [0, 0];

  add(piece: Uint8Array): void {
    if (this.head.length < 4) this.head.push(...piece.subarray(0, 4 - this.head.length));
    if (this.isUtf8) {
      try {
        this.utf8.decode(piece, { stream: true });
      } catch {
        this.isUtf8 = false;
      }
    }
    for (const byte of piece) this.see(byte);
  }

  verdict(): EncodingVerdict {
    const [a, b, c, d] = this.head;
    if (a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04) {
      return no('är en arbetsbok eller ett zip-arkiv. Spara den som CSV UTF-8 i kalkylprogrammet');
    }
    if (this.length === 0) return no('är tom');
    if (a === 0xff && b === 0xfe) return yes('utf-16le');
    if (a === 0xfe && b === 0xff) return yes('utf-16be');
    if (this.nuls[0] + this.nuls[1] > 0) return this.withNuls();
    if (this.endsAsUtf8()) return yes('utf-8');
    return this.asWindows();
  }

  private see(byte: number): void {
    if (byte === 0) this.nuls[this.length % 2 === 0 ? 0 : 1] += 1;
    if (UNDEFINED.has(byte)) this.undefinedBytes += 1;
    const [two, one] = this.before;
    // A byte that is not ASCII between two letters is itself a letter, when the encoding is the right one.
    if (one >= 0x80 && (isAsciiLetter(two) || isLatinLetter(two)) && isAsciiLetter(byte)) {
      this.insideWords += 1;
      if (!isLatinLetter(one) && !INSIDE_WORDS.has(one)) this.strangeInWords += 1;
    }
    if (one === UTF8_LEAD && byte >= 0x80 && byte <= 0xbf) this.utf8Pairs += 1;
    this.before = [one, byte];
    this.length += 1;
  }

  /** Text in UTF-16 without its mark has a NUL in nearly every other place, always the same one. */
  private withNuls(): EncodingVerdict {
    const [even, odd] = this.nuls;
    const half = this.length / 2;
    if (this.length % 2 === 0 && odd > half * 0.5 && even < half * 0.05) return yes('utf-16le');
    if (this.length % 2 === 0 && even > half * 0.5 && odd < half * 0.05) return yes('utf-16be');
    return no('är ingen textfil');
  }

  private endsAsUtf8(): boolean {
    if (!this.isUtf8) return false;
    try {
      this.utf8.decode();
      return true;
    } catch {
      return false;
    }
  }

  private asWindows(): EncodingVerdict {
    const ask = 'Ange "encoding" i mappningsfilen, eller spara om filen som UTF-8';
    if (this.utf8Pairs > 0) return no(`är skriven i flera teckenkodningar om vartannat. ${ask}`);
    const strange = this.undefinedBytes > 0 || this.strangeInWords > this.insideWords * 0.1;
    return strange ? no(`är varken UTF-8, UTF-16 eller Windows-1252. ${ask}`) : yes('windows-1252');
  }
}

const yes = (encoding: Encoding): EncodingVerdict => ({ ok: true, encoding });
const no = (reason: string): EncodingVerdict => ({ ok: false, reason });
