import { z } from 'zod';
import type { Reason } from '../problem/reasons.js';

/** Control characters, lone surrogates, line separators, and marks that turn the direction of writing. */
const NOT_IN_LINES = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
/** The same, but for line breaks and tabs. */
const NOT_IN_TEXT = /[\0-\b\v\f\x0e-\x1f\x7f-\x9f\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
/** Nothing but what shows as blank, or not at all: Hangul fillers, the empty Braille cell, zero-width marks. */
const LOOKS_BLANK = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{C}\p{M}\u2800]*$/u;

const reasoned = (reason: Reason): { reason: Reason } => ({ reason });

const refused = (text: string, forbidden: RegExp): Reason | null => {
  if (forbidden.test(text)) return 'control-characters';
  return LOOKS_BLANK.test(text) ? 'blank' : null;
};

function textType(max: number, forbidden: RegExp) {
  return (
    z
      .string()
      .meta({ minLength: 1, maxLength: max })
      // Refused all the same: normalizing what is very long can take seconds.
      .transform((text) => text.trim())
      .transform((text) => (text.length > 20 * max ? text : text.normalize('NFC')))
      .pipe(
        z
          .string()
          .max(max)
          .superRefine((text, context) => {
            const reason = refused(text, forbidden);
            if (reason) context.addIssue({ code: 'custom', input: text, params: reasoned(reason) });
          }),
      )
  );
}

/**
 * One line of text, 1 to `max` characters (UTF-16 units): trimmed and brought to NFC, and otherwise kept as written.
 * Refused with control characters or line breaks in it, or when nothing of it would show.
 */
export const lineText = (max: number) => textType(max, NOT_IN_LINES);

/** Text that may have line breaks and tabs. */
export const longText = (max: number) => textType(max, NOT_IN_TEXT);

const ADDRESS = /^[^\s\p{C}<>()[\]\\,;:@"]+@[^\s\p{C}<>()[\]\\,;:@"]+$/u;

/** An e-mail address, in lower case. */
export const email = () =>
  z
    .string()
    .meta({ format: 'email' })
    .refine((text) => text.length <= 320 && ADDRESS.test(text.trim()), { params: reasoned('not-an-address') })
    .transform((text) => text.trim().normalize('NFC').toLowerCase());
