import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { BoardsModule } from '../../boards/boards.module.js';
import { OrganisationModule } from '../../organisation/organisation.module.js';
import { PeopleModule } from '../../people/people.module.js';
import { RegisterModule } from '../../register/register.module.js';
import { WatchListModule } from '../bevakning/watch-list.module.js';
import { AccountPage } from './account-page.js';
import { AccountPages } from './account.pages.js';
import { CalendarPages } from './calendar.pages.js';
import { DemoReadyPages } from './demo-ready.pages.js';
import { ExternPages } from './extern.pages.js';
import { Frame } from './frame.js';
import { PasswordPages } from './password.pages.js';
import { DemoData } from './setup/demo-data.js';
import { Install } from './setup/install.js';
import { SetupCode } from './setup/setup-code.js';
import { SetupPages } from './setup.pages.js';
import { SignInPages } from './sign-in.pages.js';
import { StartPages } from './start.pages.js';

/** The frame of every page, and the pages of signing in and setting up. */
@Module({
  imports: [PeopleModule, AccountsModule, BoardsModule, OrganisationModule, RegisterModule, WatchListModule],
  controllers: [
    StartPages,
    SignInPages,
    ExternPages,
    PasswordPages,
    AccountPages,
    CalendarPages,
    SetupPages,
    DemoReadyPages,
  ],
  providers: [Frame, AccountPage, SetupCode, Install, DemoData],
  exports: [Frame, SetupCode],
})
export class FrameModule {}
