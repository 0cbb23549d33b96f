import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { QuestionPanel, type QuestionProps } from '../../../platform/web/components/question.js';
import type { FormErrors } from '../../../platform/web/form-errors.js';
import { ChangePassword } from '../../accounts/change-password.js';
import { ListSessions } from '../../accounts/list-sessions.js';
import { SessionAuthenticator } from '../../accounts/session-authenticator.js';
import { BoardRepository } from '../../boards/board.repository.js';
import { boardsSeen } from '../../people/actor.js';
import type { CreatedCalendar } from '../../register/create-calendar.js';
import { ListCalendars } from '../../register/list-calendars.js';
import { Frame } from './frame.js';
import { ACCOUNT_PATH } from './menu.js';
import { AccountView } from './views/account-view.js';
import type { Visit } from './visit.js';

const TITLE = 'Mitt konto';

interface Told {
  readonly errors?: FormErrors;
  readonly notice?: string | null;
  /** A calendar address that was just made: the only time it is shown. */
  readonly made?: CreatedCalendar;
  readonly status?: number;
}

/** What is asked on the way from the account page. */
export type AccountQuestion = Omit<QuestionProps, 'cancel'> & { readonly title: string };

/** The account page as a person finds it, and as it answers each of its forms. */
@Injectable()
export class AccountPage {
  constructor(
    private readonly frame: Frame,
    private readonly db: ReadDatabase,
    private readonly authenticator: SessionAuthenticator,
    private readonly sessions: ListSessions,
    private readonly password: ChangePassword,
    private readonly calendars: ListCalendars,
    private readonly boards: BoardRepository,
  ) {}

  async show(visit: Visit, { errors = [], notice = null, made, status }: Told): Promise<string> {
    const { actor } = visit;
    const feeds = await this.calendars.execute(actor);
    const content = (
      <AccountView
        actor={actor}
        sessions={await this.sessions.execute(actor.personId)}
        here={this.authenticator.sessionIdOf(visit.request)}
        passwordSetAt={await this.password.changedAt(actor.personId)}
        feeds={feeds.filter(({ revokedAt }) => revokedAt === null)}
        boards={await this.boards.boards(this.db.manager, boardsSeen(actor))}
        made={made ?? null}
        errors={errors}
        notice={notice}
      />
    );
    return this.frame.page(visit, { title: TITLE, status, hasErrors: errors.length > 0, content });
  }

  /** The question before what cannot be undone. */
  ask(visit: Visit, { title, ...question }: AccountQuestion): Promise<string> {
    const above = <a href={ACCOUNT_PATH}>{TITLE}</a>;
    return this.frame.page(visit, { title, above, content: <QuestionPanel cancel={ACCOUNT_PATH} {...question} /> });
  }
}
