import { Module } from '@nestjs/common';
import { BoardsModule } from '../../boards/boards.module.js';
import { PeopleModule } from '../../people/people.module.js';
import { ReferralsModule } from '../../referrals/referrals.module.js';
import { RemindersModule } from '../../reminders/reminders.module.js';
import { OfficerChoices } from '../arende/officer-choices.js';
import { FrameModule } from '../frame/frame.module.js';
import { KnownCases } from './known-cases.js';
import { PreviewPlan } from './preview-plan.js';
import { ReadReceipt } from './read-receipt.js';
import { ReadRegisterChoices } from './register-choices.js';
import { RegisterOnce } from './register-once.js';
import { OfficerAway } from '../lista/officer-away.js';
import { RegisterPages } from './register.pages.js';

@Module({
  imports: [BoardsModule, PeopleModule, ReferralsModule, RemindersModule, FrameModule],
  controllers: [RegisterPages],
  providers: [KnownCases, OfficerAway, OfficerChoices, PreviewPlan, ReadReceipt, ReadRegisterChoices, RegisterOnce],
})
export class RegisterPagesModule {}
