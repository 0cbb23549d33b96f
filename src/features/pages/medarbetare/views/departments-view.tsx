import type { VNode } from 'preact';
import { Button, ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { Done } from '../../../../platform/web/components/callout.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Field, Select, type Option } from '../../../../platform/web/components/field.js';
import { Form, Hidden } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import type { Department } from '../../../boards/board.repository.js';
import { counted } from '../../arende/words/days.js';
import { MeanwhileView } from '../../arende/views/conflict-view.js';
import { CardCell, CardRow, CardTable } from '../../lista/views/card-table.js';
import type { DepartmentConflict } from '../department-conflict.js';
import { DEPARTMENT_LABELS as LABELS } from '../department-forms.js';
import type { BoardPeople, Colleague } from '../read-colleagues.js';
import { managerOption, type Typed } from './people-parts.js';
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
  return all.map(managerOption);
}

/** The choices, with one that was sent and is none of them any longer: it is told of as wrong, and not lost. */
const withSent = (options: readonly Option[], sent: string | undefined): readonly Option[] =>
  sent === undefined || sent === '' || options.some(({ value }) => value === sent)
    ? options
    : [...options, { value: sent, label: sent }];

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
          options={withSent([...managers.values()], values['chef'])}
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
  readonly conflict: DepartmentConflict | null;
}

/** One department's name and manager. */
export const DepartmentView = (props: OneProps): VNode => {
  const { place, department, basis, conflict, values, errors } = props;
  const action = departmentHref(department);
  return (
    <>
      <ErrorSummary errors={errors} />
      {conflict === null ? null : (
        <MeanwhileView
          title="Avdelningen har ändrats"
          message={`${conflict.by ?? 'Någon annan, eller du själv i ett annat fönster,'} ändrade avdelningen medan du hade sidan öppen. Inget av ditt är sparat än, och inget är borta.`}
          last={conflict.last}
          compared={conflict.compared}
        >
          I formuläret nedan står det som gäller nu, med dina ändringar ifyllda. Spara om det ska bli så.
        </MeanwhileView>
      )}
      <Panel title="Namn och chef">
        <Form action={action} label="Namn och chef">
          <Hidden name="grund" value={basis} />
          <Field name="namn" label={LABELS.namn} value={values['namn']} autoComplete="off" errors={errors} />
          <Select
            name="chef"
            label={LABELS.chef}
            hint={MANAGER_HINT}
            options={withSent(managersFor(place, managerOf(props)), values['chef'])}
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
