import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { BoardsModule } from '../boards/boards.module.js';
import { JournalModule } from '../journal/journal.module.js';
import { PeopleModule } from '../people/people.module.js';
import { ReferralsModule } from '../referrals/referrals.module.js';
import { AddColleague } from './add-colleague.js';
import { BringInOrganisation } from './bring-in-organisation.js';
import { CorrectColleague } from './correct-colleague.js';
import { DepartmentApi } from './department.api.js';
import { FindAccount } from './find-account.js';
import { InvitationApi } from './invitation.api.js';
import { InviteAgain } from './invite-again.js';
import { LeftToDo } from './left-to-do.js';
import { OfficersCases } from './officers-cases.js';
import { OrganisationRepository } from './organisation.repository.js';
import { ReopenAccount } from './reopen-account.js';
import { ReopeningApi } from './reopening.api.js';
import { SaveDepartment } from './save-department.js';
import { SetRoles } from './set-roles.js';

@Module({
  imports: [JournalModule, PeopleModule, AccountsModule, BoardsModule, ReferralsModule],
  controllers: [ReopeningApi, InvitationApi, DepartmentApi],
  providers: [
    OrganisationRepository,
    OfficersCases,
    BringInOrganisation,
    SetRoles,
    AddColleague,
    CorrectColleague,
    FindAccount,
    ReopenAccount,
    InviteAgain,
    SaveDepartment,
    LeftToDo,
  ],
  exports: [
    BringInOrganisation,
    SetRoles,
    AddColleague,
    CorrectColleague,
    ReopenAccount,
    InviteAgain,
    SaveDepartment,
    LeftToDo,
  ],
})
export class OrganisationModule {}
