import type { VNode } from 'preact';
import { Button } from '../../../../platform/web/components/button.js';
import { Callout } from '../../../../platform/web/components/callout.js';
import { InstantText } from '../../../../platform/web/components/dates.js';
import { Field, Select } from '../../../../platform/web/components/field.js';
import { FormKey } from '../../../../platform/web/components/form-key.js';
import { Form, Hidden } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import type { FormErrors } from '../../../../platform/web/form-errors.js';
import type { Board } from '../../../boards/board.repository.js';
import type { FeedListing } from '../../../register/calendar-feed.repository.js';
import type { CreatedCalendar } from '../../../register/create-calendar.js';
import { instantInFull } from '../../arende/words/days.js';

export interface CalendarsProps {
  /** Those in use. */
  readonly feeds: readonly FeedListing[];
  /** The boards that the person sees. */
  readonly boards: readonly Board[];
  readonly made: CreatedCalendar | null;
  readonly errors: FormErrors;
}

const OWN = 'Det som rör dig';
const NO_LONGER = 'Du ser inte nämnden längre, så adressen ger ingen kalender.';

/** What a calendar shows, by name. */
export function calendarCalled(code: string | null, boards: readonly Board[]): string {
  if (code === null) return OWN;
  return boards.find((board) => board.code === code)?.name ?? code;
}

const Feed = ({ feed, boards }: { readonly feed: FeedListing; readonly boards: readonly Board[] }): VNode => {
  const name = calendarCalled(feed.board, boards);
  const isDead = feed.board !== null && !boards.some(({ code }) => code === feed.board);
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <div class="sub">
          Skapad <InstantText at={feed.createdAt} />
        </div>
        {isDead ? <div class="sub">{NO_LONGER}</div> : null}
      </div>
      <Form action="/konto/kalendrar/sparra" label={`Spärra ${name}`}>
        <Hidden name="kalender" value={feed.id} />
        <Button kind="secondary">
          Spärra
          <span class="ds-sr-only">{` ${name}, skapad ${instantInFull(feed.createdAt)}`}</span>
        </Button>
      </Form>
    </li>
  );
};

const Made = ({ made, boards }: { readonly made: CreatedCalendar; readonly boards: readonly Board[] }): VNode => (
  <Callout tone="done" title={`Kalenderadressen är skapad: ${calendarCalled(made.board, boards)}`} live>
    <p>
      Kopiera den nu, den visas bara denna gång. I din kalender: lägg till en kalender från webben och klistra in den.
    </p>
    <Field
      name="kalenderadress"
      label="Kalenderadress"
      hint="Hemlig: den som har adressen kan läsa kalendern."
      value={made.address}
      readOnly
    />
  </Callout>
);

/** Calendar addresses: which are in use, a new one, and taking one out of use. */
export const Calendars = ({ feeds, boards, made, errors }: CalendarsProps): VNode => (
  <Panel title="Kalender" id="kalender" note={feeds.length === 0 ? 'Ingen adress' : `${feeds.length} i bruk`} flush>
    <div class="pad">
      {made === null ? null : <Made made={made} boards={boards} />}
      <p>Prenumerera på dagarna att bevaka i Outlook eller en annan kalender. De följer med när något flyttas.</p>
      <Form action="/konto/kalendrar" label="Ny kalenderadress">
        <FormKey sent={undefined} />
        <Select
          name="namnd"
          label="Kalendern visar"
          empty={OWN}
          options={boards.map(({ code, name }) => ({ value: code, label: `Alla dagar i ${name}` }))}
          errors={errors}
          optional="unsaid"
        />
        <Button kind="secondary">Skapa kalenderadress</Button>
      </Form>
    </div>
    {feeds.length === 0 ? null : (
      <ul class="rows">
        {feeds.map((feed) => (
          <Feed key={feed.id} feed={feed} boards={boards} />
        ))}
      </ul>
    )}
  </Panel>
);
