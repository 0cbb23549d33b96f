import type { VNode } from 'preact';
import type { Problem } from '../problem/problem.js';
import { ButtonLink, Buttons } from './components/button.js';
import { Sheet } from './components/sheet.js';
import { localPath } from './local-path.js';
import { renderPage } from './render-page.js';

interface Way {
  readonly text: string;
  readonly href: string;
  readonly label: string;
}

interface Asked {
  /** The page that the browser came from. */
  readonly from: string | null;
}

const START = { href: '/', label: 'Till startsidan' };

const back = ({ from }: Asked, label: string): { href: string; label: string } =>
  from === null ? START : { href: from, label };

/** What a person can do about it. */
function wayOn({ status, type }: Problem, asked: Asked): Way {
  if (type === '/problems/form-not-ours') {
    return { text: 'Läs om sidan, fyll i den igen och skicka.', ...back(asked, 'Läs om sidan') };
  }
  if (status === 401) {
    return { text: 'Logga in för att fortsätta.', href: '/logga-in', label: 'Logga in' };
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
  '/problems/not-found': {
    title: 'Finns inte här',
    detail: 'Det du söker finns inte, eller är inget du har tillgång till.',
  },
  '/problems/unauthenticated': {
    title: 'Du är inte inloggad',
    detail: 'Du har loggats ut, eller aldrig varit inloggad.',
  },
  '/problems/internal-error': {
    title: 'Något gick fel hos oss',
    detail: 'Felet är antecknat. Inget har ändrats.',
  },
};

const ErrorPage = ({ problem, asked }: { readonly problem: Problem; readonly asked: Asked }): VNode => {
  const { type, instance, errors } = problem;
  const { title, detail } = IN_PAGES[type] ?? problem;
  const { text, href, label } = wayOn(problem, asked);
  return (
    <Sheet title={title} lede={detail}>
      {errors === undefined || errors.length < 2 ? null : (
        <ul>
          {errors.map(({ field, reason }) => (
            <li key={field}>
              {field}: {reason}
            </li>
          ))}
        </ul>
      )}
      {text === '' ? null : <p>{text}</p>}
      <Buttons>
        <ButtonLink href={href}>{label}</ButtonLink>
        {href === START.href ? null : (
          <ButtonLink href={START.href} kind="quiet">
            {START.label}
          </ButtonLink>
        )}
      </Buttons>
      <p class="sub error-number">
        Behöver du hjälp, uppge numret <code>{instance}</code>
      </p>
    </Sheet>
  );
};

/** The way back to the page that a request came from, when that is one of ours. */
function cameFrom(referer: string | undefined, host: string | undefined): string | null {
  if (referer === undefined || !URL.canParse(referer)) return null;
  const url = new URL(referer);
  return url.host === host ? localPath(url.pathname + url.search) : null;
}

/** A problem as a page, in Swedish, with a way on. */
export function errorPage(problem: Problem, headers: { readonly referer?: string; readonly host?: string }): string {
  const asked = { from: cameFrom(headers.referer, headers.host) };
  return renderPage(<ErrorPage problem={problem} asked={asked} />);
}
