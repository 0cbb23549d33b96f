import { Module } from '@nestjs/common';
import { BoardsModule } from '../../boards/boards.module.js';
import { MeetingsModule } from '../../meetings/meetings.module.js';
import { OrganisationModule } from '../../organisation/organisation.module.js';
import { PeopleModule } from '../../people/people.module.js';
import { ReferralsModule } from '../../referrals/referrals.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { MeetingPages } from './meeting.pages.js';
import { ReadMeetings } from './read-meetings.js';

@Module({
  imports: [BoardsModule, MeetingsModule, OrganisationModule, PeopleModule, ReferralsModule, FrameModule],
  controllers: [MeetingPages],
  providers: [ReadMeetings],
})
export class MeetingPagesModule {}
