import type { VNode } from 'preact';
import { Button } from '../../../../platform/web/components/button.js';
import { Hidden } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { Pill, type PillTone } from '../../../../platform/web/components/pill.js';
import { UNDECIDED_STATUSES } from '../../../../domain/referral/lifecycle.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { casePath, slugOf } from '../acts/act-forms.js';
import { WARNING_WORDS } from '../words/case-words.js';
import { inFull } from '../words/days.js';
import { NEED_WORDS, type OptionView } from '../words/option-words.js';
import { Versioned } from './act-fields.js';

const TONES: Record<OptionView['adjustment'], PillTone> = { ordinary: 'calm', immediate: 'flag', too_late: 'late' };

interface OptionProps {
  readonly view: ReferralView;
  readonly option: OptionView;
}

const isChosen = ({ view, option }: OptionProps): boolean =>
  view.route === 'meeting' && view.meeting?.date === option.meeting;

const Choose = ({ view, option }: OptionProps): VNode | null => {
  if (isChosen({ view, option }) || !view.acts.includes('choose-meeting')) return null;
  return (
    <Versioned action={casePath(view.id, slugOf('choose-meeting'))} version={view.version}>
      <Hidden name="meeting" value={option.meeting} />
      <Button kind="secondary">
        Välj<span class="ds-sr-only"> sammanträdet {inFull(option.meeting)}</span>
      </Button>
    </Versioned>
  );
};

const OptionCard = ({ view, option }: OptionProps): VNode => {
  const { meeting, adjustment, adjustsOn, leavesOn, dispatchOn, reachable, warnings } = option;
  const chosen = isChosen({ view, option });
  return (
    <li class={chosen ? 'chosen' : undefined}>
      <h3>{inFull(meeting)}</h3>
      <p class="pills">
        {chosen ? <Pill tone="plain">Valt</Pill> : null}
        {meeting === view.recommended ? <Pill tone="plain">Föreslås</Pill> : null}
        <Pill tone={TONES[adjustment]}>{NEED_WORDS[adjustment]}</Pill>
      </p>
      <dl class="facts">
        <dt>Utskick</dt>
        <dd>
          {inFull(dispatchOn)}
          {reachable ? null : <span class="sub"> Redan gjort</span>}
        </dd>
        <dt>Justeras</dt>
        <dd>{inFull(adjustsOn)}</dd>
        <dt>Svaret går</dt>
        <dd>{inFull(leavesOn)}</dd>
      </dl>
      {warnings.map((code) => (
        <p key={code} class="sub">
          {WARNING_WORDS.get(code) ?? code}
        </p>
      ))}
      <Choose view={view} option={option} />
    </li>
  );
};

/** Those that could be chosen with sense: up to the first that comes too late. */
function sensible(options: readonly OptionView[]): { readonly near: OptionView[]; readonly far: OptionView[] } {
  const firstLate = options.findIndex(({ adjustment, reachable }) => adjustment === 'too_late' && reachable);
  const cut = firstLate === -1 ? options.length : firstLate + 1;
  return { near: options.slice(0, cut), far: options.slice(cut) };
}

/** What each meeting would mean for the case, side by side. */
export const OptionsPanel = ({ view }: { readonly view: ReferralView }): VNode | null => {
  const undecided = view.status !== null && UNDECIDED_STATUSES.includes(view.status);
  if (!undecided || view.options.length === 0) return null;
  const { near, far } = sensible(view.options);
  return (
    <Panel title="Sammanträden att välja mellan" id="sammantraden">
      <ul class="options">
        {near.map((option) => (
          <OptionCard key={option.meeting} view={view} option={option} />
        ))}
      </ul>
      {far.length === 0 ? null : (
        <details class="fold">
          <summary>Senare sammanträden ({far.length})</summary>
          <ul class="options">
            {far.map((option) => (
              <OptionCard key={option.meeting} view={view} option={option} />
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
};
