import { Module } from '@nestjs/common';
import { Journal } from './journal.js';
import { JournalRepository } from './journal.repository.js';
import { VerifyJournal } from './verify-journal.js';

@Module({
  providers: [Journal, JournalRepository, VerifyJournal],
  exports: [Journal, JournalRepository, VerifyJournal],
})
export class JournalModule {}
