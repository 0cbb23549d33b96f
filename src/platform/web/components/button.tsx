import type { ComponentChildren, VNode } from 'preact';

interface Look {
  /** `primary` once on a page: the act it is for. */
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly children: ComponentChildren;
}

interface ButtonProps extends Look {
  readonly name?: string;
  readonly value?: string;
  /** Another address than the form's. */
  readonly formAction?: string;
}

const VARIANT = { primary: 'primary', secondary: 'secondary', quiet: 'tertiary', danger: 'primary' } as const;

const look = (kind: NonNullable<Look['kind']>) => ({
  class: 'ds-button',
  'data-variant': VARIANT[kind],
  'data-color': kind === 'danger' ? 'danger' : undefined,
});

/** Sends the form that it stands in. */
export const Button = ({ kind = 'primary', name, value, formAction, children }: ButtonProps): VNode => (
  <button type="submit" name={name} value={value} formAction={formAction} {...look(kind)}>
    {children}
  </button>
);

/** Looks like a button and goes to a page. */
export const ButtonLink = ({ kind = 'primary', href, children }: Look & { readonly href: string }): VNode => (
  <a href={href} {...look(kind)}>
    {children}
  </a>
);

/** Buttons side by side, below each other where it is narrow. */
export const Buttons = ({ children }: { readonly children: ComponentChildren }): VNode => (
  <div class="buttons">{children}</div>
);
