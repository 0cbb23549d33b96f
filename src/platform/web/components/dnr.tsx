import type { VNode } from 'preact';

interface DnrProps {
  readonly number: string;
  readonly href?: string;
  /** The sender's own number, below. */
  readonly sender?: string | null;
}

/** A diarienummer, with the sender's below it. */
export const Dnr = ({ number, href, sender }: DnrProps): VNode => (
  <span class="dnr-both">
    {href === undefined ? (
      <span class="dnr">{number}</span>
    ) : (
      <a class="dnr" href={href}>
        {number}
      </a>
    )}
    {sender === undefined || sender === null ? null : <span class="sub">{sender}</span>}
  </span>
);
