import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../platform/database/read-database.js';
import { TokenRepository, type TokenListing } from './token.repository.js';

/** Every bearer token there has been, newest first. */
@Injectable()
export class ListTokens {
  constructor(
    private readonly read: ReadDatabase,
    private readonly tokens: TokenRepository,
  ) {}

  execute(): Promise<TokenListing[]> {
    return this.tokens.list(this.read.manager);
  }
}
