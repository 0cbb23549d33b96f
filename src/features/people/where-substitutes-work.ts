import { WORKING_ROLES } from '../../domain/referral/permissions.js';

const WORKING = WORKING_ROLES.map((role) => `'${role}'`).join(', ');

/**
 * The roles, as `own`, by which the substitute of an absence, `a`, works with cases: at the boards of these, and at no
 * other, the substitute stands in. Rights and mails follow the same condition, so that nobody is written to about a
 * board where they have no part (OSL 8 kap.). Roles may have changed since the absence was registered: what changes at
 * one board changes nothing at another.
 */
export const WHERE_SUBSTITUTES_WORK = `JOIN "person_role" own ON own."person_id" = a."substitute_id"
  AND own."role" IN (${WORKING})`;
