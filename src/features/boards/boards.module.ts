import { Module } from '@nestjs/common';
import { BoardRepository } from './board.repository.js';
import { MeetingRepository } from './meeting.repository.js';

@Module({ providers: [BoardRepository, MeetingRepository], exports: [BoardRepository, MeetingRepository] })
export class BoardsModule {}
