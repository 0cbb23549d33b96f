import type { VNode } from 'preact';
import { Button } from '../../../../platform/web/components/button.js';
import { Hidden } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { Pill, type PillTone } from '../../../../platform/web/components/pill.js';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { UNDECIDED_STATUSES } from '../../../../domain/referral/lifecycle.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { casePath, slugOf } from '../acts/act-forms.js';
import { warningWords } from '../words/case-words.js';
import { inFull, inShort } from '../words/days.js';
import { isDeclined, NEED_WORDS, type OptionView } from '../words/option-words.js';
import { Versioned } from './act-fields.js';
import { Why } from './why.js';

const WHY_PROPOSED =
  'Det senaste sammanträde efter vilket svaret ändå går i tid föreslås, så länge dagen för dess utskick inte har passerat: ' +
  'därefter kommer ärendet som regel inte med. Det är en ordning i Diarium, och hur långt före utskicket sker har nämnden ' +
  'bestämt. Du får välja ett annat. Ordinarie justering får ta fjorton dagar (KL 5 kap. 69 §).';

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

const Short = ({ day, today }: { readonly day: string; readonly today: LocalDate }): VNode => (
  <time dateTime={day}>{inShort(day, today)}</time>
);

const OptionCard = ({ view, option, today }: OptionProps & { readonly today: LocalDate }): VNode => {
  const { meeting, adjustment, adjustsOn, leavesOn, dispatchOn, reachable, warnings } = option;
  const chosen = isChosen({ view, option });
  const isDone = chosen && view.records.some(({ record }) => record === 'agenda-dispatch');
  return (
    <li class={chosen ? 'chosen' : undefined}>
      <h3>{inFull(meeting)}</h3>
      <p class="pills">
        {chosen ? <Pill tone="plain">Valt</Pill> : null}
        {meeting < today ? <Pill tone="plain">Har varit</Pill> : null}
        {meeting === view.recommended ? <Pill tone="plain">Föreslås</Pill> : null}
        {isDeclined(option, view) ? <Pill tone="plain">Omedelbar justering avböjd</Pill> : null}
        <Pill tone={TONES[adjustment]}>{NEED_WORDS[adjustment]}</Pill>
      </p>
      <dl class="facts">
        <dt>Utskick</dt>
        <dd>
          <Short day={dispatchOn} today={today} />
          {isDone ? <span class="sub"> Redan gjort</span> : null}
          {isDone || reachable ? null : <span class="sub"> Dagen har passerat</span>}
        </dd>
        <dt>Justeras</dt>
        <dd>
          <Short day={adjustsOn} today={today} />
        </dd>
        <dt>Svaret går</dt>
        <dd>
          <Short day={leavesOn} today={today} />
        </dd>
      </dl>
      {warningWords(warnings, view).map((text) => (
        <p key={text} class="sub">
          {text}
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

interface OptionsProps {
  readonly view: ReferralView;
  readonly today: LocalDate;
}

/** What each meeting would mean for the case, side by side. */
export const OptionsPanel = ({ view, today }: OptionsProps): VNode | null => {
  const undecided = view.status !== null && UNDECIDED_STATUSES.includes(view.status);
  if (!undecided || view.options.length === 0) return null;
  // The case's own meeting is there also when it has been.
  const { near, far } = sensible(view.options);
  return (
    <Panel title="Sammanträden att välja mellan" id="sammantraden">
      <Why of="ett sammanträde föreslås">{WHY_PROPOSED}</Why>
      <ul class="options">
        {near.map((option) => (
          <OptionCard key={option.meeting} view={view} option={option} today={today} />
        ))}
      </ul>
      {far.length === 0 ? null : (
        <details class="fold">
          <summary>Senare sammanträden ({far.length})</summary>
          <ul class="options">
            {far.map((option) => (
              <OptionCard key={option.meeting} view={view} option={option} today={today} />
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
};
