import type { VNode } from 'preact';
import { addDays, type LocalDate } from '../../../../domain/calendar/local-date.js';
import { localDateAt } from '../../../../domain/calendar/stockholm-time.js';
import { Callout, Done } from '../../../../platform/web/components/callout.js';
import { InstantText } from '../../../../platform/web/components/dates.js';
import { Dnr } from '../../../../platform/web/components/dnr.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Form } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { Pill } from '../../../../platform/web/components/pill.js';
import type { FormErrors } from '../../../../platform/web/form-errors.js';
import type { SentItem, UpcomingItem } from '../../../reminders/reminder.dto.js';
import { weekdayDate } from '../../../reminders/templates/day-words.js';
import { counted, instantInShort } from '../../arende/words/days.js';
import { capital } from '../../lista/capital.js';
import { goesInstead, reminderState, reminderWords } from '../../arende/words/reminder-words.js';
import { caseHref } from '../../lista/case-address.js';
import { CardCell, CardRow, CardTable } from '../../lista/views/card-table.js';
import { LinkChoices, type LinkChoice } from '../../lista/views/link-choices.js';
import { proofWords } from '../proof-words.js';
import { DAYS_AHEAD, type Proof, type RemindersPage } from '../read-reminders.js';

export interface RemindersViewProps {
  readonly page: RemindersPage;
  readonly today: LocalDate;
  readonly boards: readonly LinkChoice[];
  readonly errors: FormErrors;
  readonly notice: string | null;
  /** Whether the person may send this one again. */
  readonly mayResend: (item: SentItem) => boolean;
  readonly moreHref: string | null;
  readonly firstHref: string | null;
  readonly moreSentHref: string | null;
}

type Referral = Pick<UpcomingItem, 'referral'>['referral'];

/** A secret case is named by its number only: a reminder says no more of it either. */
const Matter = ({ title }: Referral): VNode =>
  title === null ? (
    <Pill tone="plain">Sekretess</Pill>
  ) : (
    <span class="title" dir="auto">
      {title}
    </span>
  );

function dayCalled(day: LocalDate, today: LocalDate): string {
  if (day <= today) return 'I dag';
  return day === addDays(today, 1) ? `I morgon, ${weekdayDate(day)}` : capital(weekdayDate(day));
}

/** What leaves on one day goes as one mail per person. */
function byDay(items: readonly UpcomingItem[], today: LocalDate): [LocalDate, UpcomingItem[]][] {
  const days = new Map<LocalDate, UpcomingItem[]>();
  for (const item of items) {
    const due = localDateAt(new Date(item.dueAt));
    const day = due < today ? today : due;
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days];
}

/** What one person gets on one day, in one mail. */
interface Letter {
  readonly key: string;
  readonly to: string;
  readonly instead: string | null;
  readonly items: readonly UpcomingItem[];
}

function lettersOf(items: readonly UpcomingItem[]): Letter[] {
  const letters = new Map<string, Letter>();
  for (const item of items) {
    const { to, standIn } = item;
    const key = `${(standIn ?? to).email} ${to.email}`;
    const before = letters.get(key)?.items ?? [];
    letters.set(key, { key, to: (standIn ?? to).name, instead: standIn && to.name, items: [...before, item] });
  }
  return [...letters.values()].sort((a, b) => a.to.localeCompare(b.to, 'sv'));
}

const Line = ({ item: { referral, what, why } }: { readonly item: UpcomingItem }): VNode => (
  <li>
    <a class="dnr" href={caseHref(referral.id)}>
      {referral.diarienummer}
    </a>
    <span>
      {capital(what)} <span class="sub">{why}</span>
      <span class="sub line-title">
        <Matter {...referral} />
      </span>
    </span>
  </li>
);

interface DayProps {
  readonly day: LocalDate;
  readonly items: readonly UpcomingItem[];
  readonly today: LocalDate;
  readonly open: boolean;
}

const Day = ({ day, items, today, open }: DayProps): VNode => {
  const letters = lettersOf(items);
  const people = new Set(letters.map(({ to }) => to)).size;
  return (
    <details class="day" open={open}>
      <summary>
        {dayCalled(day, today)}{' '}
        <span class="sub">
          {`${counted(items.length, 'påminnelse', 'påminnelser')} till ${counted(people, 'person', 'personer')}`}
        </span>
      </summary>
      <dl class="letters">
        {letters.map(({ key, to, instead, items: mine }) => (
          <div key={key}>
            <dt>
              {to}
              {instead === null ? null : <div class="sub">{`i stället för ${instead}`}</div>}
            </dt>
            <dd>
              <ul>
                {mine.map((item) => (
                  <Line key={item.id} item={item} />
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
};

const OPEN_DAYS = 1;

const Upcoming = ({ page, today, moreHref, firstHref }: RemindersViewProps): VNode => (
  <Panel title={`De närmaste ${DAYS_AHEAD} dagarna`} note="Går kl. 07.30 på arbetsdagar, ett mejl per person" flush>
    {page.upcoming.length === 0 ? (
      <div class="pad empty">
        <p>
          <strong>Inget ska skickas.</strong> Påminnelser planeras av sig själva när en remiss registreras, fördelas
          eller får en ny dag.
        </p>
      </div>
    ) : (
      byDay(page.upcoming, today).map(([day, items], index) => (
        <Day key={day} day={day} items={items} today={today} open={index < OPEN_DAYS} />
      ))
    )}
    {moreHref === null && firstHref === null ? null : (
      <nav class="pages" aria-label="Fler påminnelser">
        {firstHref === null ? null : <a href={firstHref}>Från början</a>}
        {moreHref === null ? null : <a href={moreHref}>Visa nästa</a>}
      </nav>
    )}
  </Panel>
);

const COLUMNS = ['Diarienummer', 'Ärende', 'Om', 'Till', 'Skicka igen'];

interface SentRowProps {
  readonly item: SentItem;
  readonly today: LocalDate;
  readonly mayResend: boolean;
}

const Again = ({ item }: { readonly item: SentItem }): VNode => (
  <Form action={`/paminnelser/${item.id}/igen`}>
    <button type="submit" class="ds-button small" data-variant="secondary">
      {item.state === 'failed' ? 'Försök igen' : 'Skicka igen'}
      <span class="ds-sr-only">{` ${item.referral.diarienummer} till ${item.to.name}`}</span>
    </button>
  </Form>
);

const SentRow = ({ item, today, mayResend }: SentRowProps): VNode => {
  const { tone, word, more } = reminderState(item);
  const to = item.mail?.to.name ?? item.to.name;
  return (
    <CardRow>
      <CardCell class="number">
        <Dnr number={item.referral.diarienummer} href={caseHref(item.referral.id)} />
        <div class="sub">{instantInShort(item.mail?.sentAt ?? item.changedAt, today)}</div>
      </CardCell>
      <CardCell class="matter">
        <Matter {...item.referral} />
      </CardCell>
      <CardCell label="Om">
        <span>
          {reminderWords(item)} {item.state === 'sent' ? null : <Pill tone={tone}>{word}</Pill>}
        </span>
        {more === null || more === '' ? null : <div class="sub">{more}</div>}
        {item.sentAgain.map(({ at, by }) => (
          <div key={at} class="sub">{`Skickad igen ${instantInShort(at, today)} av ${by}`}</div>
        ))}
      </CardCell>
      <CardCell label="Till">
        {to}
        {goesInstead(item) ? <div class="sub">{`i stället för ${item.to.name}`}</div> : null}
      </CardCell>
      <CardCell>{mayResend ? <Again item={item} /> : null}</CardCell>
    </CardRow>
  );
};

interface SentListProps extends Pick<RemindersViewProps, 'today' | 'mayResend'> {
  readonly label: string;
  readonly items: readonly SentItem[];
}

const SentList = ({ label, items, today, mayResend }: SentListProps): VNode => (
  <CardTable label={label} columns={COLUMNS} class="reminders">
    {items.map((item) => (
      <SentRow key={item.id} item={item} today={today} mayResend={mayResend(item)} />
    ))}
  </CardTable>
);

const Failed = ({ page, today, mayResend }: RemindersViewProps): VNode | null =>
  page.failed.length === 0 ? null : (
    <Panel title="Kom inte fram" note={counted(page.failed.length, 'påminnelse', 'påminnelser')} flush>
      <SentList label="Påminnelser som inte kom fram" items={page.failed} today={today} mayResend={mayResend} />
    </Panel>
  );

const Sent = ({ page, today, mayResend, moreSentHref }: RemindersViewProps): VNode => (
  <Panel title="Skickat" note="De senaste 14 dagarna, det senaste först" flush>
    {page.sent.length === 0 ? (
      <div class="pad empty">
        <p>Inget har skickats de senaste 14 dagarna.</p>
      </div>
    ) : (
      <SentList label="Skickade påminnelser" items={page.sent} today={today} mayResend={mayResend} />
    )}
    {moreSentHref === null ? null : (
      <nav class="pages" aria-label="Fler skickade">
        <a href={moreSentHref}>Visa fler skickade</a>
      </nav>
    )}
  </Panel>
);

/** Whether every reminder that should have gone has: compared once a day. */
const ProofPanel = ({ proof }: { readonly proof: Proof | null }): VNode => (
  <Panel title="Avstämning" note="Varje morgon jämförs vad som skulle ha gått med vad som gick">
    {proof === null ? (
      <p>Ingen avstämning är gjord än. Den görs nästa morgon.</p>
    ) : (
      <>
        <Callout tone={proof.isProven ? 'done' : 'danger'}>{proofWords(proof)}</Callout>
        {proof.missing.length === 0 ? null : (
          <ul>
            {proof.missing.map((one) => (
              <li key={`${one.referralId} ${one.about} ${one.date} ${one.offset} ${one.personId}`}>
                <a href={caseHref(one.referralId)}>{one.diarienummer}</a>: {reminderWords(one)}
              </li>
            ))}
          </ul>
        )}
        <p class="sub">
          Gjord <InstantText at={proof.doneAt} />
        </p>
      </>
    )}
  </Panel>
);

/** What will go, what went, and what did not get through. */
export const RemindersView = (props: RemindersViewProps): VNode => (
  <>
    <ErrorSummary errors={props.errors} />
    <Done text={props.notice} />
    <LinkChoices label="Nämnd" choices={props.boards} />
    <Failed {...props} />
    <Upcoming {...props} />
    <Sent {...props} />
    <ProofPanel proof={props.page.proof} />
  </>
);
