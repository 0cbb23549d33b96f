import { Module } from '@nestjs/common';
import { BoardsModule } from '../../boards/boards.module.js';
import { RemindersModule } from '../../reminders/reminders.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { ReadReminders } from './read-reminders.js';
import { ReminderPages } from './reminder.pages.js';

@Module({
  imports: [BoardsModule, RemindersModule, FrameModule],
  controllers: [ReminderPages],
  providers: [ReadReminders],
})
export class ReminderPagesModule {}
