import { Module } from '@nestjs/common';
import { BoardsModule } from '../../boards/boards.module.js';
import { PeopleModule } from '../../people/people.module.js';
import { ReferralsModule } from '../../referrals/referrals.module.js';
import { RemindersModule } from '../../reminders/reminders.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { ActPages } from './act.pages.js';
import { DoAct } from './acts/do-act.js';
import { CaseChoices } from './case-choices.js';
import { CaseConflicts } from './case-conflict.js';
import { CasePages } from './case.pages.js';
import { CorrectPages } from './correct.pages.js';
import { OfficerAway } from '../lista/officer-away.js';
import { OfficerChoices } from './officer-choices.js';
import { ReadCase } from './read-case.js';

/** The page of a case, with every act that can be done to it. */
@Module({
  imports: [FrameModule, PeopleModule, BoardsModule, ReferralsModule, RemindersModule],
  controllers: [CorrectPages, CasePages, ActPages],
  providers: [OfficerAway, ReadCase, OfficerChoices, CaseChoices, CaseConflicts, DoAct],
})
export class ArendeModule {}
