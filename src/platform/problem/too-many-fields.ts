/** A form with more fields than any of ours has. */
export class TooManyFields extends Error {
  override readonly name = 'TooManyFields';

  /** @param limit so many are taken in */
  constructor(readonly limit: number) {
    super(`a form has ${limit} fields at most`);
  }
}
