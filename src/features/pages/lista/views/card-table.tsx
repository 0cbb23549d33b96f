import type { ComponentChildren, VNode } from 'preact';

interface TableProps {
  /** Names the table for those who do not see it. */
  readonly label: string;
  readonly columns: readonly string[];
  /** The headings are there to be heard only: the table continues another. */
  readonly quietHead?: boolean;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/**
 * A table that becomes a list of cards where it is narrow. The roles are said since the cards' layout would take them
 * away in some browsers.
 */
export const CardTable = ({ label, columns, quietHead, class: className, children }: TableProps): VNode => (
  <table class={`list cards${className === undefined ? '' : ` ${className}`}`} role="table" aria-label={label}>
    <colgroup>
      {columns.map((column) => (
        <col key={column} />
      ))}
    </colgroup>
    <thead role="rowgroup" class={quietHead === true ? 'quiet-head' : undefined}>
      <tr role="row">
        {columns.map((column) => (
          <th key={column} scope="col" role="columnheader">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">{children}</tbody>
  </table>
);

export const CardRow = ({ children }: { readonly children: ComponentChildren }): VNode => (
  <tr role="row">{children}</tr>
);

interface CellProps {
  /** The column's heading, shown on a card. */
  readonly label?: string;
  readonly class?: string;
  readonly children?: ComponentChildren;
}

export const CardCell = ({ label, class: className, children }: CellProps): VNode => (
  <td role="cell" data-label={label} class={className}>
    {children}
  </td>
);
