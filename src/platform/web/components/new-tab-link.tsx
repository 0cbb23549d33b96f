import type { ComponentChildren, VNode } from 'preact';

interface NewTabLinkProps {
  readonly href: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/**
 * A link away from a form that is half filled in. It opens beside the form, and says so: the way back to a form that
 * has been answered is not safe, since browsers ask whether it is to be sent once more.
 */
export const NewTabLink = ({ href, class: className, children }: NewTabLinkProps): VNode => (
  <a href={href} class={className} target="_blank" rel="noopener">
    {children} <span class="new-tab">(öppnas i ny flik)</span>
  </a>
);
