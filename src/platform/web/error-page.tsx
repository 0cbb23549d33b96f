import type { VNode } from 'preact';
import type { Problem } from '../problem/problem.js';
import { Button, ButtonLink, Buttons } from './components/button.js';
import { NewTabLink } from './components/new-tab-link.js';
import { Sheet } from './components/sheet.js';
import { renderPage } from './render-page.js';
import type { Refill, TypedField } from './typed-fields.js';

interface Way {
  readonly text: string;
  readonly href: string;
  readonly label: string;
}

interface Asked {
  /** The page that the browser came from. */
  readonly from: string | null;
  /** What was typed in the form that could not be taken. */
  readonly typed: readonly TypedField[];
  /** Where that form can be shown again as it was filled in, once someone is signed in. */
  readonly refill: Refill | null;
  /** Whether nobody is signed in any more. */
  readonly signedOut: boolean;
}

const START = { href: '/', label: 'Till startsidan' };

/** Signing in, and then on to the page; at once for someone who is signed in. */
export const signInHref = (next: string | null): string =>
  next === null || next === '/' ? '/logga-in' : `/logga-in?vidare=${encodeURIComponent(next)}`;

const back = ({ from }: Asked, label: string): { href: string; label: string } =>
  from === null ? START : { href: from, label };

/** What a person can do about it. */
function wayOn({ status, type }: Problem, asked: Asked): Way {
  if (type === '/problems/form-not-ours' && asked.signedOut) {
    return { text: 'Logga in för att fortsätta.', href: signInHref(asked.from), label: 'Logga in' };
  }
  if (type === '/problems/form-not-ours') {
    const text = 'Läs om sidan, fyll i den igen och skicka.';
    return asked.from === null ? { text, ...START } : { text, href: signInHref(asked.from), label: 'Läs om sidan' };
  }
  if (status === 401) {
    return { text: 'Logga in för att fortsätta.', href: signInHref(asked.from), label: 'Logga in' };
  }
  if (status === 403) {
    return { text: 'Den som förvaltar systemet ger behörigheter.', ...back(asked, 'Tillbaka dit du var') };
  }
  if (status === 404) {
    return { text: 'Kontrollera adressen, eller gå till startsidan och sök därifrån.', ...START };
  }
  if (status === 409 || status === 412) {
    return { text: 'Läs om sidan och se hur det står nu.', ...back(asked, 'Läs om sidan') };
  }
  if (status === 429) return { text: '', ...back(asked, 'Försök igen') };
  if (status >= 500) return { text: 'Försök igen om en stund.', ...back(asked, 'Tillbaka dit du var') };
  return { text: 'Gå tillbaka och rätta det.', ...back(asked, 'Tillbaka dit du var') };
}

/** Texts that speak of the API where a page is meant. */
const IN_PAGES: Readonly<Record<string, { title: string; detail: string }>> = {
  '/problems/no-such-route': { title: 'Sidan finns inte', detail: 'Det finns ingen sida på den här adressen.' },
  '/problems/method-not-allowed': { title: 'Sidan finns inte', detail: 'Det finns ingen sida på den här adressen.' },
  '/problems/form-not-ours': {
    title: 'Formuläret gäller inte längre',
    detail: 'Sidan hade legat öppen för länge, eller så kom formuläret inte härifrån. Inget har ändrats.',
  },
  '/problems/unsupported-media-type': {
    title: 'Det går inte att ta emot',
    detail: 'Sidorna tar bara emot det som skickas från deras egna formulär. Inget har ändrats.',
  },
  '/problems/not-found': {
    title: 'Finns inte här',
    detail: 'Det du söker finns inte, eller är inget du har tillgång till.',
  },
  '/problems/unauthenticated': {
    title: 'Du är inte inloggad',
    detail: 'Du har loggats ut, eller aldrig varit inloggad.',
  },
  '/problems/forbidden': { title: 'Du saknar behörighet', detail: 'Din roll tillåter inte detta.' },
  '/problems/invalid-request': {
    title: 'Det går inte att läsa',
    detail: 'Något i adressen eller i formuläret går inte att läsa. Inget har ändrats.',
  },
  '/problems/version-missing': {
    title: 'Det går inte att läsa',
    detail: 'Formuläret säger inte vilken version av ärendet det gäller. Inget har ändrats.',
  },
  '/problems/internal-error': {
    title: 'Något gick fel hos oss',
    detail: 'Felet är antecknat. Inget har ändrats.',
  },
};

const SIGNED_OUT = {
  title: 'Du är inte inloggad längre',
  detail: 'Du har loggats ut medan sidan låg öppen, så formuläret togs inte emot. Inget har ändrats.',
};

/** The form goes along in this page alone, and comes back filled in: nothing of it is kept anywhere else. */
const Refilling = ({ refill, from }: { readonly refill: Refill; readonly from: string | null }): VNode => (
  <section aria-labelledby="fortsatt">
    <h2 id="fortsatt">Fortsätt där du var</h2>
    <ol>
      <li>
        <NewTabLink href={signInHref(from)}>Logga in</NewTabLink>
      </li>
      <li>Kom tillbaka till den här fliken och öppna formuläret igen. Det du skrev står kvar i det.</li>
    </ol>
    <form action={refill.action} method="post" class="refill">
      {refill.fields.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Buttons>
        <Button>Öppna det ifyllda formuläret</Button>
        <ButtonLink href={START.href} kind="quiet">
          {START.label}
        </ButtonLink>
      </Buttons>
    </form>
  </section>
);

const Typed = ({ typed, canRefill }: Pick<Asked, 'typed'> & { readonly canRefill: boolean }): VNode | null =>
  typed.length === 0 ? null : (
    <section class="typed" aria-labelledby="ifyllt">
      <h2 id="ifyllt">Det du fyllde i</h2>
      <p class="sub">
        {canRefill
          ? 'Inget av det är sparat än.'
          : 'Inget av det är sparat. Kopiera det du vill ha kvar, innan du går vidare.'}
      </p>
      <dl class="facts">
        {typed.map(({ label, text }) => (
          <>
            <dt>{label}</dt>
            <dd dir="auto">{text}</dd>
          </>
        ))}
      </dl>
    </section>
  );

const ErrorPage = ({ problem, asked }: { readonly problem: Problem; readonly asked: Asked }): VNode => {
  const { type, instance } = problem;
  const isLost = asked.signedOut && asked.typed.length > 0;
  const { title, detail } =
    isLost || (asked.signedOut && type === '/problems/form-not-ours') ? SIGNED_OUT : (IN_PAGES[type] ?? problem);
  const { text, href, label } = wayOn(problem, asked);
  return (
    <Sheet title={title} lede={detail}>
      {asked.refill === null ? null : <Refilling refill={asked.refill} from={asked.from} />}
      <Typed typed={asked.typed} canRefill={asked.refill !== null} />
      {asked.refill === null ? (
        <>
          {text === '' ? null : <p>{text}</p>}
          <Buttons>
            <ButtonLink href={href}>{label}</ButtonLink>
            {href === START.href ? null : (
              <ButtonLink href={START.href} kind="quiet">
                {START.label}
              </ButtonLink>
            )}
          </Buttons>
        </>
      ) : null}
      <p class="sub error-number">
        Behöver du hjälp, uppge numret <code>{instance}</code>
      </p>
    </Sheet>
  );
};

/** A problem as a page, in Swedish, with a way on. */
export const errorPage = (problem: Problem, asked: Asked): string =>
  renderPage(<ErrorPage problem={problem} asked={asked} />);
