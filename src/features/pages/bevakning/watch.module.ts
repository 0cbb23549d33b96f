import { Module } from '@nestjs/common';
import { BoardsModule } from '../../boards/boards.module.js';
import { PeopleModule } from '../../people/people.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { WatchListModule } from './watch-list.module.js';
import { WatchPages } from './watch.pages.js';

@Module({ imports: [BoardsModule, PeopleModule, FrameModule, WatchListModule], controllers: [WatchPages] })
export class WatchModule {}
