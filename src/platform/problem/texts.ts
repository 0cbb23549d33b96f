import type { RuleCode } from '../../domain/errors.js';
import type { Language } from './language.js';
import type { RequestCode } from './statuses.js';
import { swedish } from './words.js';

interface Text {
  /** What kind of problem it is: the same each time. */
  readonly title: string;
  /** What it was this time: `{fact}` is filled in, and `[…]` falls away when a fact in it is missing. */
  readonly detail: string;
}

type Texts = Readonly<Record<Language, Text>>;

const text = (sv: string, svDetail: string, en: string, enDetail: string): Texts => ({
  sv: { title: sv, detail: svDetail },
  en: { title: en, detail: enDetail },
});

/**
 * The Swedish of every rule, and the English title. What a rule says in English is its own message, which
 * stands where the detail is empty.
 */
export const RULE_TEXTS: Record<RuleCode, Texts> = {
  'date-invalid': text(
    'Datumet är ogiltigt',
    'Fältet [{field} ]ska vara en dag som finns[ i åren {years}], skriven ÅÅÅÅ-MM-DD[, inte ”{value}”].',
    'The date is invalid',
    '',
  ),
  'date-out-of-order': text(
    'Dagen stämmer inte med det som har hänt',
    'Dagen[ {value}] går inte att använda[: den måste vara {earliest} eller senare][: den måste vara {latest} eller tidigare][ ({against})].',
    'The day does not go with what has happened',
    '',
  ),
  'time-invalid': text(
    'Klockslaget är ogiltigt',
    'Fältet [{field} ]ska vara ett klockslag, skrivet TT:MM[, inte ”{value}”].',
    'The time of day is invalid',
    '',
  ),
  'text-invalid': text(
    'Texten är ogiltig',
    'Fältet [{field} ]innehåller inte en giltig text.',
    'The text is invalid',
    '',
  ),
  'field-required': text('En uppgift saknas', 'Fältet [{field} ]måste fyllas i.', 'A field is missing', ''),
  'lead-times-invalid': text(
    'Ledtiderna är ogiltiga',
    'Ledtiderna går inte ihop[: {field}]. De ska vara hela tal, och utkast minst avdelningschefens dag, som är minst' +
      ' förvaltningschefens, som är minst utskickets.',
    'The lead times are invalid',
    '',
  ),
  'number-pattern-invalid': text(
    'Mönstret för diarienummer är ogiltigt',
    'Mönstret för diarienummer går inte att använda[: ”{value}”]. Det ska innehålla {code}, {year} och {number}.',
    'The number pattern is invalid',
    '',
  ),
  'received-in-future': text(
    'Ankomstdagen har inte varit än',
    'Handlingen kan inte ha kommit in [{value}, ]efter dagens datum[ {today}].',
    'The document cannot have come in yet',
    '',
  ),
  'answer-date-invalid': text(
    'Svarsdagen går inte att använda',
    'Svarsdagen[ {value}] går inte att använda här[: den ska vara senare än {answerDue}][: den har redan varit, i dag är det {today}].',
    'The answer date cannot be used',
    '',
  ),
  'time-without-day': text(
    'Klockslaget saknar dag',
    'Klockslag hör till en svarsdag. Fyll i svarsdagen, eller ta bort klockslaget.',
    'The time has no day',
    '',
  ),
  'time-skipped': text(
    'Klockslaget finns inte den dagen',
    'Klockslaget[ {value}] finns inte den dagen[, {day}]: klockan ställs då fram från 02:00 till 03:00. Ange ett annat klockslag eller en annan dag.',
    'No clock shows that time on that day',
    '',
  ),
  'board-unknown': text(
    'Nämnden finns inte',
    'Det finns ingen nämnd med koden[ ”{value}”] som du har tillgång till.',
    'There is no such board',
    '',
  ),
  'person-unknown': text(
    'Personen finns inte',
    'Ingen som arbetar här har adressen[ ”{value}”].',
    'There is no such person',
    '',
  ),
  'person-lacks-role': text(
    'Personen saknar rollen',
    'Personen[ ”{value}”] har inte rollen som behövs för detta[: {role}][ i {boards}].',
    'The person lacks the role',
    '',
  ),
  'department-unknown': text(
    'Avdelningen finns inte',
    'Nämndens förvaltning har ingen avdelning med koden[ ”{value}”].',
    'There is no such department',
    '',
  ),
  'meeting-unknown': text(
    'Sammanträdet finns inte',
    'Nämnden har inget sammanträde den dagen[: {value}].',
    'There is no such meeting',
    '',
  ),
  'meeting-exists': text(
    'Sammanträdet finns redan',
    'Nämnden har redan ett sammanträde den dagen[: {value}].',
    'The meeting exists already',
    '',
  ),
  'meeting-cancelled': text(
    'Sammanträdet är inställt',
    'Sammanträdet[ {value}] är inställt och kan inte ändras eller väljas.',
    'The meeting is cancelled',
    '',
  ),
  'meeting-too-late': text(
    'Sammanträdet kommer för sent',
    'Sammanträdet[ {value}] kommer för sent för att svaret ska hinna lämnas i tid.',
    'The meeting comes too late',
    '',
  ),
  'meeting-in-past': text(
    'Sammanträdet har redan varit',
    'Sammanträdet[ {value}] har redan varit.',
    'The meeting has been held',
    '',
  ),
  'reminder-not-resendable': text(
    'Påminnelsen går inte att skicka igen nu',
    'Påminnelsen går inte att skicka igen nu[: {reason}].',
    'The reminder cannot be sent again now',
    '',
  ),
  'link-not-resendable': text(
    'Länken går inte att skicka igen nu',
    'Länken går inte att skicka igen nu[: {reason}].',
    'The link cannot be sent again now',
    '',
  ),
  'export-too-large': text(
    'Filen blir för stor',
    'En arbetsbok rymmer högst[ {limit}] ärenden. Välj färre dagar med from och to, eller hämta CSV.',
    'The file would be too large',
    '',
  ),
  'too-many-calendars': text(
    'Du har för många kalenderadresser',
    'Du har redan[ {limit}] kalenderadresser i bruk, och fler kan ingen ha. Spärra en som du inte använder, och skapa' +
      ' sedan den nya.',
    'You have too many calendars',
    '',
  ),
  'own-substitute': text(
    'Ingen utser sig själv till ersättare',
    'Du kan inte utse dig själv till ersättare för någon annan. Den som är borta väljer själv, eller en annan' +
      ' systemförvaltare.',
    'Nobody names themselves as a substitute',
    '',
  ),
  'absence-overlaps': text(
    'Frånvaron är redan anmäld',
    'Personen har redan en frånvaro som överlappar[, från och med {from} till och med {to}]. Ta tillbaka den först,' +
      ' eller välj andra dagar.',
    'The absence overlaps another',
    '',
  ),
  'absence-circle': text(
    'Ersättaren är själv borta',
    'Ersättaren är själv borta[ från och med {from} till och med {to}], och den som då träder in leder tillbaka till' +
      ' den som är borta. Välj en annan ersättare.',
    'The substitutes go round in a circle',
    '',
  ),
  'person-exists': text(
    'Adressen är upptagen',
    'Adressen[ ”{value}”] är upptagen. Se efter om personen redan står under Medarbetare: den som har slutat får sitt' +
      ' konto återöppnat på sin egen sida där.',
    'The address is taken',
    '',
  ),
  'department-exists': text(
    'Koden är upptagen',
    'Nämnden har redan en avdelning med koden[ ”{value}”]. Välj en annan kod, eller ändra den avdelningen.',
    'The code is taken',
    '',
  ),
  'manager-needs-department': text(
    'En avdelningschef behöver en avdelning',
    'En avdelningschef behöver en avdelning att vara chef för. Välj en av nämndens avdelningar.',
    'A manager needs a department',
    '',
  ),
  'department-elsewhere': text(
    'Personen hör till en annan avdelning',
    'Personen hör till en avdelning i en annan nämnd, och kan bara höra till en. Här kan du bara välja en avdelning som' +
      ' står utan chef, för den som ska bli dess chef.',
    'The person belongs to a department of another board',
    '',
  ),
  'last-admin': text(
    'Nämnden behöver en systemförvaltare',
    'Nämnden[ {board}] skulle stå utan systemförvaltare. Ge rollen till någon annan först.',
    'The board needs an administrator',
    '',
  ),
  'officer-has-cases': text(
    'Personen har öppna ärenden',
    'Personen är handläggare för öppna ärenden[ i nämnden {board}][: {cases}]. De behöver en annan handläggare först: en registrator fördelar om dem, eller avdelningschefen.',
    'The person has open cases',
    '',
  ),
  'not-found': text(
    'Finns inte',
    'Det du söker finns inte, eller är inget du har tillgång till.',
    'Not found',
    'There is no such thing, or none that you have access to.',
  ),
  forbidden: text(
    'Du saknar behörighet',
    'Din roll tillåter inte detta[: {act}].[ Det kräver {needs}.][ Möjliga avdelningar: {departments}.][ Möjligt nu: {possible}.]',
    'You are not allowed to do this',
    '',
  ),
  'act-not-allowed': text(
    'Det går inte i ärendets läge',
    '[Det går inte att {act} när ärendet är {status}: {reason}. ][Möjligt nu: {possible}.]',
    'The case does not allow this as it stands',
    '',
  ),
  'step-order': text(
    'Stegen kommer i fel ordning',
    'Ett tidigare steg måste göras först[: {missing}].',
    'The steps are out of order',
    '',
  ),
  'already-done': text('Det är redan gjort', 'Det är redan gjort[ {doneOn}].', 'It has already been done', ''),
  'confirmation-needed': text(
    'Det här behöver bekräftas',
    'Innan det görs[: {warnings}][ ({day})]. Skicka samma begäran med confirm: true om det ändå ska göras.',
    'This is to be confirmed',
    '',
  ),
  'outcome-not-of-route': text(
    'Beslutet hör inte till beslutsvägen',
    'Det beslutet[: {value}] kan inte fattas på ärendets beslutsväg[ ({route})].[ Möjligt är: {possible}.]',
    'The route does not allow this decision',
    '',
  ),
  'record-unknown': text(
    'Uppgiften är inte antecknad',
    'Ärendet har ingen sådan anteckning[: {value}].[ Antecknat är: {possible}.]',
    'That is not recorded',
    '',
  ),
  'record-not-latest': text(
    'Något senare vilar på anteckningen',
    'Bara det som antecknades sist kan tas tillbaka[: {latest}]. Ta tillbaka det först, eller rätta uppgiften.',
    'Something later rests on the record',
    '',
  ),
  'field-not-of-record': text(
    'Uppgiften hör inte till anteckningen',
    'Anteckningen[ {record}] har inte det fältet[: {field}].[ Det som kan rättas är: {possible}.]',
    'The record has no such field',
    '',
  ),
  'record-unchanged': text(
    'Anteckningen säger redan det',
    'Rättelsen ändrar ingenting: anteckningen[ {record}] säger redan det.',
    'The record says that already',
    '',
  ),
  'adjustment-not-allowed': text(
    'Det går inte i justeringens läge',
    '[Det går inte att {act}: den omedelbara justeringens läge är ”{adjustment}”. ][Möjligt nu: {possible}.]',
    'The adjustment does not allow this as it stands',
    '',
  ),
  'decline-needs-route': text(
    'En annan väg behövs',
    'Den som avstår från omedelbar justering måste ange en annan väg att hinna i tid[: {possible}].',
    'Declining needs another way to be in time',
    '',
  ),
  'duplicate-referral': text(
    'Remissen kan redan vara registrerad',
    'Samma avsändare och diarienummer hos avsändaren finns redan[ i {existing.diarienummer}].' +
      ' Registrera ändå genom att ange skälet i duplicateReason.',
    'The referral may already be registered',
    '',
  ),
  'version-missing': text(
    'If-Match saknas',
    'Skicka den ETag du läste som If-Match, så att ingen annans ändring skrivs över.',
    'If-Match is missing',
    '',
  ),
  'version-stale': text(
    'Någon annan har ändrat',
    'Uppgifterna har ändrats sedan du läste dem. Läs om dem och gör ändringen igen.',
    'Someone else has changed it',
    '',
  ),
  'idempotency-key-reused': text(
    'Nyckeln är redan använd',
    'Samma Idempotency-Key har redan använts för en annan begäran. Ta en ny nyckel för varje ny begäran.',
    'The key has been used',
    '',
  ),
  'idempotency-key-invalid': text(
    'Nyckeln är ogiltig',
    'Idempotency-Key ska vara 1–255 skrivbara ASCII-tecken.',
    'The key is invalid',
    '',
  ),
  'extension-open': text(
    'Ett anstånd är redan begärt',
    'Ett anstånd är redan begärt och har inte besvarats.',
    'An extension has been asked for already',
    '',
  ),
  'extension-not-open': text(
    'Inget anstånd väntar på svar',
    'Det finns inget begärt anstånd som väntar på svar.',
    'No extension waits for its answer',
    '',
  ),
  'series-exhausted': text(
    'Nummerserien är slut',
    'Nummerserien rymmer inga fler nummer i år. Systemförvaltaren måste ändra mönstret.',
    'The number series is exhausted',
    '',
  ),
  unauthenticated: text(
    'Du är inte inloggad',
    'Skicka en giltig åtkomstnyckel: Authorization: Bearer diar_….',
    'You are not signed in',
    'Send a valid bearer token: Authorization: Bearer diar_….',
  ),
  'cursor-invalid': text(
    'Platsen i listan går inte att läsa',
    'Adressen pekar på en plats som inte finns i den här listan. Börja om från första sidan.',
    'The cursor is invalid',
    '',
  ),
  'secrecy-invalid': text(
    'Sekretessuppgiften är ogiltig',
    'En sekretessmarkering ska ange bestämmelsen den kan grundas på[ ({field})].',
    'The secrecy note is invalid',
    '',
  ),
  'organisation-invalid': text(
    'Organisationsfilen har fel',
    'Organisationsfilen har fel, och inget har lästs in.',
    'The organisation file has errors',
    '',
  ),
  'route-invalid': text(
    'Beslutsvägen går inte att använda',
    'Beslutsvägen[ ”{value}”] går inte att använda för ärendet.',
    'The route cannot be used',
    '',
  ),
  'case-closed': text('Ärendet är avslutat', 'Ärendet är avslutat och kan inte ändras.', 'The case is closed', ''),
};

export const REQUEST_TEXTS: Record<RequestCode, Texts> = {
  'invalid-request': text(
    'Begäran har fel',
    'Rätta fälten i errors och skicka begäran igen. Inget har ändrats.',
    'The request has errors',
    'Mend the fields in errors and send the request again. Nothing has been changed.',
  ),
  'malformed-json': text(
    'Begäran är inte giltig JSON',
    'Innehållet går inte att läsa som JSON.',
    'The request is not valid JSON',
    'The body cannot be read as JSON.',
  ),
  'bad-request': text(
    'Begäran går inte att läsa',
    'Begäran går inte att läsa.',
    'The request cannot be read',
    'The request cannot be read.',
  ),
  'form-not-ours': text(
    'Formuläret gäller inte längre',
    'Sidan hade legat öppen för länge, eller så kom formuläret inte härifrån. Inget har ändrats.' +
      ' Läs om sidan och skicka igen; ett anrop till API:t med inloggning behöver huvudet X-CSRF-Token.',
    'The form is no longer valid',
    'The page had been open for too long, or the form did not come from here. Nothing has been changed.' +
      ' A call to the API with a session needs the header X-CSRF-Token.',
  ),
  'no-such-route': text(
    'Adressen finns inte',
    'Det finns inget på den här adressen. Se /api/docs.',
    'There is nothing at this address',
    'There is nothing at this address. See /api/docs.',
  ),
  'method-not-allowed': text(
    'Metoden finns inte här',
    'Adressen finns, men inte för den metoden. Möjliga: {allow}.',
    'The method is not allowed here',
    'The address exists, but not for this method. Possible: {allow}.',
  ),
  'request-timeout': text(
    'Begäran kom inte fram i tid',
    'Hela begäran kom inte fram i tid.',
    'The request took too long',
    'The whole request did not arrive in time.',
  ),
  'body-too-large': text(
    'Begäran är för stor',
    'Innehållet är större än {limit:size}.',
    'The request is too large',
    'The body is larger than {limit:size}.',
  ),
  'form-too-large': text(
    'Formuläret är för stort',
    'Det som är ifyllt är större än de {limit:size} som ett formulär rymmer. Inget har ändrats. Gå tillbaka: står texterna' +
      ' kvar, så kopiera dem, korta av den längsta och skicka igen. Annars får de skrivas in på nytt.',
    'The form is too large',
    'What is filled in is larger than the {limit:size} that a form has room for. Nothing has been changed.',
  ),
  'too-many-fields': text(
    'Formuläret har för många fält',
    'Ett formulär får ha högst {limit} fält. Inget har ändrats.',
    'The form has too many fields',
    'A form may have {limit} fields at most. Nothing has been changed.',
  ),
  'address-too-long': text(
    'Adressen är för lång',
    'Adressen är för lång.',
    'The address is too long',
    'The address is too long.',
  ),
  'unsupported-media-type': text(
    'Innehållstypen tas inte emot',
    'Skicka innehållet som application/json.',
    'The content type is not supported',
    'Send the body as application/json.',
  ),
  'too-many-requests': text(
    'För många försök',
    'Vänta en stund och försök igen.',
    'Too many attempts',
    'Wait a while and try again.',
  ),
  'internal-error': text(
    'Något gick fel hos oss',
    'Felet är antecknat. Uppge begärans nummer om du behöver hjälp. Inget har ändrats.',
    'Something went wrong on our side',
    'The fault has been noted. Give the number of the request if you need help. Nothing has been changed.',
  ),
  unavailable: text(
    'Tjänsten är tillfälligt otillgänglig',
    'Databasen svarar inte just nu. Försök igen om en stund, och se först efter om det hann sparas.',
    'The service is unavailable for the moment',
    'The database does not answer at the moment. Try again in a while, and look first whether it was saved.',
  ),
};

type Facts = Readonly<Record<string, unknown>>;

const shown = (fact: unknown): string | null => {
  if (typeof fact === 'string') return fact.length > 120 ? `${fact.slice(0, 119)}…` : swedish(fact);
  if (typeof fact === 'number') return String(fact);
  return Array.isArray(fact) && fact.length > 0 ? fact.map((one) => swedish(String(one))).join(', ') : null;
};

const KILOBYTE = 1024;

/** Bytes as people say them, in whole units and never more than there are: `256 kB`. */
function sizeInWords(bytes: number): string {
  const kilobytes = Math.floor(bytes / KILOBYTE);
  return kilobytes > 0 && kilobytes % KILOBYTE === 0 ? `${kilobytes / KILOBYTE} MB` : `${kilobytes} kB`;
}

/** `{fact}`, a fact within a fact: `{existing.diarienummer}`, or one that is so many bytes: `{limit:size}`. */
const FACT = /\{([a-zA-Z.]+)(:size)?\}/g;

const factAt = (facts: Facts, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (part, name) => (typeof part === 'object' && part !== null ? Reflect.get(part, name) : null),
      facts,
    );

const said = (fact: unknown, size: string | undefined): string | null =>
  size !== undefined && typeof fact === 'number' ? sizeInWords(fact) : shown(fact);

function fill(part: string, facts: Facts): string | null {
  let missing = false;
  const filled = part.replace(FACT, (all: string, path: string, size?: string) => {
    const value = said(factAt(facts, path), size);
    missing ||= value === null;
    return value ?? all;
  });
  return missing ? null : filled;
}

/** A detail with its facts filled in. Bracketed parts fall away when a fact in them is missing. */
export function detailWith(template: string, facts: Facts): string {
  const chosen = template.replace(/\[([^\]]*)\]/g, (_all, part: string) => fill(part, facts) ?? '');
  return chosen
    .replace(FACT, (all: string, path: string, size?: string) => said(factAt(facts, path), size) ?? all)
    .trim();
}
