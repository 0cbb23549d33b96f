import { Module } from '@nestjs/common';
import { BoardsModule } from '../boards/boards.module.js';
import { JournalModule } from '../journal/journal.module.js';
import { ReferralsModule } from '../referrals/referrals.module.js';
import { MeetingApi } from './meeting.api.js';
import { MoveMeeting } from './move-meeting.js';

@Module({
  imports: [BoardsModule, JournalModule, ReferralsModule],
  controllers: [MeetingApi],
  providers: [MoveMeeting],
  exports: [MoveMeeting],
})
export class MeetingsModule {}
