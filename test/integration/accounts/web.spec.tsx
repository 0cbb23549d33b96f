import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { localDate } from '../../../src/domain/calendar/local-date.js';
import { RuleError } from '../../../src/domain/errors.js';
import { readConfig } from '../../../src/platform/config/config.js';
import { lineText } from '../../../src/platform/http/text.js';
import { assetHref, findAsset } from '../../../src/platform/web/assets.js';
import { encodingFor } from '../../../src/platform/web/compression.js';
import { DateText, InstantText } from '../../../src/platform/web/components/dates.js';
import { Choice, Field, Select, TextArea } from '../../../src/platform/web/components/field.js';
import { Form } from '../../../src/platform/web/components/form.js';
import { Question } from '../../../src/platform/web/components/question.js';
import { Sheet } from '../../../src/platform/web/components/sheet.js';
import { errorsOfRule, readForm } from '../../../src/platform/web/form-errors.js';
import { localPath } from '../../../src/platform/web/local-path.js';
import { renderPage } from '../../../src/platform/web/render-page.js';
import { TooManyFields } from '../../../src/platform/problem/too-many-fields.js';
import { parseForm } from '../../../src/platform/web/serve-web.js';
import { Signer } from '../../../src/platform/web/signer.js';

const ERRORS = [{ field: 'titel', message: 'Titeln får inte vara tom.' }];

describe('A page', () => {
  it('starts with its doctype, speaks Swedish and escapes what people wrote', () => {
    const page = renderPage(<Sheet title={'<script>alert(1)</script>'} lede={'"><img onerror=x>'} />);
    expect(page).toMatch(/^<!doctype html><html lang="sv"/);
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<img');
  });

  it('refuses a form that changes something on a page without a token', () => {
    expect(() => renderPage(<Form action="/x">x</Form>)).toThrow('without a token');
    expect(
      renderPage(
        <Form action="/x" method="get">
          x
        </Form>,
      ),
    ).not.toContain('_token');
  });

  it('has every file under its hash', () => {
    for (const name of ['diarium.css', 'forms.js', 'icon.svg', 'inter.woff2'] as const) {
      expect(assetHref(name)).toBe(`/assets/${findAsset(name)?.hash ?? ''}/${name}`);
    }
    const css = findAsset('diarium.css')?.body.toString() ?? '';
    expect(css).toContain(assetHref('inter.woff2'));
    expect(css).not.toMatch(/url\(["']?https?:|@import/);
  });
});

describe('A field', () => {
  it('has its label, help and error tied to it', () => {
    const html = renderPage(<Field name="titel" label="Titel" hint="Kort" errors={ERRORS} value="x" />);
    expect(html).toContain('<label class="ds-label" for="falt-titel">Titel</label>');
    expect(html).toContain('aria-describedby="falt-titel-hjalp falt-titel-fel" aria-invalid="true"');
    expect(html).toContain('id="falt-titel-fel">Titeln får inte vara tom.</p>');
  });

  it('says when it may be left empty, and is tied to nothing that is not there', () => {
    const html = renderPage(<TextArea name="not" label="Not" optional errors={ERRORS} />);
    expect(html).toContain('(frivilligt)');
    expect(html).not.toMatch(/aria-|required/);
  });

  it('with choices has the chosen one chosen', () => {
    const options = [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B', hint: 'Den andra' },
    ];
    expect(renderPage(<Select name="v" label="Val" options={options} value="b" />)).toContain('value="b" selected');
    const radios = renderPage(<Choice name="v" label="Val" options={options} value="b" errors={[]} />);
    expect(radios).toMatch(/<legend class="ds-label">Val<\/legend>/);
    expect(radios).toMatch(/value="b" checked[^>]* aria-describedby="falt-v-1-hjalp"/);
  });

  it('asks before it does what cannot be undone', () => {
    const html = renderPage(
      <Sheet title="Makulera?" lede="" formToken="t">
        <Question
          action="/x"
          said={['Numret finns kvar.']}
          carried={[{ name: 'skal', value: 'Dubblett' }]}
          yes="Ja, makulera"
          cancel="/y"
        />
      </Sheet>,
    );
    expect(html).toMatch(/Stämmer det\?.*Numret finns kvar\..*<input type="hidden" name="skal" value="Dubblett"/s);
    expect(html).toMatch(/<button type="submit" name="steg" value="bekrafta"[^>]*>Ja, makulera</);
    expect(html).not.toContain('Ändra');
  });
});

describe('A day', () => {
  it('is read in words and by machines', () => {
    const html = renderPage(<DateText day={localDate('2023-10-27')} />);
    expect(html).toContain('<time datetime="2023-10-27">27 oktober 2023</time>');
    expect(renderPage(<DateText day={localDate('2023-10-27')} short />)).toContain('>27 oktober<');
  });

  it('and a time are Swedish time', () => {
    const html = renderPage(<InstantText at="2023-10-27T22:30:00.000Z" />);
    expect(html).toContain('28 oktober 2023 kl. 00.30');
  });
});

describe('readForm', () => {
  const schema = z.object({ titel: lineText(10), not: z.string().optional() });
  const labels = { titel: 'Titeln', not: 'Noten' };

  it('gives what was typed, without the token, and leaves out what is empty', () => {
    const { data, values } = readForm(schema, { titel: ' Åtta ', not: '', _token: 'x' }, labels);
    expect(data).toEqual({ titel: 'Åtta' });
    expect(values).toEqual({ titel: ' Åtta ', not: '' });
  });

  it.each([
    [{ titel: '' }, 'Titeln måste anges.'],
    [{ titel: 'a\u0007' }, 'Titeln innehåller styrtecken, som inte får finnas i text.'],
    [{ titel: 'x'.repeat(11) }, 'Titeln får vara högst 10 tecken.'],
    ['no form', 'Titeln måste anges.'],
  ])('tells %j as a sentence at its field', (body, message) => {
    expect(readForm(schema, body, labels).errors).toEqual([{ field: 'titel', message }]);
  });

  it('leaves out what is named after what every object has', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const sent = parseForm(names.map((name) => `${name}=1`).join('&') + '&titel=a');
    expect(Object.entries(sent)).toEqual([['titel', 'a']]);
    const addressed = JSON.parse('{"__proto__":"1","constructor":"1","titel":"a"}');
    expect(readForm(schema, addressed, labels).values).toEqual({ titel: 'a' });
  });

  it('reads a thousand fields, also of one name, and refuses more', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => String(n));
    expect(Object.keys(parseForm(many.join('&')))).toHaveLength(1_000);
    expect(parseForm(many.map((n) => `a=${n}`).join('&'))).toEqual({ a: many });
    expect(() => parseForm([...many, 'a=1'].join('&'))).toThrow(TooManyFields);
    expect(() => parseForm('&'.repeat(1_000))).toThrow(TooManyFields);
  });

  it('takes the last of a field that came several times', () => {
    expect(readForm(schema, parseForm('titel=a&titel=b'), labels).data).toEqual({ titel: 'b' });
  });
});

describe('errorsOfRule', () => {
  it('puts a broken rule at its field, or at the form, and lets bugs through', () => {
    const labels = { motesdag: 'Sammanträdet' };
    const broken = new RuleError('meeting-unknown', 'No such meeting', { field: 'meeting', value: '2023-10-26' });
    expect(errorsOfRule(broken, labels, { meeting: 'motesdag' })).toEqual([
      { field: 'motesdag', message: 'Nämnden har inget sammanträde den dagen: 26 oktober 2023.' },
    ]);
    expect(errorsOfRule(broken, labels)[0]?.field).toBeNull();
    expect(() => errorsOfRule(new TypeError('bug'), labels)).toThrow('bug');
  });
});

describe('localPath', () => {
  it.each([
    ['/arenden?q=a#b', '/arenden?q=a#b'],
    ['/', '/'],
    ['/a/../b', '/b'],
  ])('leads to %s', (text, path) => expect(localPath(text)).toBe(path));

  it.each([
    'https://evil.example', '//evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example', ' /a', 'a', '',
    '/.//evil.example', '/a/..//evil.example', '/logga-in', '/logga-ut', '/logga-in/extern', '/x'.repeat(2_000), 7, null,
    ['/a'],
  ])('does not lead to %p', (text) => expect(localPath(text)).toBeNull()); // prettier-ignore
});

describe('encodingFor', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', null],
    [undefined, null],
  ])('of %p is %p', (header, encoding) => expect(encodingFor(header)).toBe(encoding));
});

describe('Signer', () => {
  const signer = new Signer(readConfig({ SESSION_SECRET: 'a'.repeat(40) }));
  const other = new Signer(readConfig({ SESSION_SECRET: 'b'.repeat(40) }));

  it('opens what it sealed, for the same purpose, with the same secret, unchanged', () => {
    const sealed = signer.seal('a', 'hemligt');
    expect(signer.unseal('a', sealed)).toBe('hemligt');
    expect(signer.unseal('b', sealed)).toBeNull();
    expect(other.unseal('a', sealed)).toBeNull();
    expect(signer.unseal('a', sealed.slice(0, -2))).toBeNull();
    expect(signer.unseal('a', '')).toBeNull();
  });
});
