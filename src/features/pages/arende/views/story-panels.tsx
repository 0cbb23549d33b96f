import type { VNode } from 'preact';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { Pill } from '../../../../platform/web/components/pill.js';
import type { ReminderView } from '../../../reminders/reminder.dto.js';
import type { CaseStory } from '../read-case.js';
import { counted, instantInFull, instantInShort } from '../words/days.js';
import { changesOf, saidBeside, sentenceOf, type CaseEvent, type FieldChange } from '../words/journal-words.js';
import { mailedWords, reminderState, reminderWords } from '../words/reminder-words.js';

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

/** So many changes are shown at once. */
const FEW = 2;

/** The days that follow from what was changed are counted apart. */
function howManyOf(changes: readonly FieldChange[]): string {
  const days = changes.filter(({ follows }) => follows).length;
  const own = changes.length - days;
  const said = [
    ...(own === 0 ? [] : [counted(own, 'ändrad uppgift', 'ändrade uppgifter')]),
    ...(days === 0 ? [] : [counted(days, 'omräknad dag', 'omräknade dagar')]),
  ];
  return said.join(' och ');
}

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
      {changes.length > 0 && changes.length <= FEW ? <Changes changes={changes} /> : null}
      {changes.length <= FEW ? null : (
        <details class="fold">
          <summary>
            {howManyOf(changes)}
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

interface ReminderLineProps {
  /** The same reminder to one or several people. */
  readonly same: readonly [ReminderView, ...ReminderView[]];
  readonly today: LocalDate;
}

const ReminderLine = ({ same, today }: ReminderLineProps): VNode => {
  const [reminder] = same;
  const { tone, word, more } = reminderState(reminder);
  return (
    <li>
      <When at={reminder.mail?.sentAt ?? reminder.dueAt} today={today} /> {reminderWords(reminder)}{' '}
      {reminder.state === 'pending' ? null : <Pill tone={tone}>{word}</Pill>}
      <div class="sub">
        <span class="ds-sr-only">till </span>
        {same.map(mailedWords).join(', ')}
      </div>
      {more === null || more === '' ? null : <div class="sub">{more}</div>}
    </li>
  );
};

interface RemindersProps {
  readonly reminders: readonly ReminderView[];
  readonly today: LocalDate;
}

type Same = [ReminderView, ...ReminderView[]];

/** Reminders of the same thing at the same time, to several people, as one line. */
function bySubject(reminders: readonly ReminderView[]): Same[] {
  const groups = new Map<string, Same>();
  for (const one of reminders) {
    const { dueAt, about, date, offset, state, mail } = one;
    const key = [dueAt, about, date, offset, state, mail?.sentAt, mail?.error].join(' ');
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

const Lines = ({ lines, today }: { readonly lines: readonly Same[]; readonly today: LocalDate }): VNode => (
  <ol class="story">
    {lines.map((same) => (
      <ReminderLine key={same[0].id} same={same} today={today} />
    ))}
  </ol>
);

const COMING_IN_SIGHT = 5;

const Coming = ({ reminders, today }: RemindersProps): VNode | null => {
  const lines = bySubject(reminders);
  const later = lines.slice(COMING_IN_SIGHT);
  if (lines.length === 0) return null;
  return (
    <>
      <h3>Kommande</h3>
      <Lines lines={lines.slice(0, COMING_IN_SIGHT)} today={today} />
      {later.length === 0 ? null : (
        <details class="fold">
          <summary>Senare påminnelser ({later.length})</summary>
          <Lines lines={later} today={today} />
        </details>
      )}
    </>
  );
};

const Gone = ({ title, reminders, today }: RemindersProps & { readonly title: string }): VNode | null =>
  reminders.length === 0 ? null : (
    <>
      <h3>{title}</h3>
      <Lines lines={bySubject(reminders)} today={today} />
    </>
  );

const Dropped = ({ reminders, today }: RemindersProps): VNode | null =>
  reminders.length === 0 ? null : (
    <details class="fold">
      <summary>Behövdes inte ({reminders.length})</summary>
      <Lines lines={bySubject(reminders)} today={today} />
    </details>
  );

/** What will be reminded of, and what has been. */
export const RemindersPanel = ({ reminders, today }: RemindersProps): VNode => {
  const inState = (...states: readonly ReminderView['state'][]): ReminderView[] =>
    reminders.filter(({ state }) => states.includes(state));
  const gone = inState('sent', 'claimed', 'failed').reverse();
  const pending = inState('pending');
  return (
    <Panel title="Påminnelser" id="paminnelser">
      {pending.length + gone.length === 0 ? <p class="sub">Inga påminnelser, varken skickade eller kommande.</p> : null}
      <Gone title="Gick inte att skicka" reminders={gone.filter(({ state }) => state === 'failed')} today={today} />
      <Coming reminders={pending} today={today} />
      <Gone title="Skickade" reminders={gone.filter(({ state }) => state !== 'failed')} today={today} />
      <Dropped reminders={inState('superseded')} today={today} />
    </Panel>
  );
};
