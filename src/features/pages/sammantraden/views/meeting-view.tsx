import type { VNode } from 'preact';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { Button } from '../../../../platform/web/components/button.js';
import { Callout, Done, SentBefore } from '../../../../platform/web/components/callout.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Form, Hidden } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import type { FormErrors, FormValues } from '../../../../platform/web/form-errors.js';
import { counted } from '../../arende/words/days.js';
import { MeanwhileView } from '../../arende/views/conflict-view.js';
import { BASE, VERSION, type MeetingBasis, type MeetingConflict } from '../meeting-conflict.js';
import { MEETING_FIELDS } from '../meeting-form.js';
import type { Consequence, MeetingWithCases } from '../read-meetings.js';
import { howMany, MeetingCases, MeetingDays, MeetingFields, meetingHref } from './meeting-parts.js';

export interface MeetingViewProps extends MeetingWithCases {
  readonly today: LocalDate;
  /** Null for those who may not change it. */
  readonly consequence: Consequence | null;
  readonly values: FormValues;
  /** What the forms start from. */
  readonly basis: MeetingBasis;
  readonly errors: FormErrors;
  readonly conflict: MeetingConflict | null;
  readonly notice: string | null;
  /** What has become of a meeting that the same form had added before. */
  readonly sentBefore: string | null;
}

const listed = (names: readonly string[]): string => {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} och ${last}`;
};

/** Which cases are planned anew, and who is told: before anything is done. */
function whatFollows({ cases, told }: Consequence): string {
  if (cases === 0) return 'Inga öppna ärenden ligger på sammanträdet, så inget planeras om.';
  const planned = `${counted(cases, 'öppet ärende', 'öppna ärenden')} planeras om.`;
  return told.length === 0 ? planned : `${planned} ${listed(told)} får besked med e-post.`;
}

/** What a form on the meeting started from, so that nothing is lost upon another's change. */
const StartedFrom = ({ basis }: Pick<MeetingViewProps, 'basis'>): VNode => (
  <>
    <Hidden name={VERSION} value={basis.version} />
    {MEETING_FIELDS.map((name) => (
      <Hidden key={name} name={BASE + name} value={basis.values[name] ?? ''} />
    ))}
  </>
);

const SOMEONE = 'Någon annan, eller du själv i ett annat fönster,';
const NOTHING_LOST = 'Inget av ditt är sparat än, och inget är borta.';

/** What has happened to the meeting meanwhile, and what to do now. */
const Overtaken = ({ act, by, last, isKnown, isCancelled, compared }: MeetingConflict): VNode => {
  const who = by ?? SOMEONE;
  if (isCancelled) {
    return (
      <MeanwhileView
        title="Sammanträdet är inställt"
        message={`${who} ställde in sammanträdet medan du hade sidan öppen. ${NOTHING_LOST}`}
        last={last}
        compared={compared}
      >
        Ett inställt sammanträde går inte att ändra. Ska det ändå bli av, lägg till det som ett nytt: det du fyllde i
        står kvar i formuläret nedan.
      </MeanwhileView>
    );
  }
  const message = isKnown
    ? `${who} ändrade sammanträdet medan du hade sidan öppen. ${NOTHING_LOST}`
    : `Sidan säger inte hur sammanträdet såg ut när du öppnade den, så det kan ha ändrats sedan dess. ${NOTHING_LOST}`;
  return (
    <MeanwhileView
      title={isKnown ? 'Sammanträdet har ändrats' : 'Kontrollera sammanträdet'}
      message={message}
      last={last}
      compared={compared}
    >
      {act === 'cancel'
        ? 'Sammanträdet är inte inställt. Ställ in det nedan om det ändå ska bli så.'
        : 'I formuläret nedan står det som gäller nu, med dina ändringar ifyllda. Ändra sammanträdet om det ska bli så.'}
    </MeanwhileView>
  );
};

/** For whoever was about to change a meeting that has been cancelled meanwhile. */
const AddInstead = ({ board, today, values, errors }: MeetingViewProps): VNode => (
  <Panel title="Lägg till som nytt" id="nytt">
    <Form action="/sammantraden" label="Lägg till som nytt sammanträde">
      <Hidden name="namnd" value={board.code} />
      <MeetingFields today={today} values={values} base={null} errors={errors} leadTimes={board.leadTimes} />
      <Button>Lägg till</Button>
    </Form>
  </Panel>
);

const Steering = ({
  meeting,
  board,
  today,
  consequence,
  values,
  basis,
  errors,
}: MeetingViewProps & { readonly consequence: Consequence }): VNode => (
  <>
    <Panel title="Ändra eller flytta" id="andra">
      <p class="sub">
        En annan plats eller tid ändrar ingen plan. Flyttas dagen, utskicket eller justeringen räknas ärendena om.
      </p>
      <Form action={meetingHref(meeting.id)} label="Ändra eller flytta">
        <StartedFrom basis={basis} />
        <MeetingFields today={today} values={values} base={basis.values} errors={errors} leadTimes={board.leadTimes} />
        <Button>Ändra sammanträdet</Button>
      </Form>
    </Panel>
    <Panel title="Ställ in" id="stall-in">
      <Form action={`${meetingHref(meeting.id)}/stall-in`} label="Ställ in sammanträdet">
        <StartedFrom basis={basis} />
        <p class="sub">{whatFollows(consequence)}</p>
        <Button kind="danger">Ställ in sammanträdet</Button>
      </Form>
    </Panel>
  </>
);

/** One meeting: its days, its cases, and what a secretary may do with it. */
export const MeetingView = (props: MeetingViewProps): VNode => {
  const { meeting, board, notice, sentBefore, errors, conflict, consequence, today } = props;
  const isCancelled = meeting.state === 'cancelled';
  const hasForms = consequence !== null || conflict?.isCancelled === true;
  return (
    <>
      {conflict === null ? <ErrorSummary errors={errors} /> : <Overtaken {...conflict} />}
      <Done text={notice} />
      <SentBefore text={sentBefore} />
      {isCancelled && conflict === null ? (
        <Callout tone="warn" title="Inställt">
          Sammanträdet blir inte av. Ärendena har planerats om.
        </Callout>
      ) : null}
      <div class={hasForms ? 'cols' : undefined}>
        <div>
          <Panel title="Dagar">
            <MeetingDays meeting={meeting} board={board} />
          </Panel>
          <Panel title="Ärenden" note={howMany(props)} flush>
            <MeetingCases {...props} today={today} label="Ärenden på sammanträdet" />
          </Panel>
        </div>
        {hasForms ? (
          <div>
            {consequence === null ? <AddInstead {...props} /> : <Steering {...props} consequence={consequence} />}
          </div>
        ) : null}
      </div>
    </>
  );
};
