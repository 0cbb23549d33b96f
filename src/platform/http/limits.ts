/** The largest body of a request that is taken in, in bytes. */
export const BODY_LIMIT = 1_048_576;

/** The largest form that is taken in, in bytes. Files come another way. */
export const FORM_LIMIT = 262_144;

/** How long a whole request may take to arrive, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 60_000;

/** The address and the headers of a request, in bytes: a search text of ten thousand letters, escaped, is answered. */
export const HEADER_LIMIT = 128 * 1024;
