import type { ReminderAbout } from '../../../../domain/timetable/reminder-plan.js';
import type { ReminderView } from '../../../reminders/reminder.dto.js';
import type { PillTone } from '../../../../platform/web/components/pill.js';
import { counted, instantInFull } from './days.js';

const days = (n: number): string => counted(n, 'arbetsdag', 'arbetsdagar');

/** `10 arbetsdagar till svar`, `Svar i dag`. */
const toward =
  (what: string, of: string) =>
  (offset: number): string => {
    if (offset === 0) return `${what} i dag`;
    return offset < 0 ? `${days(-offset)} till ${of}` : `${what} ${days(offset)} försenat`;
  };

const WORDS: Record<ReminderAbout, (offset: number) => string> = {
  answerDue: toward('Svaret', 'svarsdagen'),
  draft: toward('Utkast', 'utkastet'),
  managerApproval: toward('Avdelningschefens attest', 'avdelningschefens attest'),
  directorApproval: toward('Förvaltningschefens attest', 'förvaltningschefens attest'),
  dispatch: toward('Utskick', 'utskicket'),
  'immediate-adjustment': () => 'Paragraf att justera omedelbart',
  adjustment: toward('Justering', 'justeringen'),
  notice: toward('Anslag', 'anslaget'),
  expedite: toward('Expediering', 'expedieringen'),
  'chair-report': () => 'Ordförandebeslut att anmäla',
  extension: () => 'Anstånd begärt, inget svar',
  'no-officer': () => 'Ärendet saknar handläggare',
  'no-answer-date': () => 'Ärendet saknar svarsdag',
  'no-meeting': () => 'Ingen väg till svar i tid',
  assignment: () => 'Ny handläggare',
};

export const reminderWords = ({ about, offset }: Pick<ReminderView, 'about' | 'offset'>): string =>
  WORDS[about](offset);

interface ReminderState {
  readonly tone: PillTone;
  readonly word: string;
  /** What more there is to say: why it failed, when it is tried again. */
  readonly more: string | null;
}

function failed({ mail }: ReminderView): string {
  const why = mail?.error === null || mail === null ? '' : `E-postservern svarade: ${mail.error}. `;
  if (mail?.state === 'dead') return `${why}Försöken har upphört; registratorerna har fått veta.`;
  return mail?.nextAttemptAt ? `${why}Nytt försök ${instantInFull(mail.nextAttemptAt)}.` : why.trim();
}

/** Where a reminder stands, in a word and, where something went wrong, a sentence. */
export function reminderState(reminder: ReminderView): ReminderState {
  const { state, mail } = reminder;
  switch (state) {
    case 'sent':
      return { tone: 'calm', word: 'Skickad', more: null };
    case 'claimed':
      return { tone: 'flag', word: 'Skickas nu', more: mail?.error ? failed(reminder) : null };
    case 'failed':
      return { tone: 'late', word: 'Inte skickad', more: failed(reminder) };
    case 'superseded':
      return { tone: 'plain', word: 'Behövdes inte', more: null };
    case 'pending':
      return { tone: 'plain', word: 'Kommande', more: null };
  }
}

/** Whether someone else gets the mail, or got it. A name and an address may have changed since. */
export const goesInstead = ({ mail, standIns }: Pick<ReminderView, 'mail' | 'standIns'>): boolean =>
  mail === null ? standIns.length > 0 : mail.instead;

/** Who gets the mail: the one it went to, those who stand in when it goes, or else the one who is reminded. */
function mailGoesTo({ mail, standIns, to }: ReminderView): readonly ReminderView['to'][] {
  if (mail !== null) return [mail.to];
  return standIns.length > 0 ? standIns : [to];
}

/** `Hanna Handläggare`, or `Cesar Chef i stället för Hanna Handläggare`. */
export function mailedWords(reminder: ReminderView): string {
  const names = mailGoesTo(reminder)
    .map(({ name }) => name)
    .join(' och ');
  return goesInstead(reminder) ? `${names} i stället för ${reminder.to.name}` : names;
}
