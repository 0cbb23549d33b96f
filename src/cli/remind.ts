import { isLocalDate } from '../domain/calendar/local-date.js';
import { instantAt, localDateAt, localTimeAt } from '../domain/calendar/stockholm-time.js';
import { PreviewReminders, type PreviewedMail } from '../features/reminders/preview-reminders.js';
import { RECONCILIATION_LEASE } from '../features/reminders/morning.jobs.js';
import { OnceADay } from '../features/reminders/once-a-day.js';
import { ReconcileLedger } from '../features/reminders/reconcile-ledger.js';
import { isProven, type LedgerVerdict } from '../features/reminders/reconcile-ledger-verdict.js';
import { Sweep } from '../features/reminders/sweep.js';
import { CommandFailed, EXIT, Interrupted } from './failure.js';
import { REMINDER_NAMES } from './reminder-names.js';
import type { Terminal } from './terminal.js';
import { withDiarium } from './with-diarium.js';

export interface RemindOptions {
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly until?: string;
  readonly reconcile: boolean;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** The end of a day in Stockholm, or the instant itself; null when the text is neither. */
function untilOf(text: string): Date | null {
  if (isLocalDate(text)) return new Date(instantAt(text, '23:59').getTime() + 59_999);
  if (!INSTANT.test(text) || !isLocalDate(text.slice(0, 10))) return null;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

const mails = (count: number): string => (count === 1 ? 'ett mejl' : `${count} mejl`);

function daysOf(offset: number): string {
  if (offset === 0) return 'samma dag';
  const days = Math.abs(offset) === 1 ? 'en arbetsdag' : `${Math.abs(offset)} arbetsdagar`;
  return `${days} ${offset < 0 ? 'före' : 'efter'}`;
}

function previewOf({ at, to, subject, reminders }: PreviewedMail): string {
  const leaves = new Date(at);
  const about = reminders.map(({ diarienummer, about: what, date, offset }) => {
    return `    ${diarienummer}: ${REMINDER_NAMES[what]} ${date}, ${daysOf(offset)}\n`;
  });
  const head = `${localDateAt(leaves)} ${localTimeAt(leaves)}  ${to.name} <${to.email}>\n  ${subject}\n`;
  return head + about.join('');
}

function preview(until: Date | undefined, json: boolean, terminal: Terminal): Promise<number> {
  return withDiarium(terminal, async ({ app }) => {
    const found = await app.get(PreviewReminders).execute(until);
    await terminal.out(found.map((mail) => (json ? `${JSON.stringify(mail)}\n` : previewOf(mail))).join(''));
    terminal.err(`${found.length === 0 ? 'Inget' : mails(found.length)} skulle skickas.\n`);
    return EXIT.ok;
  });
}

function send(terminal: Terminal): Promise<number> {
  return withDiarium(terminal, async ({ app, interrupted }) => {
    const sweep = app.get(Sweep);
    interrupted.addEventListener('abort', () => void sweep.stop());
    const { sent, failed, elsewhere } = await sweep.runOnce();
    if (elsewhere && !interrupted.aborted) {
      terminal.err('En annan process skickar redan påminnelserna.\n');
      return EXIT.ok;
    }
    await terminal.out(`${sent === 0 ? 'Inget' : mails(sent)} skickat\n`);
    if (failed > 0) terminal.err(`${mails(failed)} kunde inte lämnas och försöks igen senare; se loggen.\n`);
    if (interrupted.aborted) throw new Interrupted();
    return failed > 0 ? EXIT.failed : EXIT.ok;
  });
}

const verdictLines = ({ cases, wanted, missing, late, stuck, stray, unplanned, found }: LedgerVerdict): string =>
  [
    `${cases} öppna ärenden och ${wanted} påminnelser jämförda.`,
    `Saknades, och är planerade på nytt: ${missing}`,
    ...found.map(
      (one) =>
        `  ${one.diarienummer}: ${REMINDER_NAMES[one.about]} ${one.date}, skulle ha gått ${localDateAt(new Date(one.dueAt))}`,
    ),
    `Skulle ha gått för mer än en timme sedan: ${late}`,
    `Har fastnat på vägen: ${stuck}`,
    `Kommande som inte var planerade, men är det nu: ${unplanned}`,
    `Kommande som ingen ska ha, och som är borttagna: ${stray}`,
    '',
  ].join('\n');

function reconcile(terminal: Terminal): Promise<number> {
  return withDiarium(terminal, async ({ app, goOn }) => {
    terminal.progress('Jämför med vad som skulle ha gått …');
    const verdicts: LedgerVerdict[] = [];
    await app.get(OnceADay).runNow(RECONCILIATION_LEASE, async () => {
      verdicts.push(await app.get(ReconcileLedger).execute(goOn));
    });
    const [verdict] = verdicts;
    if (!verdict) throw new CommandFailed('En annan process gör redan kontrollen. Försök igen om en stund.');
    terminal.progressDone();
    await terminal.out(verdictLines(verdict));
    return isProven(verdict) ? EXIT.ok : EXIT.failed;
  });
}

/** `diarium remind` */
export async function remind(options: RemindOptions, terminal: Terminal): Promise<number> {
  const { dryRun, json, until } = options;
  if (options.reconcile && (dryRun || json || until !== undefined)) {
    terminal.err('--reconcile används ensam\n');
    return EXIT.usage;
  }
  if (options.reconcile) return reconcile(terminal);
  if (!dryRun && (until !== undefined || json)) {
    terminal.err('--until och --json hör ihop med --dry-run\n');
    return EXIT.usage;
  }
  if (!dryRun) return send(terminal);
  const instant = until === undefined ? undefined : untilOf(until);
  if (instant === null) {
    terminal.err('--until ska vara en dag (2026-03-02) eller en tidpunkt med tidszon (2026-03-02T08:00:00Z)\n');
    return EXIT.usage;
  }
  return preview(instant, json, terminal);
}
