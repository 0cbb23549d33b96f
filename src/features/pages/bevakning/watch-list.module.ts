import { Module } from '@nestjs/common';
import { BoardsModule } from '../../boards/boards.module.js';
import { MenuCounts } from '../frame/menu-counts.js';
import { WatchCounts } from './watch-counts.js';
import { WatchList } from './watch-list.js';

/** What needs an act: for the page, and for the number beside it in the menu of every page. */
@Module({
  imports: [BoardsModule],
  providers: [WatchList, { provide: MenuCounts, useClass: WatchCounts }],
  exports: [WatchList, MenuCounts],
})
export class WatchListModule {}
