import type { VNode } from 'preact';
import { ButtonLink, Buttons } from '../../../../platform/web/components/button.js';
import { Callout } from '../../../../platform/web/components/callout.js';

/** For someone who sees no cases: why, and what to do. */
export const NoCasesSeen = ({ administers }: { readonly administers: boolean }): VNode =>
  administers ? (
    <Callout title="Som systemförvaltare ser du inga ärenden">
      <p>Här lägger du upp dem som arbetar med ärendena och ger dem roller. En registrator registrerar remisserna.</p>
      <Buttons>
        <ButtonLink href="/medarbetare">Till Medarbetare</ButtonLink>
      </Buttons>
    </Callout>
  ) : (
    <Callout title="Du har ingen roll ännu">
      <p>Nämndens systemförvaltare ger dig en.</p>
    </Callout>
  );
