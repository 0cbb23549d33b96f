import type { VNode } from 'preact';
import { ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { Sheet } from '../../../../platform/web/components/sheet.js';
import type { ExternOutcome } from '../../../accounts/sign-in-externally.js';

export type ExternFailure = Exclude<ExternOutcome['kind'], 'signed-in'>;

interface ExternFailedProps {
  readonly why: ExternFailure;
  readonly email: string | null;
  /** What the identity provider is called. */
  readonly provider: string;
}

interface Words {
  readonly title: string;
  readonly lede: string;
  readonly todo: string;
}

function wordsFor({ why, email, provider }: ExternFailedProps): Words {
  const again = 'Försök igen, eller logga in med lösenord.';
  switch (why) {
    case 'unknown':
      return {
        title: 'Du har inget konto i Diarium',
        lede: `Du är inloggad med ${provider} som ${email ?? 'en okänd adress'}, men ingen i Diarium har den adressen.`,
        todo: 'Be den som förvaltar systemet att lägga upp dig, eller rätta din adress.',
      };
    case 'unverified':
      return {
        title: 'Din adress är inte bekräftad',
        lede: `Inloggningen med ${provider} gick bra, men den gav ingen bekräftad e-postadress att känna igen dig på.`,
        todo: 'Be den som förvaltar inloggningen att skicka med den. Under tiden kan du logga in med lösenord.',
      };
    case 'cancelled':
      return { title: 'Inloggningen avbröts', lede: `Du avbröt inloggningen med ${provider}.`, todo: again };
    case 'stale':
      return {
        title: 'Inloggningen gäller inte längre',
        lede: 'Det tog för lång tid, eller så började den i en annan webbläsare.',
        todo: again,
      };
    case 'refused':
      return {
        title: 'Inloggningen godtogs inte',
        lede: `Svaret från ${provider} gick inte att lita på.`,
        todo: again,
      };
    case 'unreachable':
      return { title: 'Inloggningen svarar inte', lede: `${provider} går inte att nå just nu.`, todo: again };
  }
}

export const ExternFailedView = (props: ExternFailedProps): VNode => {
  const { title, lede, todo } = wordsFor(props);
  return (
    <Sheet title={title} lede={lede}>
      <p>{todo}</p>
      <Buttons>
        <ButtonLink href="/logga-in">Till inloggningen</ButtonLink>
      </Buttons>
    </Sheet>
  );
};
