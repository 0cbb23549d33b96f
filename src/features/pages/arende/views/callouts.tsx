import type { VNode } from 'preact';
import type { ComponentChildren } from 'preact';
import { ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { Callout } from '../../../../platform/web/components/callout.js';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import type { OtherWay } from '../../../../domain/adjustment/adjustment.js';
import { UNDECIDED_STATUSES, type Act } from '../../../../domain/referral/lifecycle.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { casePath, slugOf } from '../acts/act-forms.js';
import { isExtensionIdle, warningWords, WAY_WORDS } from '../words/case-words.js';
import { inFull, instantInFull } from '../words/days.js';
import { asSentence } from '../words/sentence.js';
import { WaysOn } from './ways-on.js';
import { Why } from './why.js';

interface CaseProps {
  readonly view: ReferralView;
}

interface WayProps extends CaseProps {
  readonly act: Act;
  readonly kind?: 'primary' | 'secondary';
  readonly query?: string;
  readonly children: ComponentChildren;
}

/** A way on, for those who may take it. */
export const Way = ({ view, act, kind = 'secondary', query = '', children }: WayProps): VNode | null =>
  view.acts.includes(act) ? (
    <ButtonLink href={casePath(view.id, slugOf(act)) + query} kind={kind}>
      {children}
    </ButtonLink>
  ) : null;

const Proposed = ({ view }: CaseProps): VNode => (
  <Callout title="Paragrafen behöver justeras omedelbart">
    <p>{view.adjustment?.reason}</p>
    {view.acts.includes('confirm-adjustment') ? null : (
      <p class="sub">Handläggaren eller avdelningschefen bekräftar, eller väljer en annan väg.</p>
    )}
    <Why of="omedelbar justering behövs">
      {
        'Protokollet får justeras upp till fjorton dagar efter sammanträdet (KL 5 kap. 69 §). Nämnden kan besluta att en paragraf justeras genast, och då kan svaret gå dagen efter.'
      }
    </Why>
    <Buttons>
      <Way view={view} act="confirm-adjustment" kind="primary">
        Bekräfta omedelbar justering
      </Way>
      <Way view={view} act="request-extension">
        Begär anstånd
      </Way>
      <Way view={view} act="decline-adjustment">
        Välj annan väg
      </Way>
    </Buttons>
  </Callout>
);

/** Who takes the way that was chosen instead, for those who do not. */
const TAKEN_BY: Record<OtherWay, { readonly acts: readonly Act[]; readonly who: string }> = {
  extension: { acts: ['request-extension'], who: 'Anstånd begär handläggaren, avdelningschefen eller en registrator.' },
  'other-meeting': { acts: ['choose-meeting'], who: 'Sammanträdet väljer en registrator eller nämndsekreteraren.' },
  'extra-meeting': {
    acts: ['choose-meeting'],
    who: 'Nämndsekreteraren lägger in det under Sammanträden, och väljer det sedan för ärendet.',
  },
  chair: { acts: ['choose-route'], who: 'Beslutsvägen väljer en registrator.' },
  delegation: { acts: ['choose-route'], who: 'Beslutsvägen väljer en registrator.' },
  declined: { acts: ['choose-route'], who: 'Beslutsvägen väljer en registrator.' },
};

interface DeclinedProps extends CaseProps {
  readonly way: OtherWay | null;
  /** Whether its meeting is still to come, so that another way can be chosen. */
  readonly ahead: boolean;
}

const Declined = ({ view, way, ahead }: DeclinedProps): VNode => {
  const leaves = view.timetable.find(({ milestone }) => milestone === 'expedite')?.date;
  const taken = way === null ? null : TAKEN_BY[way];
  const isAsked = view.extensions.some(({ state }) => state === 'asked');
  const isTaken = isAsked || !ahead;
  return (
    <Callout tone="danger" title="Svaret hinner inte gå i tid: omedelbar justering är avböjd">
      <p>
        {`Skälet: ${asSentence(view.adjustment?.reason ?? '')} `}
        {leaves === undefined || view.answerDue === null
          ? null
          : `Med ordinarie justering kan svaret gå först ${inFull(leaves)}, efter svarsdagen ${inFull(view.answerDue)}. `}
        {isTaken ? null : 'Därför behövs en annan väg.'}
      </p>
      {way === null ? null : (
        <p>
          Vald väg i stället: <strong>{WAY_WORDS[way].toLowerCase()}</strong>.{' '}
          {taken === null || isTaken || taken.acts.some((act) => view.acts.includes(act)) ? null : taken.who}
        </p>
      )}
      <Buttons>
        <Way view={view} act="request-extension">
          Begär anstånd
        </Way>
        {ahead ? (
          <>
            <Way view={view} act="choose-meeting">
              Välj ett annat sammanträde
            </Way>
            <Way view={view} act="choose-route">
              Välj beslutsväg
            </Way>
            <Way view={view} act="confirm-adjustment">
              Bekräfta omedelbar justering ändå
            </Way>
          </>
        ) : null}
      </Buttons>
    </Callout>
  );
};

const NoAnswerDate = ({ view }: CaseProps): VNode => (
  <Callout tone="warn" title="Svarsdag saknas">
    <p>
      Utan svarsdag finns ingen tidplan att påminna om, bara om att svarsdagen saknas. Fråga avsändaren och skriv in
      den.
    </p>
    <Buttons>
      <Way view={view} act="correct">
        Skriv in svarsdagen
      </Way>
    </Buttons>
  </Callout>
);

/** Once the answer has been sent, or the case has ended, more time is of no use to anyone. */
const OpenExtension = ({ view }: CaseProps): VNode | null => {
  const open = view.extensions.find(({ state }) => state === 'asked');
  if (open === undefined || isExtensionIdle(view)) return null;
  const until = open.askedUntil === null ? '' : ` till ${inFull(open.askedUntil)}`;
  return (
    <Callout title={`Anstånd begärt ${inFull(open.askedOn)}${until}`}>
      <p>
        Avsändaren har inte svarat.
        {view.answerDue === null ? null : ` Tills anståndet är beviljat gäller svarsdagen ${inFull(view.answerDue)}.`}
      </p>
    </Callout>
  );
};

const Cancelled = ({ view }: CaseProps): VNode | null =>
  view.cancellation === null ? null : (
    <Callout tone="danger" title="Makulerat">
      <p>
        {view.cancellation.reason}. Makulerat av {view.cancellation.by} {instantInFull(view.cancellation.at)}. Numret
        återanvänds inte.
      </p>
    </Callout>
  );

const SentBack = ({ view }: CaseProps): VNode | null => {
  const { decision } = view;
  if (decision?.outcome !== 'returned' && decision?.outcome !== 'tabled') return null;
  const title = decision.outcome === 'returned' ? 'Återremitterat' : 'Bordlagt';
  return (
    <Callout title={`${title} ${inFull(decision.date)}`}>
      <p>
        {decision.outcome === 'returned'
          ? 'Ärendet bereds på nytt och behöver attesteras igen.'
          : 'Ärendet tas upp på ett senare sammanträde.'}{' '}
        Svarsdagen står kvar.
      </p>
      <Why of={title.toLowerCase()}>
        {decision.outcome === 'returned'
          ? 'En nämnd får återremittera med enkel majoritet; rätten för en tredjedel att få återremiss gäller bara i fullmäktige (KL 5 kap. 50 §). Svarsdagen är avsändarens och flyttas inte.'
          : 'En nämnd får bordlägga med enkel majoritet (KL 6 kap. 33 §). Svarsdagen är avsändarens och flyttas inte.'}
      </Why>
    </Callout>
  );
};

const Warnings = ({ view }: CaseProps): VNode | null => {
  const texts = warningWords(view.warnings, view);
  if (texts.length === 0) return null;
  return (
    <Callout tone="warn" title="Att tänka på">
      {texts.length === 1 ? (
        <p>{texts[0]}</p>
      ) : (
        <ul>
          {texts.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </Callout>
  );
};

/** Whether something stands above the next step that a person should act on first. */
export const isPressing = ({ adjustment, acts }: ReferralView): boolean =>
  adjustment?.status === 'proposed' && acts.includes('confirm-adjustment');

interface CalloutsProps extends CaseProps {
  readonly today: LocalDate;
  /** The way that was chosen when immediate adjustment was declined, or null. */
  readonly way: OtherWay | null;
}

/** What to notice about a case before anything else, with the ways on. */
export const Callouts = ({ view, today, way }: CalloutsProps): VNode => {
  const undecided = view.status !== null && UNDECIDED_STATUSES.includes(view.status) && view.options.length > 0;
  const status = view.adjustment?.status;
  const declined = undecided && status === 'declined';
  return (
    <>
      <Cancelled view={view} />
      {view.warnings.includes('no-answer-date') && view.status !== 'cancelled' && view.status !== 'closed' ? (
        <NoAnswerDate view={view} />
      ) : null}
      {view.warnings.includes('no-meeting-in-time') && !declined ? <WaysOn view={view} today={today} /> : null}
      {undecided && status === 'proposed' ? <Proposed view={view} /> : null}
      {declined ? <Declined view={view} way={way} ahead={(view.meeting?.date ?? '') >= today} /> : null}
      <SentBack view={view} />
      <OpenExtension view={view} />
      {view.status === 'cancelled' || view.status === 'closed' ? null : <Warnings view={view} />}
    </>
  );
};
