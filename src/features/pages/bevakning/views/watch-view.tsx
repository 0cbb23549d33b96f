import type { ComponentChildren, VNode } from 'preact';
import { ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { counted, type ReadOn } from '../../arende/words/days.js';
import type { VacantDepartment } from '../../../people/people.repository.js';
import { CardTable } from '../../lista/views/card-table.js';
import { LinkChoices, type LinkChoice } from '../../lista/views/link-choices.js';
import { VacantDepartments } from '../../medarbetare/views/vacant-departments.js';
import type { LeaversCase } from '../leavers-cases.js';
import { MOST_COUNTED, type WatchedPart, type WatchPage } from '../watch-list.js';
import type { WatchedCase } from '../watch-row.js';
import { byUrgency } from '../watch-words.js';
import { LeaversCallout } from './leavers-callout.js';
import { WATCH_COLUMNS, WatchRowView } from './watch-row-view.js';

/** Departments without a manager, of boards that one administers and of others. */
export interface Vacancies {
  readonly administered: readonly VacantDepartment[];
  readonly others: readonly VacantDepartment[];
}

export interface WatchViewProps {
  readonly page: WatchPage;
  readonly leaversCases: readonly LeaversCase[];
  readonly vacancies: Vacancies;
  /** What the boards lack before their work can begin. */
  readonly leftToDo: VNode;
  readonly scopes: readonly LinkChoice[];
  readonly boards: readonly LinkChoice[];
  /** By board, since each has its own closed days. */
  readonly readOn: (board: string) => ReadOn;
  readonly mayRegister: boolean;
  /** How many of each list are shown at a time. */
  readonly atATime: Readonly<Record<'inNeed' | 'toCome', number>>;
  /** The same page with another part of a list. */
  readonly partHref: (list: 'inNeed' | 'toCome', from: number) => string;
}

/** How many are open at all, as far as the lists are counted. */
export const openCount = ({ inNeed, toCome }: WatchPage): number => Math.min(MOST_COUNTED, inNeed.count + toCome.count);

/** `12`, and `fler än 500` where nobody has counted further. */
export const atMost = (count: number): string =>
  count >= MOST_COUNTED ? `fler än ${MOST_COUNTED - 1}` : String(count);

const RULE =
  'En tidsgräns är passerad eller infaller inom fem arbetsdagar, en uppgift saknas, eller en omedelbar justering ska bekräftas.';

interface CasesProps extends Pick<WatchViewProps, 'readOn'> {
  readonly label: string;
  readonly cases: readonly WatchedCase[];
  readonly quietHead?: boolean;
}

const Cases = ({ label, cases, readOn, quietHead }: CasesProps): VNode => (
  <CardTable label={label} columns={WATCH_COLUMNS} class="watch" quietHead={quietHead ?? false}>
    {cases.map((one) => (
      <WatchRowView key={one.id} one={one} at={readOn(one.board)} />
    ))}
  </CardTable>
);

interface PartsProps {
  readonly part: WatchedPart;
  /** So many are shown at a time. */
  readonly length: number;
  readonly label: string;
  readonly href: (from: number) => string;
}

/** Which of them are shown, and the way to the others. */
const Parts = ({ part: { cases, from, count }, length, label, href }: PartsProps): VNode | null => {
  if (count <= cases.length) return null;
  const end = from + cases.length;
  return (
    <nav class="pages" aria-label={label}>
      {`${from + 1}–${end} av ${atMost(count)} visas.`}
      {from === 0 ? null : <a href={href(Math.max(0, from - length))}>Visa föregående</a>}
      {end >= count ? null : <a href={href(end)}>Visa nästa</a>}
      {end >= MOST_COUNTED ? <a href="/arenden">Sök fram fler bland ärendena</a> : null}
    </nav>
  );
};

const Empty = ({ children }: { readonly children: ComponentChildren }): VNode => (
  <div class="pad empty">{children}</div>
);

/** What needs an act first, then what is coming. */
export const WatchView = ({
  page,
  leaversCases,
  vacancies,
  leftToDo,
  scopes,
  boards,
  readOn,
  mayRegister,
  atATime,
  partHref,
}: WatchViewProps): VNode => {
  const { inNeed, toCome } = page;
  const isEmpty = openCount(page) === 0;
  return (
    <>
      <div class="choice-rows">
        <LinkChoices label="Vems ärenden" choices={scopes} />
        <LinkChoices label="Nämnd" choices={boards} />
      </div>
      {scopes.some(({ current, href }) => current && href.includes('visa=mina')) ? (
        <p class="sub scope-note">
          Dina är de du handlägger, och andras när nästa steg är ditt genom din roll. De som väntar på någon annan står
          under Kommande.
        </p>
      ) : null}
      {leftToDo}
      <LeaversCallout cases={leaversCases} />
      <VacantDepartments departments={vacancies.administered} reader="administrator" />
      <VacantDepartments departments={vacancies.others} reader="registrar" />
      <Panel title="Kräver åtgärd" note={RULE} id="krav" flush>
        {inNeed.cases.length === 0 ? (
          <Empty>
            <p>
              <strong>Inget kräver åtgärd just nu.</strong> Här visas ett ärende när något ska göras inom fem
              arbetsdagar.
            </p>
          </Empty>
        ) : (
          <Cases label="Kräver åtgärd" cases={byUrgency(inNeed.cases, readOn)} readOn={readOn} />
        )}
        <Parts
          label="Fler som kräver åtgärd"
          part={inNeed}
          length={atATime.inNeed}
          href={(from) => partHref('inNeed', from)}
        />
      </Panel>
      <Panel
        title="Kommande"
        note={counted(toCome.count, 'remiss', 'remisser').replace(/^\d+/, atMost(toCome.count))}
        id="kommande"
        flush
      >
        {toCome.cases.length === 0 ? (
          <Empty>
            {isEmpty ? <p>Här finns inga öppna remisser.</p> : <p>Inga andra öppna remisser.</p>}
            {mayRegister && isEmpty ? (
              <Buttons>
                <ButtonLink href="/registrera">Registrera en remiss</ButtonLink>
              </Buttons>
            ) : null}
          </Empty>
        ) : (
          <Cases label="Kommande" cases={toCome.cases} readOn={readOn} quietHead={inNeed.cases.length > 0} />
        )}
        <Parts label="Fler kommande" part={toCome} length={atATime.toCome} href={(from) => partHref('toCome', from)} />
      </Panel>
    </>
  );
};
