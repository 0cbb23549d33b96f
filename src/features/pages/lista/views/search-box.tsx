import type { VNode } from 'preact';
import { assetHref } from '../../../../platform/web/assets.js';

/** Search from Bevakning: leads to the list of cases. With scripts Ctrl+K (⌘K) puts the cursor here, and the box says so. */
export const SearchBox = (): VNode => (
  <form class="search-box" role="search" action="/arenden" method="get">
    <label class="ds-sr-only" for="sok">
      Sök diarienummer, ärendemening eller avsändare
    </label>
    <input
      class="ds-input"
      id="sok"
      name="q"
      type="search"
      placeholder="Sök nummer, ärende, avsändare"
      autocomplete="off"
      data-search-key=""
    />
    <button type="submit" class="ds-button" data-variant="secondary">
      Sök
    </button>
    <script type="module" src={assetHref('search.js')} />
  </form>
);
