import type { ComponentChildren, VNode } from 'preact';
import { ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { counted, type ReadOn } from '../../arende/words/days.js';
import type { VacantDepartment } from '../../../people/people.repository.js';
import { CardTable } from '../../lista/views/card-table.js';
import { LinkChoices, type LinkChoice } from '../../lista/views/link-choices.js';
import { VacantDepartments } from '../../medarbetare/views/vacant-departments.js';
import type { LeaversCase } from '../leavers-cases.js';
import { MOST_COUNTED, type WatchPage } from '../watch-list.js';
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
  /** The same page with more of both lists; null when this is all that it shows. */
  readonly moreHref: string | null;
}

/** `12`, and `fler än 999` where nobody has counted further. */
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

interface MoreProps {
  readonly shown: number;
  readonly of: number;
  readonly href: string | null;
}

/** How many are not shown, and the way to them. */
const More = ({ shown, of, href }: MoreProps): VNode | null =>
  of <= shown ? null : (
    <div class="pad more">
      {`${shown} av ${atMost(of)} visas. `}
      {href === null ? <a href="/arenden">Sök fram fler bland ärendena</a> : <a href={href}>Visa fler</a>}
    </div>
  );

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
  moreHref,
}: WatchViewProps): VNode => {
  const { inNeed, toCome, inNeedCount, openCount } = page;
  const coming = Math.max(0, openCount - inNeedCount);
  return (
    <>
      <div class="choice-rows">
        <LinkChoices label="Vems ärenden" choices={scopes} />
        <LinkChoices label="Nämnd" choices={boards} />
      </div>
      {scopes.some(({ current, href }) => current && href.includes('visa=mina')) ? (
        <p class="sub scope-note">Dina är de du handlägger, och andras när nästa steg är ditt genom din roll.</p>
      ) : null}
      {leftToDo}
      <LeaversCallout cases={leaversCases} />
      <VacantDepartments departments={vacancies.administered} reader="administrator" />
      <VacantDepartments departments={vacancies.others} reader="registrar" />
      <Panel title="Kräver åtgärd" note={RULE} id="krav" flush>
        {inNeed.length === 0 ? (
          <Empty>
            <p>
              <strong>Inget kräver åtgärd just nu.</strong> Här visas ett ärende när något ska göras inom fem
              arbetsdagar.
            </p>
          </Empty>
        ) : (
          <Cases label="Kräver åtgärd" cases={byUrgency(inNeed, readOn)} readOn={readOn} />
        )}
        <More shown={inNeed.length} of={inNeedCount} href={moreHref} />
      </Panel>
      <Panel title="Kommande" note={counted(coming, 'remiss', 'remisser').replace(/^\d+/, atMost(coming))} flush>
        {toCome.length === 0 ? (
          <Empty>
            {openCount === 0 ? <p>Här finns inga öppna remisser.</p> : <p>Inga andra öppna remisser.</p>}
            {mayRegister && openCount === 0 ? (
              <Buttons>
                <ButtonLink href="/registrera">Registrera en remiss</ButtonLink>
              </Buttons>
            ) : null}
          </Empty>
        ) : (
          <Cases label="Kommande" cases={toCome} readOn={readOn} quietHead={inNeed.length > 0} />
        )}
        <More shown={toCome.length} of={coming} href={moreHref} />
      </Panel>
    </>
  );
};
