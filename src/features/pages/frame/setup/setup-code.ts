import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../../../platform/database/read-database.js';
import { Signer, sameCode } from '../../../../platform/web/signer.js';
import { BoardRepository } from '../../../boards/board.repository.js';

/** Without letters and digits that are taken for each other. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 16;

const plain = (code: string): Buffer => Buffer.from(code.toUpperCase().replace(/[^A-Z0-9]/g, ''));

/**
 * The code that says that whoever sets the system up has seen its terminal. The same in every process of one
 * installation; worth nothing once there is a board.
 */
@Injectable()
export class SetupCode {
  constructor(
    private readonly signer: Signer,
    private readonly read: ReadDatabase,
    private readonly boards: BoardRepository,
  ) {}

  /** Whether the system waits to be set up. */
  async isOpen(): Promise<boolean> {
    return (await this.boards.allBoards(this.read.manager)).length === 0;
  }

  /** `ABCD-EFGH-JKLM-NPQR`. */
  get code(): string {
    const bytes = [...this.signer.sign('setup', 'code')].slice(0, LENGTH);
    const letters = bytes.map((byte) => LETTERS[byte % LETTERS.length] ?? '').join('');
    return letters.match(/.{4}/g)?.join('-') ?? letters;
  }

  matches(code: string): boolean {
    return sameCode(plain(code), plain(this.code));
  }
}
