import type { VNode } from 'preact';
import { Callout } from '../../../../platform/web/components/callout.js';
import { Dnr } from '../../../../platform/web/components/dnr.js';
import { caseHref } from '../../lista/case-address.js';
import { HAND_OVER_PATH } from '../../medarbetare/hand-over-form.js';
import { MOST_LEAVERS_CASES, type LeaversCase } from '../leavers-cases.js';

interface CasesProps {
  readonly title: string;
  readonly lead: string;
  readonly cases: readonly LeaversCase[];
  readonly isAll: boolean;
}

const Cases = ({ title, lead, cases, isAll }: CasesProps): VNode | null =>
  cases.length === 0 ? null : (
    <Callout tone="warn" title={title}>
      <p>
        {lead} Tills dess går påminnelserna till registratorerna.
        {isAll ? '' : ` De ${MOST_LEAVERS_CASES} första ärendena visas.`}
      </p>
      <ul>
        {cases.map(({ id, diarienummer, officerName }) => (
          <li key={id}>
            <Dnr number={diarienummer} href={caseHref(id)} /> {officerName}
          </li>
        ))}
      </ul>
      <p>
        <a href={HAND_OVER_PATH}>Lämna över alla ärenden från någon i ett steg</a>
      </p>
    </Callout>
  );

/** Cases whose officer can have them no longer, so that none of them is forgotten. */
export const LeaversCallout = ({ cases }: { readonly cases: readonly LeaversCase[] }): VNode => {
  const shown = cases.slice(0, MOST_LEAVERS_CASES);
  const isAll = shown.length === cases.length;
  return (
    <>
      <Cases
        title="Handläggaren har slutat"
        lead="Ge de här öppna ärendena en ny handläggare."
        cases={shown.filter(({ hasLeft }) => hasLeft)}
        isAll={isAll}
      />
      <Cases
        title="Handläggaren har inte längre rollen"
        lead="De här öppna ärendena har någon som inte längre är handläggare eller avdelningschef i nämnden. Ge dem en ny handläggare, eller be en systemförvaltare att ge rollen tillbaka."
        cases={shown.filter(({ hasLeft }) => !hasLeft)}
        isAll={isAll}
      />
    </>
  );
};
