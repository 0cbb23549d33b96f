import type { VNode } from 'preact';
import { Callout } from '../../../../platform/web/components/callout.js';
import type { VacantDepartment } from '../../../people/people.repository.js';
import { withQuery } from '../../lista/case-address.js';

/** Who reads it: an administrator on the page of colleagues or elsewhere, or someone else, who can ask one. */
export type VacancyReader = 'on-people' | 'administrator' | 'registrar';

interface VacantProps {
  readonly departments: readonly VacantDepartment[];
  readonly reader: VacancyReader;
}

/** A department at the start of a sentence: its own name may say what it is. */
export const departmentCalled = (name: string): string => (/^avdelning/i.test(name) ? name : `Avdelningen ${name}`);

const casesOf = ({ board, code }: VacantDepartment): string => withQuery('/arenden', { avdelning: `${board}:${code}` });

const WhatToDo = ({ reader }: Pick<VacantProps, 'reader'>): VNode => {
  switch (reader) {
    case 'on-people':
      return (
        <p>
          Ge någon rollen avdelningschef med avdelningen: öppna en medarbetare nedan, eller{' '}
          <a href="/medarbetare#ny">lägg till en ny</a>. Finns chefen redan, välj den under{' '}
          <a href="/avdelningar">Avdelningar</a>.
        </p>
      );
    case 'administrator':
      return (
        <p>
          Ge någon rollen avdelningschef med avdelningen på <a href="/medarbetare">Medarbetare</a>.
        </p>
      );
    case 'registrar':
      return (
        <p>
          Be en systemförvaltare att ge avdelningen en chef. Brådskar det kan ärendena få en annan avdelning så länge.
        </p>
      );
  }
};

/** Departments that nobody manages: who can see to it is told, and what it means until then. */
export const VacantDepartments = ({ departments, reader }: VacantProps): VNode | null => {
  const [first, ...others] = departments;
  if (first === undefined) return null;
  const isOne = others.length === 0;
  return (
    <Callout tone="warn" title={isOne ? `${departmentCalled(first.name)} har ingen chef` : 'Avdelningar utan chef'}>
      <p>
        {isOne ? 'Ingen kan attestera dess ärenden' : 'Ingen kan attestera deras ärenden'} förrän den har en chef.
        Påminnelserna om attest går till registratorerna så länge.
      </p>
      {isOne && reader !== 'registrar' ? null : (
        <ul>
          {departments.map((one) => (
            <li key={`${one.board}/${one.code}`}>
              {reader === 'registrar' ? <a href={casesOf(one)}>{`Ärenden på ${one.name}`}</a> : one.name}
            </li>
          ))}
        </ul>
      )}
      <WhatToDo reader={reader} />
    </Callout>
  );
};
