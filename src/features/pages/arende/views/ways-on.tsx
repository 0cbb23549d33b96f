import type { ComponentChildren, VNode } from 'preact';
import { ButtonLink } from '../../../../platform/web/components/button.js';
import { Callout } from '../../../../platform/web/components/callout.js';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import type { Act } from '../../../../domain/referral/lifecycle.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { casePath, slugOf } from '../acts/act-forms.js';
import { lacksMeetings } from '../words/case-words.js';
import { inFull, inShort, unbroken } from '../words/days.js';
import { asksAsExecutive, delegationWarning } from '../words/route-words.js';

interface WaysProps {
  readonly view: ReferralView;
  readonly today: LocalDate;
}

interface CardProps extends Pick<WaysProps, 'view'> {
  readonly title: string;
  readonly law: string;
  readonly act?: Act;
  /** Buttons: what is on them, the query that fills in the form, and what else they are called by those who hear them. */
  readonly buttons?: readonly (readonly [label: string, query: string, heard?: string])[];
  readonly children: ComponentChildren;
}

const Card = ({ view, title, law, act, buttons = [], children }: CardProps): VNode => (
  <li>
    <h2>{title}</h2>
    <p class="sub">{unbroken(law)}</p>
    <p>{children}</p>
    {act === undefined || !view.acts.includes(act)
      ? null
      : buttons.map(([label, query, heard]) => (
          <ButtonLink key={query} href={`${casePath(view.id, slugOf(act))}?${query}`} kind="secondary">
            {label}
            {heard === undefined ? null : <span class="ds-sr-only"> {heard}</span>}
          </ButtonLink>
        ))}
  </li>
);

const extensionButtons = ({ view: { none }, today }: WaysProps): readonly (readonly [string, string])[] =>
  none === null
    ? [['Begär anstånd', '']]
    : [
        [`Begär till ${inShort(none.extensionImmediate, today)}`, `until=${none.extensionImmediate}`],
        [`Begär till ${inShort(none.extensionOrdinary, today)}`, `until=${none.extensionOrdinary}`],
      ];

/** What to ask for, or what has been asked for. */
function extensionWords({ extensions, none }: ReferralView): string {
  const asked = extensions.find(({ state }) => state === 'asked');
  if (asked !== undefined) {
    const until = asked.askedUntil === null ? '' : ` till ${inFull(asked.askedUntil)}`;
    return `Begärt ${inFull(asked.askedOn)}${until}. Avsändaren har inte svarat: hör med den, och anteckna svaret.`;
  }
  return none === null
    ? 'Be avsändaren om en senare dag. Inget senare sammanträde är inlagt än.'
    : `Be avsändaren om ${inFull(none.extensionImmediate)} om paragrafen justeras omedelbart vid sammanträdet ${inFull(none.nextMeeting)}, annars om ${inFull(none.extensionOrdinary)}.`;
}

const Extension = ({ view, today }: WaysProps): VNode => (
  <Card
    view={view}
    title="Anstånd"
    law="Svarsdagen är avsändarens"
    act="request-extension"
    buttons={extensionButtons({ view, today })}
  >
    {extensionWords(view)}
  </Card>
);

/** The ways past a meeting, each with its paragraph. */
const Ways = ({ view, today }: WaysProps): VNode => (
  <ul class="ways">
    <Extension view={view} today={today} />
    <Card
      view={view}
      title="Ordförandebeslut"
      law="KL 6 kap. 39 §"
      act="choose-route"
      buttons={[['Välj', 'route=chair', 'ordförandebeslut']]}
    >
      När ärendet är så brådskande att nämnden inte kan inväntas. Beslutet anmäls vid nästa sammanträde (6 kap. 40 §).
    </Card>
    <Card
      view={view}
      title="Delegation"
      law="KL 6 kap. 37 §, 7 kap. 5 §"
      act="choose-route"
      buttons={[['Välj', 'route=delegation', 'delegation']]}
    >
      När delegationsordningen ger någon rätten. {unbroken(delegationWarning(view))}
    </Card>
    <Card view={view} title="Extra sammanträde" law="KL 6 kap. 23 §">
      När ordföranden finner att det behövs, eller en tredjedel begär det. Nämndsekreteraren lägger in det under{' '}
      <a href="/sammantraden">Sammanträden</a>, och tidplanen räknas om.
    </Card>
    <Card
      view={view}
      title="Avstå"
      law={asksAsExecutive(view) ? 'KL 6 kap. 12 §' : 'Remissen är en inbjudan'}
      act="choose-route"
      buttons={[['Välj', 'route=declined', 'att avstå']]}
    >
      {asksAsExecutive(view)
        ? 'Remissen kommer från kommunstyrelsen, som får begära in yttranden. Räkna med att svaret är en skyldighet.'
        : 'En kommun får avstå från att svara staten. Den som har rätt att besluta gör det, och avsändaren får veta.'}
    </Card>
  </ul>
);

/** A board that has no meetings is told so: no answer day is to blame, and adding them is the way on. */
const WithoutMeetings = (props: WaysProps): VNode => (
  <Callout tone="danger" title="Nämnden har inga inlagda sammanträden">
    <p>
      Därför går ingen tidplan att räkna ut. Nämndsekreteraren lägger till dem under{' '}
      <a href="/sammantraden">Sammanträden</a>, och då planeras ärendet om genast.
    </p>
    <details>
      <summary>Andra vägar till beslut, om svaret inte kan vänta på det</summary>
      <Ways {...props} />
    </details>
  </Callout>
);

/** When no meeting comes in time: the days to ask for, and the other ways. */
export const WaysOn = ({ view, today }: WaysProps): VNode => {
  if (lacksMeetings(view, today)) return <WithoutMeetings view={view} today={today} />;
  const due = view.answerDue === null ? 'svarsdagen' : `svarsdagen ${inFull(view.answerDue)}`;
  const isAsked = view.extensions.some(({ state }) => state === 'asked');
  const next = view.none === null ? '' : ` Nästa sammanträde är ${inFull(view.none.nextMeeting)}.`;
  return (
    <Callout tone="danger" title="Inget sammanträde kommer i tid">
      <p>
        {`Inget sammanträde som ärendet hinner med ligger före ${due}.${next} `}
        {isAsked ? 'Anstånd är begärt. Dröjer svaret, välj en annan väg:' : 'Välj en annan väg:'}
      </p>
      <Ways view={view} today={today} />
    </Callout>
  );
};
