/* The plan beside the form, worked out anew while the form is filled in. Without this, the button shows it. */
const marked = document.querySelector('[data-preview]');
const form = marked?.closest('form');
const region = document.getElementById('plan');
const told = document.getElementById('plan-besked');
const WAIT_MS = 400;
let waiting;
let asked;

async function refresh() {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(marked.dataset.preview, {
      method: 'POST',
      headers: { 'X-Part': 'plan' },
      body: new URLSearchParams(new FormData(form)),
      signal: asked.signal,
    });
    if (!answer.ok || answer.redirected) return;
    region.innerHTML = await answer.text();
    const now = region.firstElementChild?.dataset.told ?? '';
    if (told.textContent !== now) told.textContent = now;
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}

if (form && region && told) {
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, WAIT_MS);
  });
}
