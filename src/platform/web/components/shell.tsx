import type { ComponentChildren, VNode } from 'preact';
import { Document } from './document.js';
import { Form } from './form.js';

export interface MenuItem {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
  /** Shown beside the label, unless it is null. */
  readonly count?: { readonly number: string | null; readonly means: string; readonly hot: boolean };
}

export interface ShellProps {
  readonly title: string;
  /** One sentence below the title. */
  readonly lede?: ComponentChildren;
  /** Above the title: a number, or the way back. */
  readonly above?: ComponentChildren;
  /** Beside the title: search, or the act that the page is for. */
  readonly beside?: ComponentChildren;
  readonly menu: readonly MenuItem[];
  /** Whose cases: a board's name. */
  readonly place: string | null;
  readonly who: { readonly name: string; readonly detail: string };
  readonly formToken: string;
  readonly hasErrors?: boolean;
  readonly children: ComponentChildren;
}

const Count = ({ number, means, hot }: NonNullable<MenuItem['count']>): VNode | null =>
  number === null ? null : (
    <span class={hot ? 'n hot' : 'n'} title={`${number} ${means}`}>
      {number}
      <span class="ds-sr-only"> {means}</span>
    </span>
  );

const Menu = ({ menu }: Pick<ShellProps, 'menu'>): VNode => (
  <nav aria-label="Huvudmeny">
    <ul>
      {menu.map(({ href, label, current, count }) => (
        <li key={href}>
          <a href={href} aria-current={current ? 'page' : undefined}>
            <span>{label}</span>
            {count === undefined ? null : <Count {...count} />}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const Rail = ({ menu, place, who }: Pick<ShellProps, 'menu' | 'place' | 'who'>): VNode => (
  <header class="rail">
    <a class="brand" href="/">
      Diarium{place === null ? null : <small>{place}</small>}
    </a>
    {menu.length === 0 ? null : <Menu menu={menu} />}
    <div class="who">
      <a href="/konto" aria-label={`Mitt konto: ${who.name}`}>
        {who.name}
      </a>
      <span class="role">{who.detail}</span>
      <Form action="/logga-ut">
        <button type="submit" class="quiet">
          Logga ut
        </button>
      </Form>
    </div>
  </header>
);

/** A page for someone who is signed in: the rail with the menu, and the page itself beside it. */
export const Shell = (props: ShellProps): VNode => {
  const { title, lede, above, beside, formToken, hasErrors, children } = props;
  return (
    <Document title={title} formToken={formToken} hasErrors={hasErrors ?? false} bodyClass="with-rail">
      <Rail menu={props.menu} place={props.place} who={props.who} />
      <main id="innehall" tabIndex={-1}>
        <div class="page-head">
          <div>
            {above === undefined ? null : <p class="above">{above}</p>}
            <h1>{title}</h1>
            {lede === undefined ? null : <p class="lede">{lede}</p>}
          </div>
          {beside === undefined ? null : <div class="beside">{beside}</div>}
        </div>
        {children}
      </main>
    </Document>
  );
};
