import { Injectable } from '@nestjs/common';
import { localDateAt } from '../../domain/calendar/stockholm-time.js';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { Addressees, type Addressee } from './addressees.js';
import { DueRemindersRepository } from './due-reminders.repository.js';
import { HandOverLeavers } from './hand-over-leavers.js';

/** Everyone who is to get a mail now: substitutes resolved, and what was a leaver's handed over first. */
@Injectable()
export class DueAddressees {
  constructor(
    private readonly read: ReadDatabase,
    private readonly due: DueRemindersRepository,
    private readonly leavers: HandOverLeavers,
    private readonly addressees: Addressees,
  ) {}

  async at(now: Date): Promise<Addressee[]> {
    const em = this.read.manager;
    const today = localDateAt(now);
    const at = now.toISOString();
    const due = await this.due.people(em, at);
    if (due.length === 0) return [];
    const ids = [...new Set(due.map(({ personId }) => personId))];
    const left = await this.due.leavers(em, ids, today);
    if (left.length === 0) return this.addressees.of(em, due, today);
    await this.leavers.execute(left, at, today);
    return this.addressees.of(em, await this.due.people(em, at), today);
  }
}
