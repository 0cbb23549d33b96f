import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { BoardsModule } from '../../boards/boards.module.js';
import { OrganisationModule } from '../../organisation/organisation.module.js';
import { PeopleModule } from '../../people/people.module.js';
import { ReferralsModule } from '../../referrals/referrals.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { AbsencePages } from './absence.pages.js';
import { ColleaguePages } from './colleague.pages.js';
import { DepartmentPages } from './department.pages.js';
import { DetailsPages } from './details.pages.js';
import { HandOverPages } from './hand-over.pages.js';
import { PeoplePages } from './people.pages.js';
import { ReadColleagues } from './read-colleagues.js';
import { ReadHandOvers } from './read-handovers.js';
import { WhoChanged } from './who-changed.js';

@Module({
  imports: [AccountsModule, BoardsModule, OrganisationModule, PeopleModule, ReferralsModule, FrameModule],
  controllers: [PeoplePages, ColleaguePages, DetailsPages, DepartmentPages, AbsencePages, HandOverPages],
  providers: [ReadColleagues, ReadHandOvers, WhoChanged],
})
export class PeoplePagesModule {}
