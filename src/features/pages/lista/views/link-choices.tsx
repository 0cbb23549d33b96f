import type { VNode } from 'preact';

/** A choice among a few, as links that the address remembers. */
export interface LinkChoice {
  readonly label: string;
  readonly href: string;
  readonly current: boolean;
}

interface LinkChoicesProps {
  readonly label: string;
  readonly choices: readonly LinkChoice[];
}

/** Nothing where there is nothing to choose between. */
export const LinkChoices = ({ label, choices }: LinkChoicesProps): VNode | null =>
  choices.length < 2 ? null : (
    <nav class="choices" aria-label={label}>
      <ul>
        {choices.map((choice) => (
          <li key={choice.href}>
            <a href={choice.href} aria-current={choice.current ? 'true' : undefined}>
              {choice.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
