import type { AdjustmentStatus } from '../../../domain/adjustment/adjustment.js';
import type { ReferralStatus } from '../../../domain/referral/lifecycle.js';

export const STATUS_WORDS: Record<ReferralStatus, string> = {
  registered: 'registrerat, inte fördelat',
  assigned: 'fördelat',
  'in-preparation': 'under beredning',
  approved: 'attesterat',
  'on-agenda': 'på kallelsen',
  decided: 'beslutat',
  adjusted: 'justerat',
  expedited: 'expedierat',
  closed: 'avslutat',
  cancelled: 'makulerat',
};

export const ADJUSTMENT_WORDS: Record<AdjustmentStatus, string> = {
  'not-needed': 'behövs inte',
  proposed: 'föreslagen, inte bekräftad',
  confirmed: 'bekräftad',
  declined: 'avböjd',
  decided: 'beslutad, inte undertecknad',
  signed: 'undertecknad',
};
