import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { simpleParser, type ParsedMail } from 'mailparser';
import { MailError, type Mailer, type OutgoingMail } from '../../src/platform/mail/mailer.port.js';
import { SettableClock } from '../support/settable-clock.js';

/** A mailer under test, and what has come of the mails handed to it. */
export interface MailerUnderTest {
  readonly mailer: Mailer;
  /** Every mail that arrived, repeats under one Message-ID included only where the medium keeps them apart. */
  arrived(): Promise<readonly Buffer[]>;
  close(): Promise<void>;
}

export const aMail = (changes: Partial<OutgoingMail> = {}): OutgoingMail => ({
  messageId: '<0198c5f2-1@diarium.example.se>',
  from: 'Diarium <diarium@example.se>',
  to: { name: 'Hanna Handläggare', email: 'hanna.handlaggare@example.se' },
  subject: 'Påminnelse: svar senast fredag 27 oktober – EÅV 2023/1',
  text: 'Hej Hanna!\n\n.Remissen från kommunstyrelsen ska besvaras.\nÅÄÖ åäö é – ”citat”\n',
  html: '<p>Hej Hanna!</p><p>Remissen från kommunstyrelsen ska besvaras.</p>',
  ...changes,
});

const headerLines = (raw: Buffer): string[] => {
  const head = raw.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  return head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
};

/** What every adapter of `Mailer` does. */
export function mailerContract(name: string, open: (clock: SettableClock) => Promise<MailerUnderTest>): void {
  describe(`${name} as a Mailer`, () => {
    let under: MailerUnderTest;
    const clock = new SettableClock('2023-10-13T05:30:00.000Z');

    beforeEach(async () => {
      under = await open(clock);
    });
    afterEach(() => under.close());

    const sent = async (mail: OutgoingMail): Promise<{ raw: Buffer; parsed: ParsedMail }> => {
      await under.mailer.send(mail);
      const raw = (await under.arrived()).at(-1);
      if (!raw) throw new Error('Nothing arrived');
      return { raw, parsed: await simpleParser(raw) };
    };

    it('delivers Swedish names, subjects and texts unharmed', async () => {
      const { parsed } = await sent(aMail());
      expect(parsed.subject).toBe('Påminnelse: svar senast fredag 27 oktober – EÅV 2023/1');
      expect(parsed.from?.value).toEqual([{ name: 'Diarium', address: 'diarium@example.se' }]);
      expect(parsed.to).toMatchObject({
        value: [{ name: 'Hanna Handläggare', address: 'hanna.handlaggare@example.se' }],
      });
      expect(parsed.text?.trimEnd()).toBe(aMail().text.trimEnd());
      expect(parsed.html).toContain('<p>Remissen från kommunstyrelsen ska besvaras.</p>');
    });

    it('keeps the Message-ID, takes the date from the clock and says that no person wrote', async () => {
      const { raw } = await sent(aMail({ headers: { 'X-Diarium-Kind': 'reminder' } }));
      const lines = headerLines(raw);
      expect(lines).toContain('Message-ID: <0198c5f2-1@diarium.example.se>');
      expect(lines).toContain('Date: Fri, 13 Oct 2023 05:30:00 +0000');
      expect(lines).toContain('Auto-Submitted: auto-generated');
      expect(lines).toContain('X-Auto-Response-Suppress: All');
      expect(lines).toContain('X-Diarium-Kind: reminder');
      expect(lines.some((line) => /^x-mailer:/i.test(line))).toBe(false);
    });

    it('writes lines that end in CRLF and are no longer than a mail server takes', async () => {
      const { raw } = await sent(aMail({ text: 'å'.repeat(5_000), html: `<p>${'b'.repeat(5_000)}</p>` }));
      const text = raw.toString('latin1');
      expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
      expect(Math.max(...text.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(998);
    });

    it.each([
      ['a line break in the subject', { subject: 'Svar\r\nBcc: evil@example.se\r\n\r\nhej' }],
      ['a line break in the name', { to: { name: 'Hanna\r\nBcc: evil@example.se', email: 'hanna@example.se' } }],
      ['a line break in the sender', { from: { name: 'D\nBcc: evil@example.se', email: 'diarium@example.se' } }],
      ['a line break in a header', { headers: { 'X-Kind': 'a\r\nBcc: evil@example.se' } }],
      ['line separators and direction marks', { subject: 'a\u2028Bcc: evil@example.se\u202e\u0000\u0007b' }],
      ['an address in the name', { to: { name: 'x" <evil@example.se>, "y', email: 'hanna@example.se' } }],
      ['half a surrogate pair', { subject: 'hej \ud83d Bcc: evil@example.se' }],
    ])('makes %s harmless', async (_what, changes) => {
      const { raw, parsed } = await sent(aMail(changes));
      expect(headerLines(raw).some((line) => /^bcc:/i.test(line))).toBe(false);
      expect(parsed.bcc).toBeUndefined();
      expect(parsed.to).toMatchObject({ value: { length: 1 } });
      expect(parsed.subject).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
    });

    it('cuts a subject of a megabyte and sends the mail', async () => {
      const { parsed } = await sent(aMail({ subject: '🦉ärende '.repeat(130_000) }));
      expect(parsed.subject?.length).toBeLessThan(600);
      expect(parsed.subject).toMatch(/^🦉ärende .*…$/u);
    });

    it('delivers a text of two megabytes', async () => {
      const { parsed } = await sent(aMail({ text: 'Rad med åäö\n'.repeat(170_000) }));
      expect(parsed.text?.length).toBeGreaterThan(2_000_000);
    });

    it.each([
      '', 'hanna', '@example.se', 'hanna@', 'a b@example.se', 'hanna@example.se\r\nRCPT TO:<evil@example.se>',
      'hanna@example.se,evil@example.se', '<hanna@example.se>', 'ha\u0000nna@example.se', 'a@b@example.se',
      '"a"@example.se', `${'a'.repeat(400)}@example.se`, 'hanna@exam\u200bple.se',
    ])('refuses the address %j for good, without repeating it', async (email) => {
      const error: unknown = await under.mailer.send(aMail({ to: { name: 'H', email } })).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(MailError);
      expect(error).toMatchObject({ permanent: true, code: 'address-invalid' });
      expect(await under.arrived()).toEqual([]);
    }); // prettier-ignore

    it.each(['', 'no-brackets@example.se', '<a@b>\r\nBcc: x@y', '<a b@c>', '<>', `<${'a'.repeat(300)}@b>`])(
      'refuses the Message-ID %j',
      async (messageId) => {
        await expect(under.mailer.send(aMail({ messageId }))).rejects.toMatchObject({ code: 'message-id-invalid' });
      },
    );

    it.each(['Bcc', 'to', 'Message-ID', 'X-Ok: a\r\nBcc', 'Auto-Submitted'])('refuses a header %j', async (header) => {
      const mail = aMail({ headers: { [header]: 'evil@example.se' } });
      await expect(under.mailer.send(mail)).rejects.toMatchObject({ permanent: true, code: 'header-invalid' });
    });

    it('delivers many at once, each once', async () => {
      const ids = Array.from({ length: 40 }, (_, n) => `<many-${n}@diarium.example.se>`);
      await Promise.all(ids.map((messageId) => under.mailer.send(aMail({ messageId }))));
      const arrived = (await under.arrived()).map((raw) => /^Message-ID: (\S+)/im.exec(raw.toString('latin1'))?.[1]);
      expect(arrived.sort()).toEqual([...ids].sort());
    });

    it('says that it can send, and no longer when it is closed', async () => {
      await under.mailer.verify();
      await under.mailer.close();
      await under.mailer.close();
      await expect(under.mailer.verify()).rejects.toMatchObject({ permanent: false, code: 'closed' });
      await expect(under.mailer.send(aMail())).rejects.toMatchObject({ permanent: false, code: 'closed' });
    });
  });
}
