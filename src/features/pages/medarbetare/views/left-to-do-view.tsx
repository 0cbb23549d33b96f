import type { ComponentChildren, VNode } from 'preact';
import { Callout } from '../../../../platform/web/components/callout.js';
import type { Lacking } from '../../../organisation/left-to-do.js';
import { personHref } from './people-parts.js';

interface LeftProps {
  readonly lacking: readonly Lacking[];
  /** Id of the one who reads it. */
  readonly reader: string;
}

type OneProps = { readonly one: Lacking } & Pick<LeftProps, 'reader'>;

const named = (people: readonly { readonly name: string }[]): string => people.map(({ name }) => name).join(' eller ');

const Secretary = ({ one, reader }: OneProps): VNode => (
  <>
    <a href={`/medarbetare?namnd=${encodeURIComponent(one.board.code)}#ny`}>Lägg till en nämndsekreterare</a>, som
    lägger in sammanträdena. Du kan också <a href={`${personHref(reader)}#roller`}>ge dig själv rollen</a>.
  </>
);

const Meetings = ({ one, reader }: OneProps): VNode =>
  one.secretaries.some(({ id }) => id === reader) ? (
    <>
      <a href="/sammantraden#nytt">Lägg in nämndens sammanträden</a>. Utan dem går ingen tidplan att räkna ut.
    </>
  ) : one.secretaries.length === 0 ? (
    <>Sammanträdena läggs in av nämndsekreteraren. Utan dem går ingen tidplan att räkna ut.</>
  ) : (
    <>
      Be {named(one.secretaries)} att lägga in nämndens sammanträden under Sammanträden. Utan dem går ingen tidplan att
      räkna ut.
    </>
  );

/** What is left, in the order in which it can be done: a manager needs a department. */
function stepsOf({ one, reader }: OneProps): ComponentChildren[] {
  const { registrars, officers, departments, meetings, secretaries } = one;
  const there = `/medarbetare?namnd=${encodeURIComponent(one.board.code)}#ny`;
  const steps: (readonly [boolean, ComponentChildren])[] = [
    [
      departments,
      <>
        <a href="/avdelningar#ny">Lägg till avdelningar</a>. En avdelningschef behöver en avdelning, och attesterar dess
        ärenden.
      </>,
    ],
    [
      registrars,
      <>
        <a href={there}>Lägg till en registrator</a>, som registrerar remisserna.
      </>,
    ],
    [
      officers,
      <>
        <a href={there}>Lägg till dem som handlägger</a>: handläggare och avdelningschefer. Utan dem går inga ärenden
        att fördela.
      </>,
    ],
    [secretaries.length === 0, <Secretary one={one} reader={reader} />],
    [meetings, <Meetings one={one} reader={reader} />],
  ];
  return steps.filter(([isLeft]) => isLeft).map(([, step]) => step);
}

/** For administrators, for as long as it is true: what a board lacks before its work can begin. */
export const LeftToDoView = ({ lacking, reader }: LeftProps): VNode => (
  <>
    {lacking.map((one) => (
      <Callout key={one.board.code} title={`Kvar att göra för ${one.board.name}`}>
        <ol>
          {stepsOf({ one, reader }).map((step, index) => (
            <li key={index}>{step}</li>
          ))}
        </ol>
        {one.departments && one.officers ? (
          <p class="sub">
            Är det mycket att lägga in kan den som sköter driften läsa in allt från en fil, med npx diarium setup.
          </p>
        ) : null}
      </Callout>
    ))}
  </>
);

/** Who can see to it that a board gets its meetings, for someone who cannot. */
export function whoAddsMeetings({ secretaries, administrators }: Lacking): string {
  if (secretaries.length > 0) return `${named(secretaries)} lägger in dem, under Sammanträden.`;
  const whom = administrators.length === 0 ? 'en systemförvaltare' : named(administrators);
  return `Ingen har rollen nämndsekreterare, som lägger in dem. Be ${whom} att ge någon den rollen.`;
}

/** For who registers and does not administer: what stands in the way of the work, and who can see to it. */
export const StandsInTheWay = ({ lacking }: Pick<LeftProps, 'lacking'>): VNode => (
  <>
    {lacking
      .filter(({ meetings, officers }) => meetings || officers)
      .map((one) => (
        <Callout key={one.board.code} tone="warn" title={`${one.board.name} är inte färdig att arbeta i`}>
          {one.meetings ? (
            <p>Nämnden har inga inlagda sammanträden, så inga tidplaner går att räkna ut. {whoAddsMeetings(one)}</p>
          ) : null}
          {one.officers ? (
            <p>
              Nämnden har ingen som kan handlägga, så inga ärenden går att fördela. Be{' '}
              {one.administrators.length === 0 ? 'en systemförvaltare' : named(one.administrators)} att lägga till
              handläggare.
            </p>
          ) : null}
        </Callout>
      ))}
  </>
);
