import type { VNode } from 'preact';
import { NewTabLink } from './new-tab-link.js';

interface DnrProps {
  readonly number: string;
  readonly href?: string;
  /** The sender's own number, below. */
  readonly sender?: string | null;
  /** Beside a form that is half filled in. */
  readonly newTab?: boolean;
}

/** A diarienummer, with the sender's below it. */
export const Dnr = ({ number, href, sender, newTab = false }: DnrProps): VNode => (
  <span class="dnr-both">
    {href === undefined ? (
      <span class="dnr">{number}</span>
    ) : newTab ? (
      <NewTabLink class="dnr" href={href}>
        {number}
      </NewTabLink>
    ) : (
      <a class="dnr" href={href}>
        {number}
      </a>
    )}
    {sender === undefined || sender === null ? null : <span class="sub">{sender}</span>}
  </span>
);
