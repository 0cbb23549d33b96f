import type { VNode } from 'preact';
import { addDays, type LocalDate } from '../../../../domain/calendar/local-date.js';
import { longDate } from '../../../../domain/calendar/long-date.js';
import type { LeadTimes } from '../../../../domain/timetable/lead-times.js';
import { dispatchDay, ordinaryAdjustmentDay } from '../../../../domain/timetable/plan.js';
import { Checkbox, Field } from '../../../../platform/web/components/field.js';
import { Pill } from '../../../../platform/web/components/pill.js';
import type { FormErrors, FormValues } from '../../../../platform/web/form-errors.js';
import type { Board } from '../../../boards/board.repository.js';
import type { Meeting } from '../../../boards/meeting.repository.js';
import { STATUS_WORDS } from '../../arende/words/case-words.js';
import { counted, inShort } from '../../arende/words/days.js';
import { byLaw, movedFrom } from '../../arende/words/moved-words.js';
import { DayField, TimeField } from '../../frame/views/typed-fields.js';
import { caseHref } from '../../lista/case-address.js';
import { CardCell, CardRow, CardTable } from '../../lista/views/card-table.js';
import { MEETING_LABELS as LABELS, rareDays, type RareDay } from '../meeting-form.js';
import type { MeetingCase, MeetingWithCases } from '../read-meetings.js';

export const meetingHref = (id: string): string => `/sammantraden/${id}`;

interface DaysProps {
  readonly meeting: Meeting;
  readonly board: Board;
}

const daysAfter = ({ ordinaryAdjustmentDays: days }: LeadTimes): string => `${counted(days, 'dag', 'dagar')} efter`;
const workingDaysBefore = ({ dispatch }: LeadTimes): string => `${counted(dispatch, 'arbetsdag', 'arbetsdagar')} före`;

/** When the agenda leaves and the minutes are adjusted, each with its rule. */
export const MeetingDays = ({ meeting, board }: DaysProps): VNode => {
  const { leadTimes, closedDays } = board;
  const dispatch = dispatchDay(meeting, leadTimes, closedDays);
  const adjustment = ordinaryAdjustmentDay(meeting, leadTimes);
  return (
    <dl class="facts">
      <dt>Utskick</dt>
      <dd>
        {longDate(dispatch)}{' '}
        <span class="sub">
          {meeting.dispatchOn === null
            ? `${workingDaysBefore(leadTimes)} (nämndens ledtider)`
            : 'egen dag för det här sammanträdet'}
        </span>
      </dd>
      <dt>Justering senast</dt>
      <dd>
        {longDate(adjustment)}{' '}
        <span class="sub">
          {meeting.adjustmentOn === null
            ? `${daysAfter(leadTimes)} (KL 5 kap. 69 §)${byLaw(movedFrom(addDays(meeting.date, leadTimes.ordinaryAdjustmentDays), adjustment))}`
            : 'egen dag för det här sammanträdet'}
        </span>
      </dd>
    </dl>
  );
};

const IMMEDIATE = new Set(['proposed', 'confirmed', 'decided']);

const CaseRow = ({ one, today }: { readonly one: MeetingCase; readonly today: LocalDate }): VNode => (
  <CardRow>
    <CardCell class="number">
      <a class="dnr" href={caseHref(one.id)}>
        {one.diarienummer}
      </a>
    </CardCell>
    <CardCell class="matter">
      <span class="title" dir="auto">
        {one.title}
      </span>
      <div class="sub">{one.officerName ?? 'Ej fördelat'}</div>
    </CardCell>
    <CardCell label="Läge">
      <span>{STATUS_WORDS[one.status]}</span>
      {IMMEDIATE.has(one.adjustment) ? (
        <div>
          <Pill tone="flag">Justeras omedelbart</Pill>
        </div>
      ) : null}
    </CardCell>
    <CardCell label="Svar senast" class="date">
      {one.answerDue === null ? (
        <span class="sub">Inte angivet</span>
      ) : (
        <time dateTime={one.answerDue}>{inShort(one.answerDue, today)}</time>
      )}
    </CardCell>
  </CardRow>
);

interface CasesProps extends Pick<MeetingWithCases, 'cases' | 'more'> {
  readonly today: LocalDate;
  readonly label: string;
}

export const MeetingCases = ({ cases, more, today, label }: CasesProps): VNode =>
  cases.length === 0 ? (
    <p class="sub no-cases">Inga remisser på sammanträdet.</p>
  ) : (
    <>
      <CardTable label={label} columns={['Diarienummer', 'Ärende', 'Läge', 'Svar senast']} class="agenda">
        {cases.map((one) => (
          <CaseRow key={one.id} one={one} today={today} />
        ))}
      </CardTable>
      {more ? <p class="sub no-cases">{`Bara de ${cases.length} första visas.`}</p> : null}
    </>
  );

/** `2 remisser`, and `fler än 25` where nobody has counted further. */
export const howMany = ({ cases, more }: Pick<MeetingWithCases, 'cases' | 'more'>): string => {
  if (more) return `fler än ${cases.length} remisser`;
  return cases.length === 0 ? 'inga remisser' : counted(cases.length, 'remiss', 'remisser');
};

interface FieldsProps {
  readonly today: LocalDate;
  readonly values: FormValues;
  /** What stood in the form when it was opened, of a meeting that is there. */
  readonly base: FormValues | null;
  readonly errors: FormErrors;
  /** Of the board that the meeting is for, where only one can be chosen. */
  readonly leadTimes: LeadTimes | null;
}

/** The fields of a meeting, for a new one and for one that is changed. */
export const MeetingFields = ({ today, values, base, errors, leadTimes }: FieldsProps): VNode => {
  const rare = rareDays(values, base, today);
  const ticks = (of: RareDay['field']): VNode[] =>
    rare
      .filter(({ field }) => field === of)
      .map(({ tick, label }) => (
        <Checkbox key={tick} name={tick} label={label} checked={(values[tick] ?? '') !== ''} />
      ));
  return (
    <>
      <div class="side-by-side">
        <div>
          <DayField name="dag" label={LABELS.dag} value={values['dag']} errors={errors} />
          {ticks('dag')}
        </div>
        <TimeField name="tid" label={LABELS.tid} value={values['tid']} optional errors={errors} />
      </div>
      <Field name="plats" label={LABELS.plats} value={values['plats']} autoComplete="off" optional errors={errors} />
      <div class="side-by-side">
        <DayField
          name="utskick"
          label={LABELS.utskick}
          hint={`Annars ${leadTimes === null ? 'enligt nämndens ledtider' : workingDaysBefore(leadTimes)}.`}
          value={values['utskick']}
          optional
          errors={errors}
        />
        <div>
          <DayField
            name="justering"
            label={LABELS.justering}
            hint={`Annars ${leadTimes === null ? 'enligt nämndens ledtider' : daysAfter(leadTimes)}.`}
            value={values['justering']}
            optional
            errors={errors}
          />
          {ticks('justering')}
        </div>
      </div>
    </>
  );
};
