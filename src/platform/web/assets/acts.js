/* The acts of a case, done in its page: the answer takes the place of the page, and no other is loaded. Pages work
   without this. What is sent once is never sent again by itself: a person who got no answer presses the button anew,
   and the version in the form has the page tell whether it got there after all. */
const ACT = /^\/arenden\/([^/]+)\/[^/]+$/;

const NO_ANSWER =
  'Det kom inget svar. Det du fyllt i står kvar. Kontrollera nätet och tryck en gång till: nådde det fram ändå får du veta det då, och inget görs två gånger.';

/* A server that took it and says nothing is taken for one that does not answer. */
const LONGEST_MS = 60_000;

let isSending = false;

const actionOf = (form, submitter) =>
  new URL(submitter?.getAttribute('formaction') ?? form.getAttribute('action'), location.href);

function isAct(form, submitter) {
  const { origin, pathname } = actionOf(form, submitter);
  return form.method === 'post' && form.closest('main') !== null && origin === location.origin && ACT.test(pathname);
}

/* As forms.js marks what is on its way. */
function release(form) {
  delete form.dataset.sent;
  for (const busy of form.querySelectorAll('[aria-busy]')) busy.removeAttribute('aria-busy');
}

function fail(form) {
  document.getElementById('inget-svar')?.remove();
  const callout = document.createElement('div');
  callout.id = 'inget-svar';
  callout.className = 'callout warn';
  callout.setAttribute('role', 'alert');
  callout.textContent = NO_ANSWER;
  form.prepend(callout);
  release(form);
}

/* A script that has been parsed but not loaded runs only when it is made anew; one that has run already does not. */
function runScripts() {
  for (const parsed of document.body.querySelectorAll('script[src]')) {
    const script = document.createElement('script');
    script.type = parsed.type;
    script.src = parsed.getAttribute('src');
    parsed.replaceWith(script);
  }
}

function show(page, address) {
  document.title = page.title;
  document.body.className = page.body.className;
  document.body.replaceChildren(...page.body.childNodes);
  runScripts();
  const { pathname, search } = address;
  const { dataset } = document.documentElement;
  const isSame = pathname + search === dataset.shown;
  dataset.shown = pathname + search;
  history[isSame ? 'replaceState' : 'pushState'](null, '', dataset.shown);
  const told =
    document.querySelector('.ds-error-summary') ??
    document.querySelector('main [role=status]') ??
    document.querySelector('h1');
  scrollTo(0, 0);
  told.tabIndex = -1;
  told.focus();
}

const isPage = (answer) => answer.headers.get('Content-Type')?.startsWith('text/html') === true;

async function send(form, submitter) {
  const action = actionOf(form, submitter);
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const signal = AbortSignal.timeout(LONGEST_MS);
  const answer = await fetch(action, { method: 'POST', headers: { Accept: 'text/html' }, body, signal });
  const text = await answer.text();
  const page = isPage(answer) ? new DOMParser().parseFromString(text, 'text/html') : null;
  const address = new URL(answer.url);
  const [, id] = ACT.exec(action.pathname);
  const isOfCase = address.pathname === `/arenden/${id}` || address.pathname.startsWith(`/arenden/${id}/`);
  if (isOfCase && page?.getElementById('innehall')) return show(page, address);
  // Another page of ours, as when the session has ended meanwhile: the act is done, and that page is only read.
  if (answer.redirected) return location.assign(answer.url);
  fail(form);
}

/* After the listener of forms.js, which stops what is sent twice. */
addEventListener('submit', async (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !isAct(form, submitter)) return;
  event.preventDefault();
  if (isSending) return release(form);
  isSending = true;
  try {
    await send(form, submitter);
  } catch {
    fail(form);
  } finally {
    isSending = false;
  }
});
