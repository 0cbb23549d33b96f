import type { VNode } from 'preact';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { longDate } from '../../../../domain/calendar/long-date.js';
import { Button } from '../../../../platform/web/components/button.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Select } from '../../../../platform/web/components/field.js';
import { FormKey, FORM_KEY_FIELD } from '../../../../platform/web/components/form-key.js';
import { Form, Hidden } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { Pill } from '../../../../platform/web/components/pill.js';
import type { FormErrors, FormValues } from '../../../../platform/web/form-errors.js';
import type { Meeting } from '../../../boards/meeting.repository.js';
import type { Lacking } from '../../../organisation/left-to-do.js';
import { whoAddsMeetings } from '../../medarbetare/views/left-to-do-view.js';
import { weekdayDate } from '../../../reminders/templates/day-words.js';
import { atTime } from '../../arende/words/days.js';
import { capital } from '../../lista/capital.js';
import { MEETING_LABELS as LABELS } from '../meeting-form.js';
import type { BoardMeetings, MeetingWithCases } from '../read-meetings.js';
import { howMany, MeetingCases, MeetingDays, MeetingFields, meetingHref } from './meeting-parts.js';

export interface MeetingsViewProps {
  readonly boards: readonly BoardMeetings[];
  /** What boards without coming meetings lack. */
  readonly lacking: readonly Lacking[];
  /** Id of the one who reads it. */
  readonly reader: string;
  readonly today: LocalDate;
  readonly values: FormValues;
  readonly errors: FormErrors;
}

/** `Torsdag 26 oktober 2023 kl. 18.00, Slakthusplan 8`. */
export const whenAndWhere = ({ date, time, place }: Meeting): string => {
  const at = time === null ? '' : ` ${atTime(time)}`;
  return `${capital(weekdayDate(date))}${at}${place === null ? '' : `, ${place}`}`;
};

interface OneProps {
  readonly one: MeetingWithCases;
  readonly isNext: boolean;
  readonly maySteer: boolean;
  readonly today: LocalDate;
}

const Coming = ({ one, isNext, maySteer, today }: OneProps): VNode => {
  const { meeting, board, cases } = one;
  const name = longDate(meeting.date);
  return (
    <li class="meeting">
      <div class="meeting-head">
        <h3>
          <a href={meetingHref(meeting.id)}>{capital(weekdayDate(meeting.date))}</a>
        </h3>
        {isNext ? <Pill tone="flag">Nästa</Pill> : null}
        {maySteer ? (
          <a class="steer" href={meetingHref(meeting.id)}>
            Ändra<span class="ds-sr-only"> sammanträdet {name}</span>
          </a>
        ) : null}
        <p class="sub">
          {[meeting.time === null ? '' : atTime(meeting.time), meeting.place ?? '']
            .filter((text) => text !== '')
            .join(', ')}
        </p>
      </div>
      <MeetingDays meeting={meeting} board={board} />
      {cases.length === 0 ? (
        <p class="sub none">Inga remisser</p>
      ) : (
        <details open={isNext}>
          <summary>
            {capital(howMany(one))}
            <span class="ds-sr-only"> {name}</span>
          </summary>
          <MeetingCases {...one} today={today} label={`Remisser ${name}`} />
        </details>
      )}
    </li>
  );
};

const Past = ({ past }: Pick<BoardMeetings, 'past'>): VNode | null =>
  past.length === 0 ? null : (
    <details class="past">
      <summary>{`Tidigare sammanträden (${past.length})`}</summary>
      <ul>
        {past.map(({ id, date }) => (
          <li key={id}>
            <a href={meetingHref(id)}>{longDate(date)}</a>
          </li>
        ))}
      </ul>
    </details>
  );

interface OfBoardProps extends BoardMeetings {
  readonly lacking: Lacking | undefined;
  readonly reader: string;
  readonly today: LocalDate;
}

/** Who can add the meetings: by name, and what to do when nobody can. */
const WhoAdds = ({ lacking, reader }: Pick<OfBoardProps, 'lacking' | 'reader'>): VNode => {
  if (lacking === undefined) return <>Nämndsekreteraren lägger till dem.</>;
  if (lacking.administrators.some(({ id }) => id === reader) && lacking.secretaries.length === 0) {
    return (
      <>
        Ingen har rollen nämndsekreterare, som lägger in dem. Ge den till någon, eller dig själv, under{' '}
        <a href="/medarbetare">Medarbetare</a>.
      </>
    );
  }
  return <>{whoAddsMeetings(lacking)}</>;
};

const OfBoard = ({ board, coming, past, maySteer, lacking, reader, today }: OfBoardProps): VNode => (
  <Panel title={board.name} note={coming.length === 0 ? 'Inga kommande' : `${coming.length} kommande`} flush>
    {coming.length === 0 ? (
      <div class="pad empty">
        <p>
          <strong>Inga kommande sammanträden.</strong> Utan dem går ingen tidplan att räkna ut.{' '}
          {maySteer ? 'Lägg till det första här nedanför.' : <WhoAdds lacking={lacking} reader={reader} />}
        </p>
      </div>
    ) : (
      <ul class="meetings">
        {coming.map((one, index) => (
          <Coming key={one.meeting.id} one={one} isNext={index === 0} maySteer={maySteer} today={today} />
        ))}
      </ul>
    )}
    <Past past={past} />
  </Panel>
);

const Add = ({ boards, today, values, errors }: MeetingsViewProps): VNode | null => {
  const own = boards.filter(({ maySteer }) => maySteer).map(({ board }) => board);
  const [first] = own;
  if (!first) return null;
  const options = own.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <Panel title="Lägg till sammanträde" id="nytt">
      <p class="sub">
        Remisser som saknar ett sammanträde i tid planeras om genast, och det nya tas där det hinner före svarsdagen.
      </p>
      <Form action="/sammantraden">
        <FormKey sent={values[FORM_KEY_FIELD]} />
        {own.length === 1 ? (
          <Hidden name="namnd" value={first.code} />
        ) : (
          <Select name="namnd" label={LABELS.namnd} options={options} value={values['namnd']} errors={errors} />
        )}
        <MeetingFields
          today={today}
          values={values}
          base={null}
          errors={errors}
          leadTimes={own.length === 1 ? first.leadTimes : null}
        />
        <Button>Lägg till</Button>
      </Form>
    </Panel>
  );
};

/** The boards' meetings: what is on each, and adding one. */
export const MeetingsView = (props: MeetingsViewProps): VNode => (
  <>
    <ErrorSummary errors={props.errors} />
    {props.boards.map((one) => (
      <OfBoard
        key={one.board.code}
        {...one}
        lacking={props.lacking.find(({ board }) => board.code === one.board.code)}
        reader={props.reader}
        today={props.today}
      />
    ))}
    <Add {...props} />
  </>
);
