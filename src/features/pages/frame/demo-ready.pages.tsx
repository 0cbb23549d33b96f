import { Controller, Get, Inject } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../../../platform/config/config.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { Page } from '../../../platform/web/page.js';
import { renderPage } from '../../../platform/web/render-page.js';
import { ListSessions } from '../../accounts/list-sessions.js';
import { SessionAuthenticator } from '../../accounts/session-authenticator.js';
import { PeopleRepository } from '../../people/people.repository.js';
import { rolesInWords } from './role-words.js';
import { DemoReadyView, type DemoPersonView } from './views/setup-views.js';
import { CurrentVisit, leadOn, type Visit } from './visit.js';

/** The domain of everyone in the demo, which is nobody's. */
const DEMO_DOMAIN = /@example\.se$/;

/** Who is in the demo, for whoever brought it in: a page of its own, which can be opened again. */
@Controller('installera/demo')
export class DemoReadyPages {
  constructor(
    private readonly authenticator: SessionAuthenticator,
    private readonly sessions: ListSessions,
    private readonly people: PeopleRepository,
    private readonly read: ReadDatabase,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  @Get()
  @Page()
  async show(@CurrentVisit() visit: Visit): Promise<string | void> {
    const people = (await this.mayBeShown(visit)) ? await this.demoPeople() : [];
    const isDemo = people.length > 0 && people.every(({ email }) => DEMO_DOMAIN.test(email));
    return isDemo ? renderPage(<DemoReadyView people={people} />) : leadOn(visit, '/');
  }

  /** Only in the window that was signed in by setting up: the list names everyone. */
  private async mayBeShown({ request, actor }: Visit): Promise<boolean> {
    if (this.config.production) return false;
    const here = this.authenticator.sessionIdOf(request);
    return (await this.sessions.execute(actor.personId)).some((one) => one.id === here && one.signedInBy === 'setup');
  }

  private async demoPeople(): Promise<DemoPersonView[]> {
    const em = this.read.manager;
    const views: DemoPersonView[] = [];
    for (const { id, name, email } of await this.people.all(em)) {
      const roles = await this.people.rolesOf(em, id);
      views.push({ name, email, roles: rolesInWords(roles.map(({ role }) => role)) });
    }
    return views;
  }
}
