import { Module } from '@nestjs/common';
import { BoardsModule } from '../../boards/boards.module.js';
import { OrganisationModule } from '../../organisation/organisation.module.js';
import { PeopleModule } from '../../people/people.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { LeaversCases } from './leavers-cases.js';
import { WatchListModule } from './watch-list.module.js';
import { WatchPages } from './watch.pages.js';

@Module({
  imports: [BoardsModule, PeopleModule, OrganisationModule, FrameModule, WatchListModule],
  controllers: [WatchPages],
  providers: [LeaversCases],
})
export class WatchModule {}
