import { describe, expect, it } from '@jest/globals';
import { smtpAddress } from '../../../src/platform/mail/smtp-address.js';

describe('smtpAddress', () => {
  it.each([
    ['smtp://mail.example.se', { host: 'mail.example.se', port: 587, secure: false, requireTLS: false }],
    ['smtps://mail.example.se', { port: 465, secure: true, requireTLS: false }],
    ['smtp://a%40b:p%3Aw@mail.example.se:25', { port: 25, auth: { user: 'a@b', pass: 'p:w' }, requireTLS: true }],
    ['smtp://a:b@127.0.0.1', { requireTLS: false }],
    ['smtp://a:b@mail.example.se?ignoreTLS=true', { requireTLS: false, ignoreTLS: true }],
    [
      'smtp://m.example.se?maxConnections=2&maxMessages=9&rateLimit=3',
      { maxConnections: 2, maxMessages: 9, rateLimit: 3 },
    ],
    ['smtp://m.example.se?pool=false&name=diarium.example.se', { maxConnections: 1, name: 'diarium.example.se' }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525 }],
  ])('reads %s', (url, expected) => expect(smtpAddress(url)).toMatchObject(expected));

  it.each([
    'nonsense', 'http://user:secret@mail.example.se', 'smtp://user:secret@mail.example.se?pol=true',
    'smtp://user:secret@m.se?requireTLS=maybe', 'smtp://user:secret%zz@m.se', 'smtp://user:secret@m.se?maxConnections=-1',
    'smtp://user:secret@m.se?name=a%0d%0ab',
  ])('refuses %s without repeating the password', (url) => {
    expect(() => smtpAddress(url)).toThrow(/^SMTP_URL: (?!.*secret)/);
  }); // prettier-ignore
});
