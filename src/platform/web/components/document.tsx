import type { ComponentChildren, VNode } from 'preact';
import { assetHref } from '../assets.js';
import { FormToken } from './form-token.js';

export interface DocumentProps {
  /** What the page is called; it comes first in the window's title. */
  readonly title: string;
  /** Whether the page tells of errors in a form: the title then says so first. */
  readonly hasErrors?: boolean;
  /** The token that the page's forms carry; without it the page has no form that changes anything. */
  readonly formToken?: string;
  readonly bodyClass: 'with-rail' | 'sheet';
  readonly children: ComponentChildren;
}

/** What every page has around it. Skip link first, so that the keyboard reaches the content at once. */
export const Document = ({ title, hasErrors, formToken, bodyClass, children }: DocumentProps): VNode => (
  <html lang="sv" data-color-scheme="light">
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light" />
      <title>{`${hasErrors === true ? 'Fel: ' : ''}${title} – Diarium`}</title>
      <link rel="preload" href={assetHref('inter.woff2')} as="font" type="font/woff2" crossOrigin="anonymous" />
      <link rel="stylesheet" href={assetHref('diarium.css')} />
      <link rel="icon" href={assetHref('icon.svg')} type="image/svg+xml" />
      {formToken === undefined ? null : <meta name="form-token" content={formToken} />}
      <script type="module" src={assetHref('forms.js')} />
    </head>
    <body class={bodyClass}>
      <a class="ds-skip-link" href="#innehall">
        Hoppa till innehållet
      </a>
      <FormToken.Provider value={formToken ?? null}>{children}</FormToken.Provider>
    </body>
  </html>
);
