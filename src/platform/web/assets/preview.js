/* The plan beside the form, worked out anew while the form is filled in. Without this, the button shows it. */
const marked = document.querySelector('[data-preview]');
const form = marked?.closest('form');
const region = document.getElementById('plan');
const told = document.getElementById('plan-besked');
const WAIT_MS = 400;
let waiting;
let asked;

/* The answer to the button leads on from both, with all that was typed. */
const AND_ON = 'Det du skrivit står kvar: tryck på Registrera, ';
const LOGGED_OUT = `Inloggningen har upphört. ${AND_ON}så får du logga in och öppna formuläret ifyllt.`;
const OTHER_SESSION = `Inloggningen är en annan än när sidan öppnades. ${AND_ON}så får du öppna formuläret ifyllt.`;
const NOT_NOW = 'Planen går inte att räkna ut just nu. Det du skrivit står kvar.';

function tell(text) {
  if (told.textContent !== text) told.textContent = text;
}

/* An old plan beside what was typed since would be taken for the plan of it. */
function fail(text) {
  const callout = document.createElement('div');
  callout.className = 'callout warn';
  callout.textContent = text;
  region.replaceChildren(callout);
  tell(text);
}

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
    if (answer.status === 401 || answer.redirected) return fail(LOGGED_OUT);
    if (answer.status === 403) return fail(OTHER_SESSION);
    if (!answer.ok) return fail(NOT_NOW);
    region.innerHTML = await answer.text();
    tell(region.firstElementChild?.dataset.told ?? '');
  } catch (error) {
    if (error.name !== 'AbortError') fail(NOT_NOW);
  }
}

if (form && region && told) {
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, WAIT_MS);
  });
}
