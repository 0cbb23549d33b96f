import type { ComponentChildren, VNode } from 'preact';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import type { CaseStory } from '../read-case.js';
import { EventLine } from './story-panels.js';

/** One thing that was typed, beside how it stands now. */
export interface Compared {
  readonly label: string;
  readonly now: string;
  readonly typed: string;
}

/** What others did while a form lay open. */
export interface Conflict extends CaseStory {
  /** What has happened since the form was opened, oldest first, and nothing before. */
  readonly events: CaseStory['events'];
  /** Where what was typed and what stands there can be set side by side. */
  readonly compared: readonly Compared[];
  readonly today: LocalDate;
  /** The name of the one at the form. */
  readonly self: string;
}

/** Who was there before: others by name, or oneself in another window. */
function byWhom({ events, self }: Pick<Conflict, 'events' | 'self'>): string {
  const names = [...new Set(events.map(({ by }) => by))];
  if (names.length === 0) return 'Någon annan';
  return names.map((name) => (name === self ? 'Du själv, i ett annat fönster,' : name)).join(' och ');
}

/** What stands there beside what was typed. */
export const SideBySide = ({ compared }: Pick<Conflict, 'compared'>): VNode => (
  <div class="scroll" role="region" aria-labelledby="sida-vid-sida" tabIndex={0}>
    <table class="list versions">
      <caption id="sida-vid-sida">Sida vid sida</caption>
      <thead>
        <tr>
          <th scope="col">Uppgift</th>
          <th scope="col">Står nu</th>
          <th scope="col">Du fyllde i</th>
        </tr>
      </thead>
      <tbody>
        {compared.map(({ label, now, typed }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{now}</td>
            <td>{typed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

interface MeanwhileProps extends Pick<Conflict, 'compared'> {
  readonly title: string;
  readonly message: string;
  /** What to do now. */
  readonly children: ComponentChildren;
}

/** The same of what has no story of its own: what happened, both versions, and what to do now. */
export const MeanwhileView = ({ title, message, compared, children }: MeanwhileProps): VNode => (
  <>
    <ErrorSummary title={title} errors={[{ field: null, message }]} />
    <Panel title="Under tiden" flush>
      {compared.length === 0 ? null : <SideBySide compared={compared} />}
      <div class="pad">
        <p>{children}</p>
      </div>
    </Panel>
  </>
);

interface ConflictProps {
  readonly conflict: Conflict;
  /** Whether the act can no longer be done at all. */
  readonly isOver?: boolean;
}

/** Both versions, and what happened in between. Nothing has been saved of what was typed, and nothing of it is lost. */
export const ConflictView = ({ conflict, isOver }: ConflictProps): VNode => {
  const { events, compared, names, today, self } = conflict;
  const message = `${byWhom({ events, self })} ändrade ärendet medan du hade det öppet. Inget av ditt är sparat än, och inget är borta.`;
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
