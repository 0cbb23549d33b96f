import type { VNode } from 'preact';
import { Callout } from '../../../../platform/web/components/callout.js';
import { Dnr } from '../../../../platform/web/components/dnr.js';
import { caseHref } from '../../lista/case-address.js';
import { MOST_LEAVERS_CASES, type LeaversCase } from '../leavers-cases.js';

/** Cases that nobody who works here has, so that none of them is forgotten. */
export const LeaversCallout = ({ cases }: { readonly cases: readonly LeaversCase[] }): VNode | null =>
  cases.length === 0 ? null : (
    <Callout tone="warn" title="Handläggaren har slutat">
      <p>
        Ge de här öppna ärendena en ny handläggare. Tills dess går påminnelserna till registratorerna.
        {cases.length > MOST_LEAVERS_CASES ? ` De ${MOST_LEAVERS_CASES} första visas.` : ''}
      </p>
      <ul>
        {cases.slice(0, MOST_LEAVERS_CASES).map(({ id, diarienummer, officerName }) => (
          <li key={id}>
            <Dnr number={diarienummer} href={caseHref(id)} /> {officerName}
          </li>
        ))}
      </ul>
    </Callout>
  );
