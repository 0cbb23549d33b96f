import type { ComponentChildren, VNode } from 'preact';
import { Document } from './document.js';

export interface SheetProps {
  readonly title: string;
  readonly lede?: ComponentChildren;
  readonly formToken?: string;
  readonly hasErrors?: boolean;
  /** For a form with much in it. */
  readonly wide?: boolean;
  readonly children?: ComponentChildren;
}

/** A page without the menu: signing in, setting up, and what went wrong. */
export const Sheet = ({ title, lede, formToken, hasErrors, wide, children }: SheetProps): VNode => (
  <Document
    title={title}
    hasErrors={hasErrors ?? false}
    bodyClass="sheet"
    {...(formToken === undefined ? {} : { formToken })}
  >
    <header class="sheet-head">
      <a class="brand" href="/">
        Diarium
      </a>
    </header>
    <main id="innehall" tabIndex={-1} class={wide === true ? 'wide' : undefined}>
      <h1>{title}</h1>
      {lede === undefined ? null : <p class="lede">{lede}</p>}
      {children}
    </main>
  </Document>
);
