import { Module } from '@nestjs/common';
import { Journal } from './journal.js';
import { JournalRepository } from './journal.repository.js';

@Module({ providers: [Journal, JournalRepository], exports: [Journal, JournalRepository] })
export class JournalModule {}
