import type { VNode } from 'preact';
import { longDate } from '../../../../domain/calendar/long-date.js';
import { Button } from '../../../../platform/web/components/button.js';
import { Done } from '../../../../platform/web/components/callout.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Field, Select } from '../../../../platform/web/components/field.js';
import { Form, Hidden } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { Pill } from '../../../../platform/web/components/pill.js';
import { counted } from '../../arende/words/days.js';
import { rolesInWords } from '../../frame/role-words.js';
import { CardCell, CardRow, CardTable } from '../../lista/views/card-table.js';
import { PEOPLE_LABELS as LABELS } from '../people-forms.js';
import { linkWords, NO_PASSWORD } from '../invitation-words.js';
import type { BoardPeople, Colleague } from '../read-colleagues.js';
import { DepartmentSelect, personHref, RoleBoxes, type Typed } from './people-parts.js';
import { VacantDepartments } from './vacant-departments.js';

export interface PeopleViewProps extends Typed {
  readonly places: readonly BoardPeople[];
  /** Those who have no role at any board. */
  readonly withoutRole: readonly Colleague[];
  readonly notice: string | null;
  /** What the boards lack before their work can begin. */
  readonly leftToDo: VNode;
  /** What people also sign in with, and then need no password; null without an identity provider. */
  readonly provider: string | null;
}

type Provider = Pick<PeopleViewProps, 'provider'>;

const COLUMNS = ['Namn', 'Roller', 'Avdelning', 'Konto'];

const AccountPill = ({ one, isWaitedFor }: { readonly one: Colleague; readonly isWaitedFor: boolean }): VNode => {
  if (isWaitedFor) return <Pill tone="soon">{NO_PASSWORD}</Pill>;
  if (one.endedOn === null) return <Pill tone="calm">Aktivt</Pill>;
  const day = longDate(one.endedOn);
  return one.hasLeft ? <Pill tone="plain">{`Avslutat ${day}`}</Pill> : <Pill tone="soon">{`Avslutas ${day}`}</Pill>;
};

/** Whether the account is in use, in words. Where there is an identity provider nobody is waited for to choose a password. */
const AccountState = ({ one, provider }: { readonly one: Colleague } & Provider): VNode => {
  const { invitation } = one;
  const lacks = one.lacksPassword && !one.hasLeft;
  const isWaitedFor = lacks && one.endedOn === null && provider === null;
  const told = [
    ...(lacks && !isWaitedFor ? [NO_PASSWORD] : []),
    ...(lacks && provider === null && invitation !== null ? linkWords(invitation) : []),
  ];
  return (
    <>
      <AccountPill one={one} isWaitedFor={isWaitedFor} />
      {told.length === 0 ? null : <div class="sub">{told.join('. ')}</div>}
    </>
  );
};

const NameCell = ({ one, href }: { readonly one: Colleague; readonly href: string }): VNode => (
  <CardCell>
    <a href={href}>{one.name}</a>
    <div class="sub">{one.email}</div>
  </CardCell>
);

const AccountCell = (props: { readonly one: Colleague } & Provider): VNode => (
  <CardCell label="Konto">
    <AccountState {...props} />
  </CardCell>
);

const WithoutRole = ({ people, provider }: { readonly people: readonly Colleague[] } & Provider): VNode => (
  <Panel title="Utan roll i någon nämnd" note={counted(people.length, 'person', 'personer')} id="utan-roll" flush>
    <CardTable label="Medarbetare utan roll i någon nämnd" columns={['Namn', 'Konto']}>
      {people.map((one) => (
        <CardRow key={one.id}>
          <NameCell one={one} href={personHref(one.id)} />
          <AccountCell one={one} provider={provider} />
        </CardRow>
      ))}
    </CardTable>
  </Panel>
);

const OfBoard = ({ board, people, departments, provider }: BoardPeople & Provider): VNode => {
  const nameOf = new Map(departments.map(({ code, name }) => [code, name]));
  return (
    <Panel title={board.name} note={counted(people.length, 'person', 'personer')} flush>
      <CardTable label={`Medarbetare, ${board.name}`} columns={COLUMNS}>
        {people.map((one) => (
          <CardRow key={one.id}>
            <NameCell one={one} href={`${personHref(one.id)}?namnd=${encodeURIComponent(board.code)}`} />
            <CardCell label="Roller">{rolesInWords(one.roles)}</CardCell>
            <CardCell label="Avdelning">{nameOf.get(one.department ?? '') ?? 'Ingen'}</CardCell>
            <AccountCell one={one} provider={provider} />
          </CardRow>
        ))}
      </CardTable>
    </Panel>
  );
};

const Add = ({ places, values, errors }: PeopleViewProps): VNode | null => {
  const [first] = places;
  if (!first) return null;
  const boards = places.map(({ board }) => ({ value: board.code, label: board.name }));
  const plain = { autoComplete: 'off', errors } as const;
  return (
    <Panel title="Lägg till medarbetare" id="ny">
      <p class="sub">Ett mejl med en länk att välja lösenord med skickas till adressen. Länken gäller i ett dygn.</p>
      <Form action="/medarbetare" label="Lägg till medarbetare">
        {places.length === 1 ? (
          <Hidden name="namnd" value={first.board.code} />
        ) : (
          <Select name="namnd" label={LABELS.namnd} options={boards} value={values['namnd']} errors={errors} />
        )}
        <Field name="namn" label={LABELS.namn} value={values['namn']} {...plain} />
        <Field name="epost" type="email" label={LABELS.epost} value={values['epost']} {...plain} />
        <RoleBoxes values={values} errors={errors} />
        <DepartmentSelect places={places} values={values} errors={errors} />
        <Button>Lägg till</Button>
      </Form>
    </Panel>
  );
};

/** The people of the boards that one looks after. */
export const PeopleView = (props: PeopleViewProps): VNode => (
  <>
    <ErrorSummary errors={props.errors} />
    <Done text={props.notice} />
    {props.errors.length > 0 ? null : (
      <>
        {props.leftToDo}
        <VacantDepartments departments={props.places.flatMap(({ vacant }) => vacant)} reader="on-people" />
      </>
    )}
    {props.places.map((place) => (
      <OfBoard key={place.board.code} {...place} provider={props.provider} />
    ))}
    {props.withoutRole.length === 0 ? null : <WithoutRole people={props.withoutRole} provider={props.provider} />}
    <Add {...props} />
  </>
);
