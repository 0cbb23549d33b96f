import type { VNode } from 'preact';
import { localDate, type LocalDate } from '../../../../domain/calendar/local-date.js';
import { longDate } from '../../../../domain/calendar/long-date.js';
import { localDateAt } from '../../../../domain/calendar/stockholm-time.js';
import type { ReferralStatus } from '../../../../domain/referral/lifecycle.js';
import { ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { Callout } from '../../../../platform/web/components/callout.js';
import { DateText } from '../../../../platform/web/components/dates.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { weekdayDate } from '../../../reminders/templates/day-words.js';
import type { ReminderView } from '../../../reminders/reminder.dto.js';
import { capital } from '../../lista/capital.js';
import { CORRECT_SLUG, casePath } from '../../arende/acts/act-forms.js';
import { lacksMeetings, STATUS_WORDS, warningWords } from '../../arende/words/case-words.js';
import { awayInFull } from '../../arende/words/away-words.js';
import { atTime, instantInFull } from '../../arende/words/days.js';
import { MILESTONE_WORDS } from '../../arende/words/milestone-words.js';
import { mailedWords, reminderWords } from '../../arende/words/reminder-words.js';
import { caseHref, withQuery } from '../../lista/case-address.js';
import type { Receipt } from '../read-receipt.js';

interface ReceiptProps {
  readonly receipt: Receipt;
  readonly today: LocalDate;
}

/** What is told at once; what was registered just now is new to everybody. */
const toldWords = (one: Parameters<typeof reminderWords>[0]): string =>
  one.about === 'assignment' ? 'nytt ärende' : reminderWords(one).toLowerCase();

const MOST_STEPS = 5;

/** The days that are next, the nearest first. */
export const stepsAhead = ({ timetable }: Pick<ReferralView, 'timetable'>, today: LocalDate) =>
  timetable
    .filter(({ date, doneOn }) => doneOn === null && date >= today)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    .slice(0, MOST_STEPS);

/** Why there is no day to come. */
export function noDaysWords({ answerDue, timetable }: Pick<ReferralView, 'answerDue' | 'timetable'>): string {
  if (answerDue === null) return 'Utan svarsdag finns ingen tidplan än. Den räknas ut så snart svarsdagen är ifylld.';
  if (timetable.length > 0) return 'Alla dagar i planen har passerat eller är klara. Öppna ärendet för att se dem.';
  return 'Ärendet har en svarsdag men ingen tidplan än. Den räknas ut så snart det finns ett sammanträde eller en annan väg till beslut.';
}

const NextDays = ({ view, today }: { readonly view: ReferralView; readonly today: LocalDate }): VNode => {
  const steps = stepsAhead(view, today);
  if (steps.length === 0) return <p>{noDaysWords(view)}</p>;
  return (
    <ol class="plan-steps">
      {steps.map(({ milestone, date, rule }) => (
        <li key={milestone}>
          <span class="date">
            <DateText day={localDate(date)} short={date.slice(0, 4) === today.slice(0, 4)} />
          </span>
          <span>
            {MILESTONE_WORDS[milestone].name}
            <span class="sub">{capital(rule)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
};

/** What somebody has to do now, in sentences. */
function whatNow({ view, officerAway }: Receipt, withoutMeetings: boolean): string[] {
  const { officer, answerDue, adjustment, none, warnings } = view;
  const said: string[] = [];
  if (officer === null) said.push('Ärendet har ingen handläggare. Fördela det, så börjar beredningen.');
  if (answerDue === null) said.push('Svarsdagen saknas. Fråga avsändaren och skriv in den i ärendet.');
  if (warnings.includes('no-meeting-in-time') && !withoutMeetings) {
    const until = none === null ? '' : ` till ${longDate(localDate(none.extensionImmediate))}`;
    said.push(`Inget sammanträde hinner före svarsdagen. Begär anstånd${until}, eller välj en annan väg till beslut.`);
  }
  if (adjustment?.status === 'proposed') {
    said.push('Paragrafen behöver justeras omedelbart. Handläggaren bekräftar det, eller väljer ett annat sätt.');
  }
  if (officer !== null && officerAway !== null) said.unshift(`${officer.name} är ${awayInFull(officerAway)}.`);
  else if (said.length === 0 && !withoutMeetings && officer !== null)
    said.push(`${officer.name} bereder svaret. Du behöver inte göra något mer nu.`);
  return said;
}

/** What is told at once, by who gets the mail. */
function toldBy(reminders: readonly ReminderView[]): [string, readonly ReminderView[]][] {
  const told = new Map<string, ReminderView[]>();
  for (const one of reminders) told.set(mailedWords(one), [...(told.get(mailedWords(one)) ?? []), one]);
  return [...told];
}

const Told = ({ receipt: { toldNow, toldLater } }: ReceiptProps): VNode => (
  <>
    {toldNow.length === 0 ? (
      <p>Ingen har fått besked än: det finns ingen handläggare att skriva till.</p>
    ) : (
      <ul class="told">
        {toldBy(toldNow).map(([name, own]) => (
          <li key={name}>
            <strong>{name}</strong> får besked nu med e-post: {own.map(toldWords).join(', ')}.
          </li>
        ))}
      </ul>
    )}
    {toldLater.length === 0 ? null : (
      <>
        <h3>Därefter</h3>
        <ul class="told">
          {toldLater.map((one) => (
            <li key={one.id}>
              <DateText day={localDateAt(new Date(one.dueAt))} />: {mailedWords(one)},{' '}
              {reminderWords(one).toLowerCase()}
            </li>
          ))}
        </ul>
      </>
    )}
  </>
);

/** Where a case is while what follows from its registration is worth telling. */
const START: ReadonlySet<ReferralStatus> = new Set(['registered', 'assigned', 'in-preparation']);

const Later = ({ status }: { readonly status: ReferralStatus }): VNode => (
  <Callout title={`Ärendet är registrerat sedan tidigare. Läget nu: ${STATUS_WORDS[status].toLowerCase()}`}>
    Öppna ärendet för att se vad som har hänt sedan dess.
  </Callout>
);

const Follows = (props: ReceiptProps): VNode => {
  const { receipt, today } = props;
  const { view } = receipt;
  const withoutMeetings = lacksMeetings(view, today);
  return (
    <div class="cols halves">
      <div>
        <Panel title="Vad som händer nu">
          {withoutMeetings ? (
            <p>
              Nämnden har inga inlagda sammanträden, så ingen tidplan går att räkna ut än. Nämndsekreteraren lägger till
              dem under <a href="/sammantraden">Sammanträden</a>. Ärendet planeras då om genast.
            </p>
          ) : null}
          {whatNow(receipt, withoutMeetings).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {warningWords(view.warnings, view).map((warning) => (
            <Callout key={warning} tone="warn">
              {warning}
            </Callout>
          ))}
          {view.adjustment?.status === 'proposed' && view.adjustment.reason !== null ? (
            <Callout title="Varför omedelbar justering">{view.adjustment.reason}</Callout>
          ) : null}
        </Panel>
        <Panel title="Vem som har fått veta">
          <Told {...props} />
        </Panel>
      </div>
      <Panel title="Närmast i planen" note="Hela planen finns i ärendet">
        <NextDays view={view} today={today} />
      </Panel>
    </div>
  );
};

/** What has been registered, what happens next, and who knows. */
export const ReceiptView = (props: ReceiptProps): VNode => {
  const { view } = props.receipt;
  return (
    <>
      <section class="panel receipt">
        <p class="receipt-number">
          <span class="ds-sr-only">Diarienummer </span>
          {view.diarienummer}
        </p>
        <p class="title" dir="auto">
          {view.title}
        </p>
        <p class="sub">
          <span dir="auto">{view.sender}</span>
          {view.senderReference === null ? '' : ` · ${view.senderReference}`}
          {` · inkom ${longDate(localDate(view.receivedOn))}`}
          {` · registrerad ${instantInFull(view.registeredAt)}`}
        </p>
        {view.answerDue === null ? null : (
          <p class="receipt-due">
            Svar senast{' '}
            <strong>
              {weekdayDate(localDate(view.answerDue))}
              {view.answerDueTime === null ? '' : ` ${atTime(view.answerDueTime)}`}
            </strong>
          </p>
        )}
        <Buttons>
          <ButtonLink href={caseHref(view.id)}>Öppna ärendet</ButtonLink>
          <ButtonLink href={withQuery('/registrera', { namnd: view.board })} kind="secondary">
            Registrera en till
          </ButtonLink>
          {view.acts.includes('correct') ? (
            <ButtonLink href={casePath(view.id, CORRECT_SLUG)} kind="quiet">
              Rätta det som registrerats
            </ButtonLink>
          ) : null}
        </Buttons>
      </section>
      {view.status === null || START.has(view.status) ? <Follows {...props} /> : <Later status={view.status} />}
    </>
  );
};
