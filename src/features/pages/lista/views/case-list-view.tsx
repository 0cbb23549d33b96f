import type { VNode } from 'preact';
import { localDate, type LocalDate } from '../../../../domain/calendar/local-date.js';
import type { ClosedDays } from '../../../../domain/calendar/working-day.js';
import { assetHref } from '../../../../platform/web/assets.js';
import { Button, ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { Dnr } from '../../../../platform/web/components/dnr.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Fault, Select } from '../../../../platform/web/components/field.js';
import { Form } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { Pill, type PillTone } from '../../../../platform/web/components/pill.js';
import { errorOf, type FormErrors, type FormValues } from '../../../../platform/web/form-errors.js';
import type { ReferralItem } from '../../../referrals/referral.dto.js';
import { timeLeft } from '../../../reminders/templates/day-words.js';
import { OTHER_ROUTE_WORDS, STATUS_WORDS } from '../../arende/words/case-words.js';
import { counted, inShort } from '../../arende/words/days.js';
import { DayField } from '../../frame/views/typed-fields.js';
import { caseHref } from '../case-address.js';
import type { ListChoices } from '../list-choices.js';
import { LIST_LABELS as LABELS, LIST_PATH, ORDERS, STATUSES } from '../list-query.js';
import { CardCell, CardRow, CardTable } from './card-table.js';

export interface CaseListProps {
  readonly values: FormValues;
  readonly errors: FormErrors;
  readonly choices: ListChoices;
  readonly items: readonly ReferralItem[];
  readonly today: LocalDate;
  readonly isSearch: boolean;
  readonly isNarrowed: boolean;
  readonly mayRegister: boolean;
  readonly links: { readonly newer: string | null; readonly older: string | null; readonly first: string | null };
}

type FilterProps = Pick<CaseListProps, 'values' | 'errors' | 'choices' | 'isNarrowed' | 'isSearch'>;

const SearchField = ({ values, errors }: Pick<FilterProps, 'values' | 'errors'>): VNode => {
  const error = errorOf(errors, 'q');
  return (
    <div class="search-line">
      <label class="ds-label" for="falt-q">
        Sök
      </label>
      <input
        class="ds-input"
        id="falt-q"
        name="q"
        type="search"
        value={values['q']}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={error === null ? 'falt-q-hjalp' : 'falt-q-hjalp falt-q-fel'}
        aria-invalid={error === null ? undefined : 'true'}
        data-search-key=""
        data-live=""
      />
      <Button>Visa</Button>
      <span class="sub" id="falt-q-hjalp">
        Diarienummer, avsändarens diarienummer, eller ord ur ärendemening och avsändare
      </span>
      <Fault name="q" errors={errors} />
    </div>
  );
};

const FILTERS = ['namnd', 'handlaggare', 'avdelning', 'fore', 'status', 'ordning'];

const Filters = ({ values, errors, choices, isNarrowed, isSearch }: FilterProps): VNode => (
  <Form action={LIST_PATH} method="get" label="Sök och urval" class="filters">
    <SearchField values={values} errors={errors} />
    <details open={FILTERS.some((name) => (values[name] ?? '') !== '')}>
      <summary>Urval</summary>
      <div class="filter-fields">
        <Select
          name="status"
          label={LABELS.status}
          options={STATUSES}
          value={values['status'] ?? ''}
          empty="Öppna; vid sökning alla"
          optional
          errors={errors}
        />
        <Select
          name="handlaggare"
          label={LABELS.handlaggare}
          options={choices.officers}
          value={values['handlaggare']}
          empty="Alla"
          optional
          errors={errors}
        />
        <Select
          name="avdelning"
          label={LABELS.avdelning}
          options={choices.departments}
          value={values['avdelning']}
          empty="Alla"
          optional
          errors={errors}
        />
        {choices.boards.length < 2 ? null : (
          <Select
            name="namnd"
            label={LABELS.namnd}
            options={choices.boards.map(({ code, name }) => ({ value: code, label: name }))}
            value={values['namnd']}
            empty="Alla"
            optional
            errors={errors}
          />
        )}
        <DayField name="fore" label={LABELS.fore} value={values['fore']} optional errors={errors} />
        <div data-order="" hidden={isSearch}>
          <Select name="ordning" label={LABELS.ordning} options={ORDERS} value={values['ordning']} errors={errors} />
        </div>
        <p class="sub" data-order-of-search="" hidden={!isSearch}>
          Ordning: träffarna visas med de senast registrerade först.
        </p>
      </div>
      {isNarrowed ? (
        <p class="clear">
          <a href={LIST_PATH}>Rensa sökning och urval</a>
        </p>
      ) : null}
    </details>
  </Form>
);

const TONES: Partial<Record<NonNullable<ReferralItem['status']>, PillTone>> = {
  registered: 'soon',
  expedited: 'calm',
  closed: 'plain',
  cancelled: 'plain',
};

interface RowProps {
  readonly item: ReferralItem;
  readonly today: LocalDate;
  readonly closed: ClosedDays;
}

const Answer = ({ item, today, closed }: RowProps): VNode => {
  const { answerDue, workBy, status } = item;
  if (answerDue === null) return <span class="sub">Inte angivet</span>;
  const isWaiting = status !== null && !['expedited', 'closed', 'cancelled'].includes(status);
  const left = timeLeft(today, localDate(workBy ?? answerDue), closed);
  return (
    <>
      <b>
        <time dateTime={answerDue}>{inShort(answerDue, today)}</time>
      </b>
      {isWaiting ? <div class={left.endsWith('försenat') ? 'sub overdue' : 'sub'}>{left}</div> : null}
    </>
  );
};

/** Of a case that is secret to the reader, its number and the day it came in (OSL 5 kap. 2 §). */
const Masked = ({ item, today }: Omit<RowProps, 'closed'>): VNode => (
  <CardRow>
    <CardCell class="number">
      <Dnr number={item.diarienummer} href={caseHref(item.id)} />
    </CardCell>
    <CardCell class="matter">
      <Pill tone="plain">Sekretess</Pill>
      <div class="sub">{`Inkom ${inShort(item.receivedOn, today)}. Uppgifterna visas bara för dem som får öppna ärendet.`}</div>
    </CardCell>
    <CardCell />
    <CardCell />
    <CardCell />
  </CardRow>
);

const Row = ({ item, today, closed }: RowProps): VNode =>
  item.title === null || item.status === null ? (
    <Masked item={item} today={today} />
  ) : (
    <CardRow>
      <CardCell class="number">
        <Dnr number={item.diarienummer} href={caseHref(item.id)} sender={item.senderReference} />
      </CardCell>
      <CardCell class="matter">
        <span class="title" dir="auto">
          {item.title}
        </span>
        <div class="sub">
          <span class="sender" dir="auto">
            {item.sender}
          </span>
          {` · ${item.officer?.name ?? 'Ej fördelat'}`}
          {item.secret ? ' · Sekretess' : ''}
        </div>
      </CardCell>
      <CardCell label="Läge">
        <Pill tone={TONES[item.status] ?? 'flag'}>{STATUS_WORDS[item.status]}</Pill>
      </CardCell>
      <CardCell label="Sammanträde" class="date">
        {item.route !== null && item.route !== 'meeting' ? (
          <span class="sub">{OTHER_ROUTE_WORDS[item.route]}</span>
        ) : item.meeting === null ? (
          <span class="sub">Inget</span>
        ) : (
          <time dateTime={item.meeting}>{inShort(item.meeting, today)}</time>
        )}
      </CardCell>
      <CardCell label="Svar senast" class="date">
        <Answer item={item} today={today} closed={closed} />
      </CardCell>
    </CardRow>
  );

const COLUMNS = ['Diarienummer', 'Ärende', 'Läge', 'Sammanträde', 'Svar senast'];
const NO_DAYS: ClosedDays = new Set();

const Empty = ({ isSearch, isNarrowed, mayRegister }: CaseListProps): VNode => (
  <div class="pad empty">
    {isSearch ? (
      <p>
        <strong>Inget ärende hittades.</strong> Prova färre ord, eller början av ett ord. Ett nummer kan skrivas hur som
        helst: KS 2023/739, ks2023-739.
      </p>
    ) : isNarrowed ? (
      <p>
        <strong>Inga ärenden i det här urvalet.</strong> <a href={LIST_PATH}>Visa alla öppna</a>
      </p>
    ) : (
      <>
        <p>
          <strong>Här finns inga öppna ärenden.</strong> <a href={`${LIST_PATH}?status=alla`}>Visa också avslutade</a>
        </p>
        {mayRegister ? (
          <Buttons>
            <ButtonLink href="/registrera">Registrera en remiss</ButtonLink>
          </Buttons>
        ) : null}
      </>
    )}
  </div>
);

const Pages = ({ links: { newer, older, first } }: Pick<CaseListProps, 'links'>): VNode | null =>
  newer === null && older === null ? null : (
    <nav class="pages" aria-label="Sidor">
      {first === null ? null : <a href={first}>Första sidan</a>}
      {newer === null ? null : (
        <a href={newer} rel="prev">
          Föregående
        </a>
      )}
      {older === null ? null : (
        <a href={older} rel="next">
          Nästa
        </a>
      )}
    </nav>
  );

const noteOf = ({ items, links, isSearch, values }: CaseListProps): string => {
  const isAll = links.newer === null && links.older === null;
  const what = counted(items.length, 'ärende', 'ärenden');
  const order = isSearch || values['ordning'] === 'registrerat' ? 'senast registrerade först' : 'efter svarsdag';
  return isAll ? `${what}, ${order}` : `${what} på sidan, ${order}`;
};

const Results = (props: CaseListProps): VNode => {
  const { items, choices, today, isSearch, errors } = props;
  const closed = new Map(choices.boards.map(({ code, closedDays }) => [code, closedDays]));
  const told = items.length === 0 ? 'Inga träffar' : `${counted(items.length, 'träff', 'träffar')} visas`;
  return (
    <div id="resultat" data-told={told}>
      {errors.length > 0 ? null : (
        <Panel title={isSearch ? 'Träffar' : 'Ärenden'} flush {...(items.length > 0 ? { note: noteOf(props) } : {})}>
          {items.length === 0 ? (
            <Empty {...props} />
          ) : (
            <CardTable label="Ärenden" columns={COLUMNS} class="cases">
              {items.map((item) => (
                <Row key={item.id} item={item} today={today} closed={closed.get(item.board) ?? NO_DAYS} />
              ))}
            </CardTable>
          )}
          <Pages {...props} />
        </Panel>
      )}
    </div>
  );
};

const Files = ({ choices }: Pick<CaseListProps, 'choices'>): VNode => (
  <p class="files sub">
    Hela diariet som fil:{' '}
    {choices.boards.map(({ code, name }, index) => {
      const path = `/api/v1/boards/${encodeURIComponent(code)}/register`;
      return (
        <span key={code}>
          {index > 0 ? '; ' : ''}
          {choices.boards.length > 1 ? `${name} ` : ''}
          <a href={`${path}.csv`} download="">
            CSV<span class="ds-sr-only"> för {name}</span>
          </a>
          {', '}
          <a href={`${path}.xlsx`} download="">
            Excel<span class="ds-sr-only"> för {name}</span>
          </a>
        </span>
      );
    })}
  </p>
);

/** All cases that the person sees: searched, narrowed, page by page. */
export const CaseListView = (props: CaseListProps): VNode => (
  <>
    <ErrorSummary errors={props.errors} />
    <section class="panel pad">
      <Filters {...props} />
    </section>
    <p id="traffar" class="ds-sr-only" role="status" aria-live="polite" />
    <Results {...props} />
    <Files {...props} />
    <script type="module" src={assetHref('search.js')} />
  </>
);
