import { localDateAt } from '../../domain/calendar/stockholm-time.js';
import type { Outcome, ReferralStatus, Route } from '../../domain/referral/lifecycle.js';
import type { AdjustmentStatus } from '../../domain/adjustment/adjustment.js';

/** A case as the register's query gives it. */
export interface RegisterRow {
  readonly id: string;
  readonly board: string;
  readonly year: number;
  readonly number: number;
  readonly diarienummer: string;
  readonly title: string;
  readonly internalTitle: string | null;
  readonly sender: string;
  readonly senderReference: string | null;
  readonly receivedOn: string;
  readonly registeredOn: string;
  readonly registeredAt: string;
  readonly documentDate: string | null;
  readonly answerDue: string | null;
  readonly answerDueTime: string | null;
  readonly answerTo: string | null;
  readonly workBy: string | null;
  readonly officerId: string | null;
  readonly officerName: string | null;
  readonly officerEmail: string | null;
  readonly department: string | null;
  readonly meeting: string | null;
  readonly route: Route;
  readonly status: ReferralStatus;
  readonly nextStep: string | null;
  readonly adjustment: AdjustmentStatus;
  /** JSON. */
  readonly decision: string | null;
  readonly secrecy: string | null;
  readonly cancellation: string | null;
  readonly answerSentOn: string | null;
  readonly answerSentHow: string | null;
  readonly note: string | null;
}

const STATUSES: Record<ReferralStatus, string> = {
  registered: 'registrerad',
  assigned: 'fördelad',
  'in-preparation': 'under beredning',
  approved: 'godkänd',
  'on-agenda': 'kallad',
  decided: 'beslutad',
  adjusted: 'justerad',
  expedited: 'expedierad',
  closed: 'avslutad',
  cancelled: 'makulerad',
};
const ROUTES: Record<Route, string> = {
  meeting: 'sammanträde',
  chair: 'ordförandebeslut',
  delegation: 'delegation',
  declined: 'avstår',
};
const OUTCOMES: Record<Outcome, string> = {
  adopted: 'antaget',
  declined: 'avstår',
  returned: 'återremiss',
  tabled: 'bordlagt',
  noted: 'noterat',
};
const ADJUSTMENTS: Record<AdjustmentStatus, string> = {
  'not-needed': 'ordinarie',
  proposed: 'omedelbar, föreslagen',
  confirmed: 'omedelbar, bekräftad',
  declined: 'omedelbar, avböjd',
  decided: 'omedelbar, beslutad',
  signed: 'omedelbar, undertecknad',
};

interface Column {
  /** The heading, in Swedish. */
  readonly heading: string;
  value(row: RegisterRow): string | number | null;
  /** Shown also of a secret case, to those who may not open it: number and date (OSL 5 kap. 2 §). */
  readonly always?: true;
  /** Part of what is shown to the public. */
  readonly isPublic?: true;
}

const json = (text: string | null): Readonly<Record<string, unknown>> => {
  const value: unknown = text === null ? null : JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
};
const member = (text: string | null, name: string): string | null => {
  const value = json(text)[name];
  return typeof value === 'string' ? value : null;
};
const isOutcome = (value: string | null): value is Outcome => value !== null && value in OUTCOMES;
const outcomeOf = (row: RegisterRow): string | null => {
  const outcome = member(row.decision, 'outcome');
  return isOutcome(outcome) ? OUTCOMES[outcome] : null;
};
const cancelledOn = (row: RegisterRow): string | null => {
  const at = member(row.cancellation, 'at');
  return at === null ? null : localDateAt(new Date(at));
};

/** Every column that the register can be written with, in their usual order. */
export const REGISTER_COLUMNS = {
  diarienummer: { heading: 'Diarienummer', value: (r) => r.diarienummer, always: true, isPublic: true },
  year: { heading: 'År', value: (r) => r.year, always: true, isPublic: true },
  number: { heading: 'Löpnummer', value: (r) => r.number, always: true, isPublic: true },
  receivedOn: { heading: 'Inkom', value: (r) => r.receivedOn, always: true, isPublic: true },
  registeredOn: { heading: 'Registrerad', value: (r) => r.registeredOn, always: true, isPublic: true },
  sender: { heading: 'Avsändare', value: (r) => r.sender, isPublic: true },
  senderReference: { heading: 'Avsändarens nummer', value: (r) => r.senderReference, isPublic: true },
  title: { heading: 'Ärendemening', value: (r) => r.title, isPublic: true },
  internalTitle: { heading: 'Intern ärendemening', value: (r) => r.internalTitle },
  documentDate: { heading: 'Handlingens datum', value: (r) => r.documentDate },
  answerDue: { heading: 'Svarsdatum', value: (r) => r.answerDue },
  answerDueTime: { heading: 'Klockslag', value: (r) => r.answerDueTime },
  answerTo: { heading: 'Svar till', value: (r) => r.answerTo },
  workBy: { heading: 'Sista arbetsdag', value: (r) => r.workBy },
  status: { heading: 'Status', value: (r) => STATUSES[r.status], isPublic: true },
  officer: { heading: 'Handläggare', value: (r) => r.officerName },
  officerEmail: { heading: 'Handläggarens e-post', value: (r) => r.officerEmail },
  department: { heading: 'Avdelning', value: (r) => r.department, isPublic: true },
  route: { heading: 'Beslutsväg', value: (r) => ROUTES[r.route] },
  meeting: { heading: 'Sammanträde', value: (r) => r.meeting },
  adjustment: { heading: 'Justering', value: (r) => ADJUSTMENTS[r.adjustment] },
  decisionDate: { heading: 'Beslutsdag', value: (r) => member(r.decision, 'date') },
  decisionParagraph: { heading: 'Paragraf', value: (r) => member(r.decision, 'paragraph') },
  decisionOutcome: { heading: 'Beslut', value: outcomeOf },
  answerSentOn: { heading: 'Svar avsänt', value: (r) => r.answerSentOn },
  answerSentHow: { heading: 'Svarssätt', value: (r) => r.answerSentHow },
  secrecy: { heading: 'Sekretessmarkering', value: (r) => member(r.secrecy, 'provision') },
  cancelledOn: { heading: 'Makulerad', value: cancelledOn },
  cancellationReason: { heading: 'Skäl för makulering', value: (r) => member(r.cancellation, 'reason') },
  note: { heading: 'Anteckning', value: (r) => r.note },
} as const satisfies Record<string, Column>;

export type ColumnName = keyof typeof REGISTER_COLUMNS;

const isColumnName = (name: string): name is ColumnName => Object.hasOwn(REGISTER_COLUMNS, name);
export const COLUMN_NAMES = Object.keys(REGISTER_COLUMNS).filter(isColumnName);

const columnOf = (name: ColumnName): Column => REGISTER_COLUMNS[name];

/** What the public is shown: the four things of OSL 5 kap. 2 §, and where the case is. */
export const PUBLIC_COLUMNS = COLUMN_NAMES.filter((name) => columnOf(name).isPublic === true);

/** What is written when no columns are asked for. */
export const USUAL_COLUMNS: readonly ColumnName[] = COLUMN_NAMES.filter((name) => name !== 'year' && name !== 'number');

export const headingOf = (name: ColumnName): string => columnOf(name).heading;

/** In the place of a title that is not shown. */
export const SECRET = 'Sekretess';

/** A cell; `open` is whether the reader may see more of the case than number and date. */
export function cellOf(name: ColumnName, row: RegisterRow, open: boolean): string | number {
  const column = columnOf(name);
  if (open || column.always === true) return column.value(row) ?? '';
  return name === 'title' ? SECRET : '';
}
