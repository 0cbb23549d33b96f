import { SetMetadata } from '@nestjs/common';

export const SHOWS_ONLY = 'shows-only';

/** Where a script says which part of a page it asks for. */
export const PART_HEADER = 'x-part';

/**
 * A form sent here is shown as it is filled in, and nothing is done: it is taken from our own pages without the token
 * that belongs to one session, so that what was typed outlives the session in which it was typed.
 */
export const ShowsOnly = (): MethodDecorator => SetMetadata(SHOWS_ONLY, true);
