import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { BoardApi } from './board.api.js';
import { BoardRepository } from './board.repository.js';
import { ListBoards } from './list-boards.js';
import { MeetingRepository } from './meeting.repository.js';

@Module({
  imports: [PeopleModule],
  controllers: [BoardApi],
  providers: [BoardRepository, MeetingRepository, ListBoards],
  exports: [BoardRepository, MeetingRepository],
})
export class BoardsModule {}
