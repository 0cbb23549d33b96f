/* Search without waiting: Ctrl+K (⌘K on a Mac) leads to the search box, and the list of cases follows what is typed. */
const box = document.querySelector('[data-search-key]');
const WAIT_MS = 250;

/* With a modifier: a single character may not be a shortcut that cannot be turned off (WCAG 2.1.4). What browsers do at
   the same keys, searching from the address bar, Ctrl+L does too; on a Mac Ctrl+K deletes in a field, and stays. */
const isMac = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);

const isSearchKey = ({ key, ctrlKey, metaKey, altKey, shiftKey }) =>
  key.toLowerCase() === 'k' && (isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey) && !altKey && !shiftKey;

if (box) {
  const label = isMac ? '⌘K' : 'Ctrl+K';
  box.setAttribute('aria-keyshortcuts', isMac ? 'Meta+K' : 'Control+K');
  if (box.placeholder === '') box.title = `Kortkommando: ${label}`;
  // A screen that is touched has no such keys, and less room.
  else if (matchMedia('(hover: hover)').matches) box.placeholder += ` (${label})`;
}

addEventListener('keydown', (event) => {
  if (!box || !isSearchKey(event)) return;
  event.preventDefault();
  box.focus();
  box.select();
});

/* On the list itself: the results are fetched as they would be after pressing the button. */
const form = document.querySelector('[data-live]')?.closest('form');
const results = () => document.getElementById('resultat');
const told = document.getElementById('traffar');
let waiting;
let asked;

const LOGGED_OUT = 'Du är utloggad; det du skrivit står kvar. Logga in i en annan flik.';
const NOT_NOW = 'Sökningen går inte att göra just nu. Det du skrivit står kvar.';

/* Old hits would be taken for those of what was typed since. */
function fail(text) {
  const callout = document.createElement('div');
  callout.className = 'callout warn';
  callout.textContent = text;
  results().replaceChildren(callout);
  told.textContent = text;
}

/* Hits come in an order of their own: the choice is there when nothing is searched for. */
function showOrder(isSearch) {
  for (const node of form.querySelectorAll('[data-order]')) node.hidden = isSearch;
  for (const node of form.querySelectorAll('[data-order-of-search]')) node.hidden = !isSearch;
}

async function refresh() {
  asked?.abort();
  asked = new AbortController();
  const all = [...new FormData(form)];
  const isSearch = all.some(([name, value]) => name === 'q' && value.trim() !== '');
  showOrder(isSearch);
  const typed = all.filter(([name, value]) => value !== '' && !(isSearch && name === 'ordning'));
  const address = `${form.action}?${new URLSearchParams(typed)}`;
  try {
    const answer = await fetch(address, { headers: { Accept: 'text/html' }, signal: asked.signal });
    if (answer.status === 401 || answer.redirected) return fail(LOGGED_OUT);
    // A day that is half typed: the hits stand until it can be read.
    if (answer.status === 422) return;
    if (!answer.ok) return fail(NOT_NOW);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const found = page.getElementById('resultat');
    if (!found) return;
    results().replaceWith(found);
    told.textContent = found.dataset.told ?? '';
    history.replaceState(null, '', address);
    // As forms.js looks for it: this is what stands there, and no leap within it loads it anew.
    document.documentElement.dataset.shown = location.pathname + location.search;
  } catch (error) {
    if (error.name !== 'AbortError') fail(NOT_NOW);
  }
}

if (form && results() && told) {
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, WAIT_MS);
  });
}
