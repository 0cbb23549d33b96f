import { Module } from '@nestjs/common';
import { MailOutbox } from './mail-outbox.js';
import { MailRepository } from './mail.repository.js';
import { ReminderLedger } from './reminder-ledger.js';
import { ReminderRepository } from './reminder.repository.js';

const PROVIDERS = [ReminderLedger, ReminderRepository, MailRepository, MailOutbox];

@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class LedgerModule {}
