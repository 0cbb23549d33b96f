import type { ReminderAbout } from '../domain/timetable/reminder-plan.js';

/** What a reminder is about, in Swedish, followed by its day. */
export const REMINDER_NAMES: Record<ReminderAbout, string> = {
  answerDue: 'svarsdatum',
  draft: 'utkast',
  managerApproval: 'avdelningschefens attest',
  directorApproval: 'förvaltningschefens attest',
  dispatch: 'utskick',
  'immediate-adjustment': 'paragraf att justera omedelbart',
  adjustment: 'justering',
  notice: 'anslag',
  expedite: 'expediering',
  'chair-report': 'ordförandebeslut att anmäla',
  extension: 'anstånd begärt',
  'no-officer': 'saknar handläggare sedan',
  'no-answer-date': 'saknar svarsdatum sedan',
  'no-meeting': 'ingen väg till svar i tid sedan',
  assignment: 'fördelat',
};
