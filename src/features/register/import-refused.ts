/** Something wrong with the file; `line` is null when it is the file as a whole. */
export interface ImportFault {
  readonly line: number | null;
  /** In Swedish. */
  readonly reason: string;
}

/** The file is not brought in, and nothing has changed. Every fault is listed. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';

  constructor(readonly faults: readonly ImportFault[]) {
    super(faults.map(({ line, reason }) => (line === null ? reason : `rad ${line}: ${reason}`)).join('\n'));
  }
}
