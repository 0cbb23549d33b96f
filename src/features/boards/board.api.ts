import { Controller, Get } from '@nestjs/common';
import { Operation } from '../../platform/http/operation.js';
import { CurrentActor } from '../people/actor-decorators.js';
import type { Actor } from '../people/actor.js';
import { BoardsView } from './board.dto.js';
import { ListBoards } from './list-boards.js';

@Controller('api/v1/boards')
export class BoardApi {
  constructor(private readonly boards: ListBoards) {}

  @Get()
  @Operation({
    summary: 'Nämnder där jag har en roll, med avdelningar och sammanträden',
    answers: { 200: { description: 'Nämnderna efter kod', schema: BoardsView } },
  })
  async list(@CurrentActor() actor: Actor): Promise<BoardsView> {
    return { items: await this.boards.execute(actor) };
  }
}
