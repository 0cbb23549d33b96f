import type { VNode } from 'preact';
import { assetHref } from '../../../../platform/web/assets.js';
import { Callout, Done } from '../../../../platform/web/components/callout.js';
import { Pill } from '../../../../platform/web/components/pill.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import type { FormContext } from '../acts/act-form.js';
import { offeredActs } from '../acts/next-act.js';
import type { WholeCase } from '../read-case.js';
import { STATUS_WORDS } from '../words/case-words.js';
import { inFull } from '../words/days.js';
import { wayInstead } from '../words/journal-words.js';
import { ActsPanel } from './acts-panel.js';
import { Callouts, isPressing } from './callouts.js';
import { ApprovalsPanel, ExtensionsPanel, FactsPanel } from './facts-panels.js';
import { OptionsPanel } from './options-panel.js';
import { DatesPanel, TimelinePanel } from './plan-panels.js';
import { JournalPanel, RemindersPanel } from './story-panels.js';

/** Above the title: the number, and the sender's. */
export const CaseNumber = ({ view }: { readonly view: ReferralView }): VNode => (
  <>
    <span class="dnr">{view.diarienummer}</span>
    {view.senderReference === null ? null : <bdi> · avsändarens dnr {view.senderReference}</bdi>}
  </>
);

/** Below the title: where the case stands. */
export const StatusLine = ({ view }: { readonly view: ReferralView }): VNode => (
  <>
    {view.status === null ? '' : STATUS_WORDS[view.status]} · <bdi>{view.sender}</bdi> · inkom {inFull(view.receivedOn)}
    {view.secret ? (
      <>
        {' '}
        <Pill tone="late">Sekretessmarkerat</Pill>
      </>
    ) : null}
    {view.dormantSince === null ? null : (
      <>
        {' '}
        <Pill tone="soon">{`Vilande sedan ${inFull(view.dormantSince)}`}</Pill>
      </>
    )}
  </>
);

interface CaseViewProps {
  readonly whole: WholeCase;
  readonly context: FormContext;
  /** What was just done. */
  readonly receipt: string | null;
  /** Whether the person may hand over all that the officer has. */
  readonly mayHandOver: boolean;
}

/** The page of a case. */
export const CaseView = ({ whole, context, receipt, mayHandOver }: CaseViewProps): VNode => {
  const { view, board, events, names, reminders, officerAway } = whole;
  const { today } = context;
  const at = { today, closed: board.closedDays };
  return (
    <div class="case">
      <Done text={receipt} />
      <Callouts view={view} today={today} way={wayInstead(events)} />
      <ActsPanel context={context} offered={offeredActs(view, today)} isSecond={isPressing(view)} at={at} />
      <TimelinePanel view={view} today={today} />
      <div class="cols case-cols">
        <div class="case-facts">
          <FactsPanel view={view} at={at} away={officerAway} mayHandOver={mayHandOver} />
          <ApprovalsPanel events={events} />
          <ExtensionsPanel view={view} />
        </div>
        <div class="case-story">
          <DatesPanel view={view} at={at} leadTimes={board.leadTimes} />
          <OptionsPanel view={view} today={today} />
          <JournalPanel events={events} names={names} today={today} />
        </div>
        <div class="case-reminders">
          <RemindersPanel reminders={reminders} today={today} />
        </div>
      </div>
      <script type="module" src={assetHref('acts.js')} />
    </div>
  );
};

/** What someone sees who may not open a secret case. */
export const MaskedView = ({ view }: { readonly view: ReferralView }): VNode => (
  <div class="case">
    <Callout tone="warn" title="Ärendet är sekretessmarkerat">
      <p>
        Bara handläggaren, avdelningschefen, registratorer och nämndsekreterare kan öppna det, och förvaltningschefen
        när avdelningschefen har attesterat. Du ser dess nummer och datum, som alltid får visas (OSL 5 kap. 2 §).
        Behöver du läsa det, tala med registratorn.
      </p>
    </Callout>
    <section class="panel">
      <header>
        <h2>Ärendet</h2>
      </header>
      <div class="pad">
        <dl class="facts">
          <dt>Diarienummer</dt>
          <dd>{view.diarienummer}</dd>
          <dt>Inkom</dt>
          <dd>{inFull(view.receivedOn)}</dd>
        </dl>
      </div>
    </section>
  </div>
);
