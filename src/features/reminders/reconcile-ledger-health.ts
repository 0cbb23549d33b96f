import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { ReconcileLedgerRepository } from './reconcile-ledger.repository.js';
import { verdictOf, type LedgerVerdict } from './reconcile-ledger-verdict.js';

/** What the latest comparison of the ledger has found, for readiness, metrics and the morning mail. */
@Injectable()
export class LedgerHealth {
  constructor(
    private readonly read: ReadDatabase,
    private readonly repository: ReconcileLedgerRepository,
  ) {}

  /** Null when it has never been made. */
  async latest(): Promise<LedgerVerdict | null> {
    const [row] = await this.repository.latest(this.read.manager, 1);
    return row ? verdictOf(row) : null;
  }
}
