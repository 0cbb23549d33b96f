import type { VNode } from 'preact';
import { Button, ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { Done } from '../../../../platform/web/components/callout.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Field, Select, type Option } from '../../../../platform/web/components/field.js';
import { Form, Hidden } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import type { Department } from '../../../boards/board.repository.js';
import { counted } from '../../arende/words/days.js';
import { CardCell, CardRow, CardTable } from '../../lista/views/card-table.js';
import { DEPARTMENT_LABELS as LABELS } from '../department-forms.js';
import type { BoardPeople, Colleague } from '../read-colleagues.js';
import type { Typed } from './people-parts.js';
import { departmentCalled } from './vacant-departments.js';

/** A department with the people of its board. */
export interface OneDepartment {
  readonly place: BoardPeople;
  readonly department: Department;
}

export const departmentHref = ({ board, code }: Department): string =>
  `/avdelningar/${encodeURIComponent(board)}/${encodeURIComponent(code)}`;

/** Who is named as the manager, able to be it or not. */
export const managerOf = ({ place, department }: OneDepartment): Colleague | null =>
  place.people.find(({ id }) => id === department.managerId) ?? null;

export const withoutManager = (name: string): string =>
  `${departmentCalled(name)} står sedan utan chef, och ingen kan attestera dess ärenden förrän den har en.`;

/** Those who can manage a department, and who is named as its manager already. */
function managersFor({ people }: BoardPeople, named: Colleague | null): Option[] {
  const able = people.filter(({ roles, hasLeft }) => roles.includes('manager') && !hasLeft);
  const all = named === null || able.some(({ id }) => id === named.id) ? able : [named, ...able];
  return all.map(({ email, name }) => ({ value: email, label: name }));
}

const OfBoard = (place: BoardPeople): VNode => {
  const { board, departments, vacant } = place;
  const isVacant = new Set(vacant.map(({ code }) => code));
  return (
    <Panel title={board.name} note={counted(departments.length, 'avdelning', 'avdelningar')} flush>
      {departments.length === 0 ? (
        <div class="pad empty">
          <p>
            <strong>Inga avdelningar än.</strong> Utan en avdelning kan ingen vara avdelningschef och attestera. Lägg
            till den första här nedanför.
          </p>
        </div>
      ) : (
        <CardTable label={`Avdelningar, ${board.name}`} columns={['Avdelning', 'Kod', 'Chef']}>
          {departments.map((department) => (
            <CardRow key={department.code}>
              <CardCell>
                <a href={departmentHref(department)}>{department.name}</a>
              </CardCell>
              <CardCell label="Kod">{department.code}</CardCell>
              <CardCell label="Chef">
                {isVacant.has(department.code) ? 'Ingen' : (managerOf({ place, department })?.name ?? 'Ingen')}
              </CardCell>
            </CardRow>
          ))}
        </CardTable>
      )}
    </Panel>
  );
};

const MANAGER_HINT =
  'Den som har rollen avdelningschef i nämnden. Finns ingen än: spara avdelningen, och ge sedan någon rollen under Medarbetare.';

interface ListProps extends Typed {
  readonly places: readonly BoardPeople[];
  readonly notice: string | null;
}

const Add = ({ places, values, errors }: ListProps): VNode | null => {
  const [first] = places;
  if (!first) return null;
  const plain = { autoComplete: 'off', errors } as const;
  const managers = new Map(places.flatMap((place) => managersFor(place, null)).map((one) => [one.value, one]));
  return (
    <Panel title="Lägg till avdelning" id="ny">
      <Form action="/avdelningar" label="Lägg till avdelning">
        {places.length === 1 ? (
          <Hidden name="namnd" value={first.board.code} />
        ) : (
          <Select
            name="namnd"
            label={LABELS.namnd}
            options={places.map(({ board }) => ({ value: board.code, label: board.name }))}
            value={values['namnd']}
            errors={errors}
          />
        )}
        <Field name="namn" label={LABELS.namn} value={values['namn']} {...plain} />
        <Field
          name="kod"
          label={LABELS.kod}
          hint="Kort, som HR. Bokstäver, siffror, - och _. Den går inte att ändra sedan."
          value={values['kod']}
          width="day"
          {...plain}
        />
        <Select
          name="chef"
          label={LABELS.chef}
          hint={MANAGER_HINT}
          options={[...managers.values()]}
          empty="Ingen än"
          value={values['chef']}
          errors={errors}
          optional="unsaid"
        />
        <Button>Lägg till</Button>
      </Form>
    </Panel>
  );
};

/** The departments of each board that one looks after, and a new one. */
export const DepartmentsView = (props: ListProps): VNode => (
  <>
    <ErrorSummary errors={props.errors} />
    <Done text={props.notice} />
    {props.places.map((place) => (
      <OfBoard key={place.board.code} {...place} />
    ))}
    <Add {...props} />
  </>
);

interface OneProps extends OneDepartment, Typed {
  /** What the form starts from. */
  readonly basis: string;
}

/** One department's name and manager. */
export const DepartmentView = (props: OneProps): VNode => {
  const { place, department, basis, values, errors } = props;
  const action = departmentHref(department);
  return (
    <>
      <ErrorSummary errors={errors} />
      <Panel title="Namn och chef">
        <Form action={action} label="Namn och chef">
          <Hidden name="grund" value={basis} />
          <Field name="namn" label={LABELS.namn} value={values['namn']} autoComplete="off" errors={errors} />
          <Select
            name="chef"
            label={LABELS.chef}
            hint={MANAGER_HINT}
            options={managersFor(place, managerOf(props))}
            empty="Ingen"
            value={values['chef']}
            errors={errors}
            optional="unsaid"
          />
          <Buttons>
            <Button>Spara</Button>
            <ButtonLink href="/avdelningar" kind="quiet">
              Avbryt
            </ButtonLink>
          </Buttons>
        </Form>
      </Panel>
    </>
  );
};
