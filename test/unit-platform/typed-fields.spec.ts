import { describe, expect, it } from '@jest/globals';
import { refillIn, typedFields } from '../../src/platform/web/typed-fields.js';

const labelled = (labels: unknown, fields: object) => typedFields({ _etiketter: JSON.stringify(labels), ...fields });

describe('what was typed in a form', () => {
  it('is told by its labels, and choices by theirs', () => {
    const labels = [['namnd', 'Nämnd', ['EÅV', 'Vård och omsorg']], ['titel', 'Ärende'], ['not', 'Anteckning']]; // prettier-ignore
    expect(labelled(labels, { titel: 'Remiss', namnd: 'EÅV', not: ' ', nyckel: 'x' })).toEqual([
      { label: 'Nämnd', text: 'Vård och omsorg' },
      { label: 'Ärende', text: 'Remiss' },
    ]);
    expect(labelled([['a', 'A']], { a: ['1', '2', '1'] })).toEqual([{ label: 'A', text: '1, 2' }]);
  });

  it.each([
    ['a field that is named again and again', [['a', 'A'], ['a', 'B'], ['a', 'A']], { a: '1' }, [{ label: 'A', text: '1' }]],
    ['what belongs to every form', [['_token', 'A'], ['_etiketter', 'B'], ['_ifyllt', 'C'], ['steg', 'D']], { _token: '1', _ifyllt: '/', steg: '2' }, []],
    ['what has no label', [['a']], { a: '1', b: '2' }, []],
  ])('holds %s once or never', (_, labels, fields, told) => expect(labelled(labels, fields)).toEqual(told)); // prettier-ignore

  it.each([
    ['one long text', [['a', 'A']], { a: 'x'.repeat(250_000) }],
    ['a long label for many fields', Array.from({ length: 200 }, (_, n) => [`f${n}`, 'x'.repeat(1_000)]), Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`f${n}`, 'y']))],
    ['a long word for one choice that was made often', [['a', 'A', ['1', 'x'.repeat(200_000)]]], { a: Array.from({ length: 1_000 }, () => '1') }],
    ['long words for all choices', Array.from({ length: 200 }, (_, n) => [`f${n}`, 'A', ['1', 'x'.repeat(1_200)]]), Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`f${n}`, '1']))],
  ])('is cut where it is longer than any form: %s', (_, labels, fields) => {
    const told = labelled(labels, fields);
    const length = told.reduce((sum, { label, text }) => sum + label.length + text.length, 0);
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThanOrEqual(100_010);
  }); // prettier-ignore

  it('is told of two hundred fields at most', () => {
    const names = Array.from({ length: 900 }, (_, n) => `f${n}`);
    const labels = names.map((name) => [name, 'A']);
    expect(labelled(labels, Object.fromEntries(names.map((name) => [name, '1'])))).toHaveLength(200);
  });
});

describe('a form that can be shown again', () => {
  it('holds all that was sent but the button', () => {
    const sent = { _token: 't', _ifyllt: '/x/ifyllt', titel: 'A', val: ['1', '2'], steg: 'bekrafta' };
    expect(refillIn(sent)).toEqual({
      action: '/x/ifyllt',
      fields: [['_token', 't'], ['_ifyllt', '/x/ifyllt'], ['titel', 'A'], ['val', '1'], ['val', '2']],
    }); // prettier-ignore
  });

  it.each([
    ['leads elsewhere', { _ifyllt: '//evil.example' }],
    ['holds more than any form', { _ifyllt: '/x', a: 'x'.repeat(100_001) }],
  ])('is none when it %s', (_, sent) => expect(refillIn(sent)).toBeNull());
});
