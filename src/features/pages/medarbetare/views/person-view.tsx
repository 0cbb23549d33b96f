import type { VNode } from 'preact';
import type { LocalDate } from '../../../../domain/calendar/local-date.js';
import { longDate } from '../../../../domain/calendar/long-date.js';
import { Button } from '../../../../platform/web/components/button.js';
import { Done } from '../../../../platform/web/components/callout.js';
import { InstantText } from '../../../../platform/web/components/dates.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Select, type Option } from '../../../../platform/web/components/field.js';
import { FormKey } from '../../../../platform/web/components/form-key.js';
import { Form, Hidden } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { counted } from '../../arende/words/days.js';
import { DayField } from '../../frame/views/typed-fields.js';
import { MeanwhileView } from '../../arende/views/conflict-view.js';
import { LinkChoices } from '../../lista/views/link-choices.js';
import { handOverHref } from '../hand-over-form.js';
import { linkWords, NO_PASSWORD } from '../invitation-words.js';
import { PEOPLE_LABELS as LABELS } from '../people-forms.js';
import type { BoardPeople, HandedOver, OneColleague } from '../read-colleagues.js';
import type { RolesConflict } from '../roles-form.js';
import { DepartmentSelect, managerOption, personHref, RoleBoxes, type Typed } from './people-parts.js';
import { departmentCalled, VacantDepartments } from './vacant-departments.js';

export interface PersonViewProps {
  readonly one: OneColleague;
  /** The board whose roles are shown. */
  readonly place: BoardPeople;
  readonly today: LocalDate;
  /** What people also sign in with, and then need no password; null without an identity provider. */
  readonly provider: string | null;
  /** Who can have the cases of someone who leaves. */
  readonly heirs: readonly Option[];
  readonly roles: Typed;
  /** What the form of roles starts from. */
  readonly basis: string;
  readonly conflict: RolesConflict | null;
  readonly leave: Typed;
  readonly notice: string | null;
}

/** Others' roles and one's own beside each other. Nothing has been saved of what was chosen, and nothing of it is lost. */
const Overtaken = ({ by, last, compared }: RolesConflict): VNode => (
  <MeanwhileView
    title="Rollerna har ändrats"
    message={`${by ?? 'Någon annan, eller du själv i ett annat fönster,'} ändrade rollerna medan du hade sidan öppen. Inget av ditt är sparat än, och inget är borta.`}
    last={last}
    compared={compared}
  >
    I formuläret nedan står det som gäller nu, med dina ändringar ifyllda. Spara om det ska bli så.
  </MeanwhileView>
);

const isElsewhere = ({ departmentBoard }: OneColleague['person'], { board }: BoardPeople): boolean =>
  departmentBoard !== null && departmentBoard !== board.code;

const Roles = ({ one, place, roles, basis }: PersonViewProps): VNode => (
  <Panel title="Roller" note={place.board.name} id="roller">
    <Form action={`${personHref(one.person.id)}/roller`} label="Roller">
      <Hidden name="namnd" value={place.board.code} />
      <Hidden name="grund" value={basis} />
      <RoleBoxes {...roles} />
      <DepartmentSelect places={[place]} isElsewhere={isElsewhere(one.person, place)} {...roles} />
      <NextManager
        name="nychef"
        one={one}
        departments={one.manages.filter(({ board }) => board === place.board.code)}
        hint="När rollen avdelningschef tas bort, eller avdelningen ska få en annan chef."
        typed={roles}
      />
      <Button>Spara roller</Button>
    </Form>
  </Panel>
);

interface NextManagerProps {
  /** Of the field: each form on the page has its own. */
  readonly name: 'chef' | 'nychef';
  readonly one: OneColleague;
  readonly departments: OneColleague['manages'];
  readonly hint: string;
  readonly typed: Typed;
}

/** Who can manage the departments: managers of their boards, the one who manages them now not among them. */
function managersFor({ person, places }: OneColleague, departments: OneColleague['manages']): Option[] {
  const boards = [...new Set(departments.map(({ board }) => board))];
  const managersAt = (code: string): string[] =>
    (places.find(({ board }) => board.code === code)?.people ?? [])
      .filter((one) => one.endedOn === null && one.id !== person.id && one.roles.includes('manager'))
      .map(({ id }) => id);
  const able = boards.map((code) => new Set(managersAt(code)));
  const everyone = new Map(places.flatMap(({ people }) => people).map((one) => [one.id, one]));
  return [...everyone.values()].filter(({ id }) => able.every((ids) => ids.has(id))).map(managerOption);
}

/** Asked of someone who manages a department, so that it is not left without a manager unawares. */
const NextManager = ({ name, one, departments, hint, typed: { values, errors } }: NextManagerProps): VNode | null => {
  if (departments.length === 0) return null;
  const names = departments.map((department) => department.name).join(', ');
  return (
    <Select
      name={name}
      label={LABELS[name]}
      hint={`${hint} För ${names}. Väljs ingen står avdelningen utan chef, och ingen kan attestera dess ärenden. Den som saknas här behöver först rollen avdelningschef.`}
      options={managersFor(one, departments)}
      empty="Ingen än"
      value={values[name]}
      errors={errors}
      optional="unsaid"
    />
  );
};

const Leave = ({ one, heirs, leave }: PersonViewProps): VNode => {
  const { values, errors } = leave;
  if (!one.mayEnd) {
    return (
      <Panel title="Sluta" id="sluta">
        <p>
          Personen har roller även i andra nämnder. Kontot avslutas av någon som är systemförvaltare i alla. Ta bort
          alla roller här om personen slutar i den här nämnden. Öppna ärenden här lämnas över först.
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Sluta" id="sluta">
      <p class="sub">
        Alla öppna ärenden lämnas över i samma steg. Kontot går inte att logga in med från och med dagen. Ska personen
        vara kvar, <a href={handOverHref(one.person.email)}>lämna bara över ärendena</a>.
      </p>
      <Form action={`${personHref(one.person.id)}/sluta`} label="Sluta">
        <Select
          name="till"
          label={LABELS.till}
          options={heirs}
          empty="Välj en handläggare eller avdelningschef"
          value={values['till']}
          errors={errors}
        />
        <NextManager name="chef" one={one} departments={one.manages} hint="Tar över genast." typed={leave} />
        <DayField name="dag" label={LABELS.dag} hint="I dag eller senare." value={values['dag']} errors={errors} />
        <Button kind="danger">Lämna över och avsluta</Button>
      </Form>
    </Panel>
  );
};

/** The way back, for an account that has ended or is to end. */
const Reopen = ({ one, isGone }: Pick<PersonViewProps, 'one'> & { readonly isGone: boolean }): VNode => {
  const { person, mayEnd } = one;
  if (!mayEnd) {
    return (
      <Panel title="Konto" id="konto">
        <p>Kontot återöppnas av någon som är systemförvaltare i alla nämnder där personen har roller.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Konto" id="konto">
      <Form action={`${personHref(person.id)}/ateroppna`} label="Konto">
        <Button>{isGone ? 'Återöppna kontot' : 'Låt kontot vara kvar'}</Button>
      </Form>
    </Panel>
  );
};

/** For someone without a password: how it stands with the link, and another one. */
const WithoutPassword = ({ one: { person, mayEnd, invitation }, provider }: PersonViewProps): VNode => (
  <Panel title="Lösenord" id="losenord">
    <p>
      {[NO_PASSWORD, ...(invitation === null ? [] : linkWords(invitation))].join('. ')}.
      {provider === null ? null : ` Den som loggar in med ${provider} behöver inget.`}
    </p>
    {mayEnd ? (
      <Form action={`${personHref(person.id)}/skicka-lanken`} label="Lösenord">
        <FormKey sent={undefined} />
        <p class="sub">
          En ny länk att välja lösenord med mejlas till {person.email}, och gäller i ett dygn. Tidigare länkar gäller
          tills mejlet är skickat.
        </p>
        <Button kind="secondary">Skicka länken igen</Button>
      </Form>
    ) : (
      <p>
        Länken skickas igen av någon som är systemförvaltare i alla nämnder där personen har roller. Personen kan också
        själv begära en på inloggningssidan, under Glömt lösenordet.
      </p>
    )}
  </Panel>
);

interface ReceiptProps {
  readonly handedOver: HandedOver;
  /** The first day on which the account is no longer in use. */
  readonly endedOn: LocalDate | null;
}

const Receipt = ({ handedOver, endedOn }: ReceiptProps): VNode => (
  <Panel title="Överlämnat" note={counted(handedOver.cases.length, 'ärende', 'ärenden')} id="kvitto">
    <p>
      {handedOver.cases.length === 0 ? 'Inga öppna ärenden fanns att lämna över' : `Till ${handedOver.to}`}, av{' '}
      {handedOver.by} <InstantText at={handedOver.at} />.
    </p>
    {handedOver.cases.length === 0 ? null : (
      <ul>
        {handedOver.cases.map((number) => (
          <li key={number} class="dnr">
            {number}
          </li>
        ))}
      </ul>
    )}
    {handedOver.departments.map(({ name, manager }) => (
      <p key={name}>
        {manager === null
          ? `${departmentCalled(name)} har ingen chef${endedOn === null ? '' : ` från och med ${longDate(endedOn)}`}. Ingen kan attestera dess ärenden förrän någon har fått rollen.`
          : `${departmentCalled(name)} har ${manager} som chef.`}
      </p>
    ))}
  </Panel>
);

/** Someone's roles at a board, and their leaving. */
export const PersonView = (props: PersonViewProps): VNode => {
  const { one, place, today, roles, conflict, leave, notice } = props;
  const { endedOn } = one.person;
  const boards = one.places.map(({ board }) => ({
    label: board.name,
    href: `${personHref(one.person.id)}?namnd=${encodeURIComponent(board.code)}`,
    current: board.code === place.board.code,
  }));
  const isGone = endedOn !== null && endedOn <= today;
  return (
    <>
      <ErrorSummary errors={[...roles.errors, ...leave.errors]} />
      {conflict === null ? null : <Overtaken {...conflict} />}
      <Done text={notice} />
      <VacantDepartments departments={place.vacant} reader="administrator" />
      {endedOn === null ? null : (
        <p>
          {isGone ? 'Kontot är avslutat sedan ' : 'Kontot avslutas '}
          {longDate(endedOn)}.
        </p>
      )}
      {one.mayEnd && !isGone ? (
        <p>
          <a href={`${personHref(one.person.id)}/uppgifter`}>Rätta namn, e-postadress, titel eller telefon</a>
        </p>
      ) : null}
      {one.handedOver === null ? null : <Receipt handedOver={one.handedOver} endedOn={endedOn} />}
      {endedOn === null ? null : <Reopen one={one} isGone={isGone} />}
      {one.lacksPassword && !isGone ? <WithoutPassword {...props} /> : null}
      {boards.length < 2 || isGone ? null : <LinkChoices label="Nämnd" choices={boards} />}
      {isGone ? null : (
        <div class="cols">
          <div>
            <Roles {...props} />
          </div>
          <div>
            <Leave {...props} />
          </div>
        </div>
      )}
    </>
  );
};
