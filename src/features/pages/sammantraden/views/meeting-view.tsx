import type { VNode } from 'preact';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { Button } from '../../../../platform/web/components/button.js';
import { Callout, Done } from '../../../../platform/web/components/callout.js';
import { Confirm } from '../../../../platform/web/components/confirm.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Form } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import type { FormErrors, FormValues } from '../../../../platform/web/form-errors.js';
import { counted } from '../../arende/words/days.js';
import type { Consequence, MeetingWithCases } from '../read-meetings.js';
import { howMany, MeetingCases, MeetingDays, MeetingFields, meetingHref } from './meeting-parts.js';

export interface MeetingViewProps extends MeetingWithCases {
  readonly today: LocalDate;
  /** Null for those who may not change it. */
  readonly consequence: Consequence | null;
  readonly values: FormValues;
  readonly errors: FormErrors;
  readonly notice: string | null;
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

const Steering = ({
  meeting,
  board,
  consequence,
  values,
  errors,
}: MeetingViewProps & { readonly consequence: Consequence }): VNode => (
  <>
    <Panel title="Ändra eller flytta" id="andra">
      <p class="sub">
        En annan plats eller tid ändrar ingen plan. Flyttas dagen, utskicket eller justeringen räknas ärendena om.
      </p>
      <Form action={meetingHref(meeting.id)} label="Ändra eller flytta">
        <MeetingFields values={values} errors={errors} leadTimes={board.leadTimes} />
        {consequence.cases === 0 ? (
          <Button>Ändra sammanträdet</Button>
        ) : (
          <Confirm
            act="Ändra sammanträdet"
            question={`Om någon dag ändras: ${whatFollows(consequence)}`}
            yes="Ändra det"
          />
        )}
      </Form>
    </Panel>
    <Panel title="Ställ in" id="stall-in">
      <Form action={`${meetingHref(meeting.id)}/stall-in`} label="Ställ in sammanträdet">
        <Confirm
          act="Ställ in sammanträdet"
          question={`${whatFollows(consequence)} Det står kvar som inställt och går inte att öppna igen; lägg då till ett nytt.`}
          yes="Ställ in det"
        />
      </Form>
    </Panel>
  </>
);

/** One meeting: its days, its cases, and what a secretary may do with it. */
export const MeetingView = (props: MeetingViewProps): VNode => {
  const { meeting, board, notice, errors, consequence, today } = props;
  const isCancelled = meeting.state === 'cancelled';
  return (
    <>
      <ErrorSummary errors={errors} />
      <Done text={notice} />
      {isCancelled ? (
        <Callout tone="warn" title="Inställt">
          Sammanträdet blir inte av. Ärendena har planerats om.
        </Callout>
      ) : null}
      <div class={consequence === null ? undefined : 'cols'}>
        <div>
          <Panel title="Dagar">
            <MeetingDays meeting={meeting} board={board} />
          </Panel>
          <Panel title="Ärenden" note={howMany(props)} flush>
            <MeetingCases {...props} today={today} label="Ärenden på sammanträdet" />
          </Panel>
        </div>
        {consequence === null ? null : (
          <div>
            <Steering {...props} consequence={consequence} />
          </div>
        )}
      </div>
    </>
  );
};
