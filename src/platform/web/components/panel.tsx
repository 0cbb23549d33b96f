import type { ComponentChildren, VNode } from 'preact';

interface PanelProps {
  readonly title: string;
  /** Beside the title: how many, or what it is. */
  readonly note?: ComponentChildren;
  /** For links and `aria-labelledby`. */
  readonly id?: string;
  /** A table or a list that goes out to the edges. */
  readonly flush?: boolean;
  readonly children: ComponentChildren;
}

/** A part of a page, with its heading. */
export const Panel = ({ title, note, id, flush, children }: PanelProps): VNode => (
  <section class="panel" id={id}>
    <header>
      <h2>{title}</h2>
      {note === undefined ? null : <p>{note}</p>}
    </header>
    {flush === true ? children : <div class="pad">{children}</div>}
  </section>
);
