import { REQUEST_STATUS, STATUS } from '../../problem/statuses.js';
import { REQUEST_TEXTS, RULE_TEXTS } from '../../problem/texts.js';
import type { Json } from './json-schemas.js';

type Part = Json | undefined;

const escaped = (text: unknown): string => String(text ?? '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const at = (json: Part, ...keys: readonly string[]): Part =>
  keys.reduce<Part>((part, key) => {
    const next = part?.[key];
    return typeof next === 'object' && next !== null ? (next as Json) : undefined;
  }, json);

const listAt = (json: Part, key: string): Json[] => {
  const list = json?.[key];
  return Array.isArray(list) ? (list as Json[]) : [];
};

const code = (json: unknown): string =>
  `<pre tabindex="0"><code>${escaped(JSON.stringify(json, null, 2))}</code></pre>`;

const folded = (label: string, json: unknown): string =>
  json === undefined ? '' : `<details><summary>${escaped(label)}</summary>${code(json)}</details>`;

function parameterTable(parameters: readonly Json[]): string {
  if (parameters.length === 0) return '';
  const places: Readonly<Record<string, string>> = { path: 'adress', query: 'fråga', header: 'huvud' };
  const lines = parameters.map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><th scope="row"><code>${escaped(name)}</code></th><td>${escaped(places[String(place)])}</td>` +
      `<td>${required === true ? 'ja' : 'nej'}</td><td>${escaped(description ?? '')} <code>${escaped(JSON.stringify(schema))}</code></td></tr>`,
  );
  return (
    '<table><caption>Parametrar</caption><thead><tr><th scope="col">Namn</th><th scope="col">Finns i</th>' +
    `<th scope="col">Måste anges</th><th scope="col">Om</th></tr></thead><tbody>${lines.join('')}</tbody></table>`
  );
}

function answerList(responses: Part, document: Json): string {
  const items = Object.entries(responses ?? {}).map(([status, raw]) => {
    const answer = raw as Json;
    const reference = typeof answer['$ref'] === 'string' ? answer['$ref'].split('/').at(-1) : undefined;
    const real = reference === undefined ? answer : at(document, 'components', 'responses', reference);
    const schema = reference === undefined ? at(answer, 'content', 'application/json', 'schema') : undefined;
    return `<dt>${escaped(status)}</dt><dd>${escaped(real?.['description'])} ${folded('Svarets form', schema)}</dd>`;
  });
  return `<h4>Svar</h4><dl>${items.join('')}</dl>`;
}

function operationSection(path: string, method: string, operation: Json, document: Json): string {
  const id = escaped(operation['operationId']);
  const body = at(operation, 'requestBody', 'content', 'application/json', 'schema');
  const about = operation['description'] === undefined ? '' : `<p>${escaped(operation['description'])}</p>`;
  const open = Array.isArray(operation['security']) ? '<p>Öppen för alla.</p>' : '';
  return (
    `<section aria-labelledby="${id}"><h3 id="${id}">${escaped(operation['summary'])}</h3>` +
    `<p><code>${escaped(method.toUpperCase())} ${escaped(path)}</code></p>${about}${open}` +
    parameterTable(listAt(operation, 'parameters')) +
    folded('Innehållets form', body) +
    `${answerList(at(operation, 'responses'), document)}</section>`
  );
}

interface Entry {
  readonly path: string;
  readonly method: string;
  readonly operation: Json;
}

const entriesOf = (document: Json): Entry[] =>
  Object.entries(at(document, 'paths') ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Json).map(([method, operation]) => ({ path, method, operation: operation as Json })),
  );

function contents(entries: readonly Entry[]): string {
  const items = entries.map(
    ({ path, method, operation }) =>
      `<li><a href="#${escaped(operation['operationId'])}"><code>${escaped(method.toUpperCase())} ${escaped(path)}</code></a> ` +
      `${escaped(operation['summary'])}</li>`,
  );
  return `<nav aria-label="Innehåll"><ul>${items.join('')}</ul></nav>`;
}

/** Every kind of problem, with an anchor that its `type` leads to. */
function problemTable(): string {
  const texts = { ...RULE_TEXTS, ...REQUEST_TEXTS };
  const lines = Object.entries({ ...STATUS, ...REQUEST_STATUS }).map(([name, status]) => {
    const text = Object.entries(texts).find(([key]) => key === name)?.[1];
    return `<tr id="problem-${name}"><th scope="row"><code>/problems/${name}</code></th><td>${status}</td><td>${escaped(text?.sv.title)}</td></tr>`;
  });
  return (
    '<table><thead><tr><th scope="col">type</th><th scope="col">Status</th><th scope="col">Betyder</th></tr></thead>' +
    `<tbody>${lines.join('')}</tbody></table>`
  );
}

function schemaSections(document: Json): string {
  const schemas = Object.entries(at(document, 'components', 'schemas') ?? {});
  return schemas
    .map(([name, schema]) => `<h3 id="schema-${escaped(name)}">${escaped(name)}</h3>${code(schema)}`)
    .join('');
}

/** The document as a page that needs no script. */
export function docsPage(document: Json): string {
  const entries = entriesOf(document);
  const operations = entries.map(({ path, method, operation }) => operationSection(path, method, operation, document));
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API – Diarium</title>
<link rel="stylesheet" href="/api/docs/style.css">
</head>
<body>
<a class="skip" href="#main">Till innehållet</a>
<header><h1>Diariums API</h1></header>
<main id="main">
<p>${escaped(at(document, 'info')?.['description'])}</p>
<p>Samma beskrivning för maskiner: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<p>Skicka <code>Authorization: Bearer NYCKEL</code>. En nyckel skapas med <code>npx diarium token create E-POST</code>.</p>
<h2>Innehåll</h2>
${contents(entries)}
<h2>Anrop</h2>
${operations.join('\n')}
<h2>Problem</h2>
<p>Fel besvaras som <code>application/problem+json</code> (RFC 9457), på svenska eller engelska efter <code>Accept-Language</code>.</p>
${problemTable()}
<h2>Former</h2>
${schemaSections(document)}
</main>
</body>
</html>
`;
}

export const DOCS_STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h3 { margin-top: 2.5rem; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
caption { text-align: start; font-weight: 600; }
th, td { border: 1px solid #767676; padding: .3rem .6rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
pre { border: 1px solid #767676; overflow-x: auto; padding: .75rem; }
dt { font-weight: 600; }
summary { cursor: pointer; padding: .25rem 0; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
`;
