import type { VNode } from 'preact';
import { ROLES } from '../../../../domain/referral/permissions.js';
import { ROLE_WORDS } from '../../../../platform/problem/words.js';
import { Checkbox, Select, type Option } from '../../../../platform/web/components/field.js';
import { errorOf, fieldId, type FormErrors, type FormValues } from '../../../../platform/web/form-errors.js';
import { ROLE_MEANINGS } from '../../frame/role-words.js';
import { capital } from '../../lista/capital.js';
import { departmentValue, PEOPLE_LABELS as LABELS, roleField } from '../people-forms.js';
import { choiceLabel, leaverLabel } from '../../arende/words/away-words.js';
import type { BoardPeople, Colleague } from '../read-colleagues.js';

export interface Typed {
  readonly values: FormValues;
  readonly errors: FormErrors;
}

export const personHref = (id: string): string => `/medarbetare/${id}`;

/** A colleague to choose as a manager: by name, with whether they are away, or are to leave. */
export function managerOption({ email, name, endedOn, hasLeft, away }: Colleague): Option {
  const called = leaverLabel(name, hasLeft ? null : endedOn);
  return { value: email, label: choiceLabel(called, undefined, away ?? undefined) };
}

/** The roles to tick, as one question. */
export const RoleBoxes = ({ values, errors }: Typed): VNode => {
  const error = errorOf(errors, 'roller');
  const id = fieldId('roller');
  return (
    <fieldset
      class="ds-fieldset field"
      id={id}
      tabIndex={-1}
      aria-describedby={error === null ? undefined : `${id}-fel`}
    >
      <legend class="ds-label">{LABELS.roller}</legend>
      {ROLES.map((role) => (
        <Checkbox
          key={role}
          name={roleField(role)}
          label={capital(ROLE_WORDS[role])}
          hint={ROLE_MEANINGS[role]}
          checked={values[roleField(role)] !== undefined}
        />
      ))}
      {error === null ? null : (
        <p class="ds-validation-message" id={`${id}-fel`}>
          {error}
        </p>
      )}
    </fieldset>
  );
};

const HINT = 'En avdelningschef behöver en avdelning, och blir dess chef om den saknar en.';
const HINT_ELSEWHERE =
  'Personen hör till en avdelning i en annan nämnd, och är kvar i den. Välj bara en avdelning här som personen ska bli chef för.';

interface DepartmentProps extends Typed {
  readonly places: readonly BoardPeople[];
  /** Whether the person belongs to a department of a board that is none of these. */
  readonly isElsewhere?: boolean;
}

export const DepartmentSelect = ({ places, values, errors, isElsewhere = false }: DepartmentProps): VNode => {
  const options: Option[] = places.flatMap(({ board, departments }) =>
    departments.map(({ code, name }) => ({
      value: departmentValue(board.code, code),
      label: places.length > 1 ? `${name}, ${board.name}` : name,
    })),
  );
  return (
    <Select
      name="avdelning"
      label={LABELS.avdelning}
      hint={isElsewhere ? HINT_ELSEWHERE : HINT}
      options={options}
      empty="Ingen"
      value={values['avdelning']}
      errors={errors}
      optional="unsaid"
    />
  );
};
