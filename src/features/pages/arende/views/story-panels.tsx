import type { VNode } from 'preact';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { Pill } from '../../../../platform/web/components/pill.js';
import type { ReminderView } from '../../../reminders/reminder.dto.js';
import type { CaseStory } from '../read-case.js';
import { counted, instantInFull, instantInShort } from '../words/days.js';
import { changesOf, saidBeside, sentenceOf, type CaseEvent, type FieldChange } from '../words/journal-words.js';
import { reminderState, reminderWords } from '../words/reminder-words.js';

const When = ({ at, today }: { readonly at: string; readonly today: LocalDate }): VNode => (
  <time dateTime={at} title={instantInFull(at)}>
    {instantInShort(at, today)}
  </time>
);

/** What was changed, from what to what. */
export const Changes = ({ changes }: { readonly changes: readonly FieldChange[] }): VNode => (
  <dl class="changes">
    {changes.map(({ field, label, before, after }) => (
      <div key={`${field} ${label}`}>
        <dt>{label}</dt>
        <dd>
          <del>{before}</del>
          <span class="ds-sr-only"> blev </span>
          <span aria-hidden="true"> → </span>
          <ins>{after}</ins>
        </dd>
      </div>
    ))}
  </dl>
);

type EventProps = { readonly event: CaseEvent; readonly today: LocalDate } & Pick<CaseStory, 'names'>;

/** One event: when, what, by whom, and what it changed. */
export const EventLine = ({ event, today, names }: EventProps): VNode => {
  const changes = changesOf(event, names);
  const said = saidBeside(event, names);
  return (
    <li>
      <When at={event.at} today={today} /> {sentenceOf(event, names)} <span class="sub">{event.by}</span>
      {said.map(([label, value]) => (
        <div key={label} class="sub">
          {label}: {value}
        </div>
      ))}
      {changes.length === 0 ? null : (
        <details class="fold">
          <summary>
            {counted(changes.length, 'ändrad uppgift', 'ändrade uppgifter')}
            <span class="ds-sr-only"> {instantInFull(event.at)}</span>
          </summary>
          <Changes changes={changes} />
        </details>
      )}
    </li>
  );
};

const IN_SIGHT = 15;

/** All that has happened, newest first. */
export const JournalPanel = ({ events, names, today }: CaseStory & { readonly today: LocalDate }): VNode => {
  const newest = [...events].reverse();
  const older = newest.slice(IN_SIGHT);
  const lines = (some: readonly CaseEvent[]): VNode => (
    <ol class="story">
      {some.map((event) => (
        <EventLine key={event.seq} event={event} today={today} names={names} />
      ))}
    </ol>
  );
  return (
    <Panel title="Händelser" note={counted(events.length, 'händelse', 'händelser')} id="handelser">
      {lines(newest.slice(0, IN_SIGHT))}
      {older.length === 0 ? null : (
        <details class="fold">
          <summary>Äldre händelser ({older.length})</summary>
          {lines(older)}
        </details>
      )}
    </Panel>
  );
};

const ReminderLine = ({ reminder, today }: { readonly reminder: ReminderView; readonly today: LocalDate }): VNode => {
  const { tone, word, more } = reminderState(reminder);
  const standIn = reminder.mail !== null && reminder.mail.to.email !== reminder.to.email ? reminder.mail.to.name : null;
  return (
    <li>
      <When at={reminder.mail?.sentAt ?? reminder.dueAt} today={today} /> {reminderWords(reminder)}, till{' '}
      {reminder.to.name}
      {standIn === null ? null : ` (brevet gick till ${standIn})`}{' '}
      {reminder.state === 'pending' ? null : <Pill tone={tone}>{word}</Pill>}
      {more === null || more === '' ? null : <div class="sub">{more}</div>}
    </li>
  );
};

interface RemindersProps {
  readonly reminders: readonly ReminderView[];
  readonly today: LocalDate;
}

const Lines = ({ reminders, today }: RemindersProps): VNode => (
  <ol class="story">
    {reminders.map((reminder) => (
      <ReminderLine key={reminder.id} reminder={reminder} today={today} />
    ))}
  </ol>
);

/** What will be reminded of, and what has been. */
export const RemindersPanel = ({ reminders, today }: RemindersProps): VNode => {
  const pending = reminders.filter(({ state }) => state === 'pending');
  const gone = reminders.filter(({ state }) => state === 'sent' || state === 'claimed' || state === 'failed').reverse();
  const dropped = reminders.filter(({ state }) => state === 'superseded');
  return (
    <Panel title="Påminnelser" id="paminnelser">
      {pending.length + gone.length === 0 ? <p class="sub">Inga påminnelser, varken skickade eller kommande.</p> : null}
      {pending.length === 0 ? null : (
        <>
          <h3>Kommande</h3>
          <Lines reminders={pending} today={today} />
        </>
      )}
      {gone.length === 0 ? null : (
        <>
          <h3>Skickade</h3>
          <Lines reminders={gone} today={today} />
        </>
      )}
      {dropped.length === 0 ? null : (
        <details class="fold">
          <summary>Behövdes inte ({dropped.length})</summary>
          <Lines reminders={dropped} today={today} />
        </details>
      )}
    </Panel>
  );
};
