/* Search without waiting: `/` leads to the search box, and the list of cases follows what is typed. */
const box = document.querySelector('[data-search-key]');
const WAIT_MS = 250;

const isTyping = (node) =>
  node instanceof HTMLElement && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));

addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !box) return;
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

async function refresh() {
  asked?.abort();
  asked = new AbortController();
  const typed = [...new FormData(form)].filter(([, value]) => value !== '');
  const address = `${form.action}?${new URLSearchParams(typed)}`;
  try {
    const answer = await fetch(address, { headers: { Accept: 'text/html' }, signal: asked.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const found = page.getElementById('resultat');
    if (!found) return;
    results().replaceWith(found);
    told.textContent = found.dataset.told ?? '';
    history.replaceState(null, '', address);
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}

if (form && results() && told) {
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, WAIT_MS);
  });
}
