import { WORKING_ROLES } from '../../domain/referral/permissions.js';

const WORKING = WORKING_ROLES.map((role) => `'${role}'`).join(', ');

/**
 * Whether the substitute of an absence, `a`, works with cases at every board where the one who is away does. Rights and
 * mails follow the same condition, so that nobody is written to about a case that they may not open. Roles may have
 * changed since the absence was registered.
 */
export const SUBSTITUTE_FITS = `NOT EXISTS (
  SELECT 1 FROM "person_role" theirs
   WHERE theirs."person_id" = a."person_id" AND theirs."role" IN (${WORKING})
     AND NOT EXISTS (SELECT 1 FROM "person_role" own WHERE own."person_id" = a."substitute_id"
                      AND own."board" = theirs."board" AND own."role" IN (${WORKING})))`;
