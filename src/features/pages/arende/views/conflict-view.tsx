import type { ComponentChildren, VNode } from 'preact';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { InstantText } from '../../../../platform/web/components/dates.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import type { CaseStory } from '../read-case.js';
import { EventLine } from './story-panels.js';

/** One thing that was typed, beside how it stands now. */
export interface Compared {
  readonly label: string;
  readonly now: string;
  readonly typed: string;
}

/** A fact as it stood when the form was opened, and as it stands. */
export interface FactBeside {
  readonly label: string;
  readonly before: string;
  readonly now: string;
}

/** What others did while a form lay open. */
export interface Conflict extends CaseStory {
  /** What has happened since the form was opened, oldest first, and nothing before. */
  readonly events: CaseStory['events'];
  /** Where what was typed and what stands there can be set side by side. */
  readonly compared: readonly Compared[];
  /** What the act rests on: all of it, changed or not. */
  readonly facts?: readonly FactBeside[];
  readonly today: LocalDate;
  /** The name of the one at the form. */
  readonly self: string;
}

/** The one's own change may be what was sent a moment ago, when only the answer to it was lost. */
const OWN_CHANGE =
  'Du själv ändrade ärendet medan du hade det öppet: i ett annat fönster, eller med det du skickade nyss om svaret på det gick förlorat. Se under Under tiden om det redan är gjort. Det du skickade nu är inte sparat, och inget är borta.';

/** Who was there before: others by name, or oneself in another window. */
function byWhom({ events, self }: Pick<Conflict, 'events' | 'self'>): string {
  const names = [...new Set(events.map(({ by }) => by))];
  if (names.length === 0) return 'Någon annan';
  return names.map((name) => (name === self ? 'Du själv, i ett annat fönster,' : name)).join(' och ');
}

interface VersionsProps {
  readonly id: string;
  readonly caption: string;
  /** Headings of both versions. */
  readonly columns: readonly [string, string];
  readonly rows: readonly {
    readonly label: string;
    readonly one: ComponentChildren;
    readonly other: ComponentChildren;
  }[];
  /** A further class of the table. */
  readonly class?: string;
}

/** Two versions beside each other, a row for each thing. */
const Versions = ({ id, caption, columns, rows, class: more }: VersionsProps): VNode => (
  <div class="scroll" role="region" aria-labelledby={id} tabIndex={0}>
    <table class={more === undefined ? 'list versions' : `list versions ${more}`}>
      <caption id={id}>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Uppgift</th>
          <th scope="col">{columns[0]}</th>
          <th scope="col">{columns[1]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, one, other }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{one}</td>
            <td>{other}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** What stands there beside what was typed. */
export const SideBySide = ({ compared }: Pick<Conflict, 'compared'>): VNode => (
  <Versions
    id="sida-vid-sida"
    caption="Sida vid sida"
    columns={['Står nu', 'Du fyllde i']}
    rows={compared.map(({ label, now, typed }) => ({ label, one: now, other: typed }))}
  />
);

/** What an act rests on, before and now. What has changed is said in words too. */
const Facts = ({ facts }: { readonly facts: readonly FactBeside[] }): VNode => (
  <Versions
    id="fore-och-nu"
    caption="Det du utgick från, och det som gäller nu"
    columns={['När du öppnade', 'Nu']}
    rows={facts.map(({ label, before, now }) => ({
      label,
      one: before,
      other: before === now ? 'oförändrat' : <strong>{now}</strong>,
    }))}
    class="facts-beside"
  />
);

/** Who was last, by name, and the instant. */
export interface LastChange {
  readonly by: string;
  readonly at: string;
}

interface MeanwhileProps extends Pick<Conflict, 'compared'> {
  readonly title: string;
  readonly message: string;
  /** Who did it, when, where that is known. */
  readonly last?: LastChange | null;
  /** What to do now. */
  readonly children: ComponentChildren;
}

/** The same of what has no story of its own: what happened, both versions, and what to do now. */
export const MeanwhileView = ({ title, message, last = null, compared, children }: MeanwhileProps): VNode => (
  <>
    <ErrorSummary title={title} errors={[{ field: null, message }]} />
    <section class="panel">
      {last === null ? null : (
        <>
          <header>
            <h2>Under tiden</h2>
          </header>
          <div class="pad">
            <p>
              Ändrat av {last.by} <InstantText at={last.at} />.
            </p>
          </div>
        </>
      )}
      {compared.length === 0 ? null : <SideBySide compared={compared} />}
      <div class="pad">
        <p>{children}</p>
      </div>
    </section>
  </>
);

interface ConflictProps {
  readonly conflict: Conflict;
  /** Whether the act can no longer be done at all. */
  readonly isOver?: boolean;
}

/** Both versions, and what happened in between. Nothing has been saved of what was typed, and nothing of it is lost. */
export const ConflictView = ({ conflict, isOver }: ConflictProps): VNode => {
  const { events, compared, facts = [], names, today, self } = conflict;
  const isOwn = events.length > 0 && events.every(({ by }) => by === self);
  const message = isOwn
    ? OWN_CHANGE
    : `${byWhom({ events, self })} ändrade ärendet medan du hade det öppet. Inget av ditt är sparat än, och inget är borta.`;
  return (
    <>
      <ErrorSummary title="Ärendet har ändrats" errors={[{ field: null, message }]} />
      <section class="panel" aria-labelledby="under-tiden">
        <header>
          <h2 id="under-tiden">Under tiden</h2>
        </header>
        <div class="pad">
          <ol class="story">
            {events.map((event) => (
              <EventLine key={event.seq} event={event} today={today} names={names} />
            ))}
          </ol>
        </div>
        {facts.length === 0 ? null : <Facts facts={facts} />}
        {compared.length === 0 ? null : <SideBySide compared={compared} />}
        {isOver === true ? null : (
          <div class="pad">
            <p>Vill du ändå göra det du tänkte, så finns det ifyllt nedan.</p>
          </div>
        )}
      </section>
    </>
  );
};
