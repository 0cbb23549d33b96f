import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EmlMailer } from '../../src/platform/mail/eml-mailer.js';
import { freshFolder } from '../support/database.js';
import { SettableClock } from '../support/settable-clock.js';
import { aMail, mailerContract } from './mailer.contract.js';

mailerContract('EmlMailer', async (clock) => {
  const folder = freshFolder();
  const outbox = join(folder.path, 'data', 'outbox');
  const mailer = new EmlMailer(outbox, clock);
  return {
    mailer,
    arrived: async () =>
      existsSync(outbox) ? readdirSync(outbox).map((name) => readFileSync(join(outbox, name))) : [],
    close: async () => {
      await mailer.close();
      folder.remove();
    },
  };
});

describe('EmlMailer', () => {
  const clock = new SettableClock('2023-10-13T05:30:00.000Z');

  it('writes a repeat over the same file, readable for the owner alone, and leaves no draft', async () => {
    const folder = freshFolder();
    const mailer = new EmlMailer(folder.path, clock);
    await mailer.send(aMail());
    const { response } = await mailer.send(aMail({ subject: 'Igen' }));
    await mailer.verify();
    expect(readdirSync(folder.path)).toEqual(['0198c5f2-1@diarium.example.se.eml']);
    expect(response).toBe(join(folder.path, '0198c5f2-1@diarium.example.se.eml'));
    expect(readFileSync(response, 'latin1')).toContain('Subject: Igen\r\n');
    expect(statSync(response).mode & 0o777).toBe(0o600);
    folder.remove();
  });

  it('keeps Message-IDs apart that are no file names, and stays in its folder', async () => {
    const folder = freshFolder();
    const mailer = new EmlMailer(folder.path, clock);
    const ids = ['<../../evil@x>', '<..!..!evil@x>', '<.hidden@x>', '<a/b@x>', '<a?b@x>', `<${'l'.repeat(199)}@x>`];
    for (const messageId of ids) await mailer.send(aMail({ messageId }));
    const files = readdirSync(folder.path);
    expect(files).toHaveLength(ids.length);
    expect(files.every((name) => /^[A-Za-z0-9-]+\.eml$/.test(name))).toBe(true);
    folder.remove();
  });

  it('fails for now when the folder cannot be written', async () => {
    const folder = freshFolder();
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    const mailer = new EmlMailer(join(file, 'outbox'), clock);
    await expect(mailer.verify()).rejects.toMatchObject({ name: 'MailError', permanent: false });
    await expect(mailer.send(aMail())).rejects.toMatchObject({ name: 'MailError', permanent: false });
    folder.remove();
  });
});
