import { Module } from '@nestjs/common';
import { BoardsModule } from '../../boards/boards.module.js';
import { PeopleModule } from '../../people/people.module.js';
import { ReferralsModule } from '../../referrals/referrals.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { CaseListPages } from './case-list.pages.js';
import { ReadListChoices } from './list-choices.js';

@Module({
  imports: [BoardsModule, PeopleModule, ReferralsModule, FrameModule],
  controllers: [CaseListPages],
  providers: [ReadListChoices],
})
export class CaseListModule {}
