/* A form that has been sent is not sent twice by an impatient click. Pages work without this. */
addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  event.submitter?.setAttribute('aria-busy', 'true');
});

/* Someone who comes back to the page, by the browser's own buttons, may send it again. */
addEventListener('pageshow', () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
    for (const busy of form.querySelectorAll('[aria-busy]')) busy.removeAttribute('aria-busy');
  }
});

/* Acts are done in the page of a case, which then has another address: Back and forward between such addresses load what
   stood there. A leap within the page is none. */
const shown = () => location.pathname + location.search;
document.documentElement.dataset.shown = shown();
addEventListener('popstate', () => {
  if (shown() !== document.documentElement.dataset.shown) location.reload();
});
