import { describe, expect, it } from '@jest/globals';
import { passwordFault, type PasswordFault } from '../../../src/features/accounts/password-rule.js';

const OWNER = { name: 'Rut Registrator', email: 'rut.registrator@example.se' };

describe('passwordFault', () => {
  it.each<[string, PasswordFault | null, string]>([
    ['åtta gröna elefanter', null, 'some words'],
    ['aaaaaaaaaaaaaa', 'repeats', 'one letter'],
    ['abcabcabcabcabc', 'repeats', 'few letters'],
    ['123456789012', 'repeats', 'digits in their order'],
    ['abcdefghijklmnop', 'repeats', 'letters in their order'],
    ['elva tecken', 'too-short', '11 characters'],
    ['tolv tecken.', null, '12 characters'],
    ['😀😃😄😁😆😅', 'too-short', '6 characters, though 12 code units'],
    ['å'.repeat(1) + 'x y z '.repeat(43), 'too-long', 'more than 256'],
    ['Lösenord1234', 'common', 'a common word with digits'],
    ['L0sen0rd!!!!', 'common', 'the same, dressed up'],
    ['Sommaren2023!', 'common', 'a season'],
    ['qwertyuiop12', 'common', 'a row of keys'],
    ['Password1234', 'common', 'whatever the case'],
    ['stadsdelsnämnd', 'common', 'a word of the house'],
    ['Rut Registrator', 'own-name', 'own name'],
    ['registrator12345', 'common', 'own role'],
    ['rut.registrator@example.se', 'own-name', 'own address'],
    ['1234 Rut 5678!', 'own-name', 'own name with digits around it'],
  ])('%s: %s (%s)', (password, expected) => {
    expect(passwordFault(password, OWNER)).toBe(expected);
  });

  it('takes what looks alike on two keyboards for one', () => {
    expect(passwordFault('a\u030atta gro\u0308na', OWNER)).toBe('too-short');
  });
});
