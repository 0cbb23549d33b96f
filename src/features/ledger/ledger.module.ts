import { Module } from '@nestjs/common';
import { ReminderLedger } from './reminder-ledger.js';
import { ReminderRepository } from './reminder.repository.js';

@Module({ providers: [ReminderLedger, ReminderRepository], exports: [ReminderLedger, ReminderRepository] })
export class LedgerModule {}
