import type { VNode } from 'preact';
import { Button } from '../../../../platform/web/components/button.js';
import { Done } from '../../../../platform/web/components/callout.js';
import { InstantText } from '../../../../platform/web/components/dates.js';
import { ErrorSummary } from '../../../../platform/web/components/error-summary.js';
import { Field } from '../../../../platform/web/components/field.js';
import { Form, Hidden } from '../../../../platform/web/components/form.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { Pill } from '../../../../platform/web/components/pill.js';
import { Username } from '../../../../platform/web/components/username.js';
import type { SessionRow, SignedInBy } from '../../../accounts/session.entity.js';
import type { Actor } from '../../../people/actor.js';
import { instantInFull } from '../../arende/words/days.js';
import { browserInWords } from '../browser-words.js';
import { PASSWORD_HINT } from '../password-words.js';
import { rolesInWords } from '../role-words.js';
import { Calendars, type CalendarsProps } from './calendars-panel.js';

interface AccountProps extends CalendarsProps {
  readonly actor: Actor;
  readonly sessions: readonly SessionRow[];
  /** The session of this very browser. */
  readonly here: string | null;
  readonly passwordSetAt: string | null;
  readonly notice: string | null;
}

const WAYS: Record<SignedInBy, string> = {
  password: 'med lösenord',
  oidc: 'med kommunens inloggning',
  link: 'med en länk',
  setup: 'när systemet installerades',
};

const Session = ({ session, isHere }: { readonly session: SessionRow; readonly isHere: boolean }): VNode => (
  <li>
    <div>
      <strong>{browserInWords(session.userAgent)}</strong> {isHere ? <Pill tone="calm">Den här</Pill> : null}
      <div class="sub">
        Inloggad <InstantText at={session.createdAt} /> {WAYS[session.signedInBy]}
      </div>
      <div class="sub">
        Använd senast <InstantText at={session.lastSeenAt} />
      </div>
    </div>
    {isHere ? null : (
      <Form action="/konto/inloggningar/avsluta">
        <Hidden name="inloggning" value={session.id} />
        <Button kind="secondary">
          Avsluta
          <span class="ds-sr-only">{` ${browserInWords(session.userAgent)}, inloggad ${instantInFull(session.createdAt)}`}</span>
        </Button>
      </Form>
    )}
  </li>
);

const Sessions = ({ sessions, here }: Pick<AccountProps, 'sessions' | 'here'>): VNode => (
  <Panel title="Inloggningar" note={sessions.length === 1 ? 'Bara den här' : `${sessions.length} stycken`} flush>
    <ul class="rows">
      {sessions.map((session) => (
        <Session key={session.id} session={session} isHere={session.id === here} />
      ))}
    </ul>
    {sessions.length < 2 ? null : (
      <div class="pad">
        <Form action="/konto/inloggningar/avsluta-andra">
          <Button kind="secondary">Avsluta alla andra</Button>
        </Form>
      </div>
    )}
  </Panel>
);

const Password = ({
  actor,
  passwordSetAt,
  errors,
}: Pick<AccountProps, 'actor' | 'passwordSetAt' | 'errors'>): VNode => (
  <Panel title="Lösenord">
    {passwordSetAt === null ? (
      <p>
        Du har inget lösenord i Diarium. Vill du kunna logga in med ett, <a href="/losenord">be om en länk</a>.
      </p>
    ) : (
      <>
        <p class="sub">
          Valt <InstantText at={passwordSetAt} />
        </p>
        <Form action="/konto/losenord">
          <Username email={actor.email} />
          <Field
            name="nuvarande"
            label="Nuvarande lösenord"
            type="password"
            autoComplete="current-password"
            width="short"
            errors={errors}
          />
          <Field
            name="nytt"
            label="Nytt lösenord"
            type="password"
            hint={PASSWORD_HINT}
            autoComplete="new-password"
            width="short"
            errors={errors}
          />
          <Button>Byt lösenord</Button>
        </Form>
      </>
    )}
  </Panel>
);

/** What a person sees and changes of their own account. */
export const AccountView = (props: AccountProps): VNode => {
  const { actor, sessions, here, passwordSetAt, feeds, boards, made, errors, notice } = props;
  return (
    <>
      <ErrorSummary errors={errors} />
      <Done text={notice} />
      <div class="cols">
        <div>
          <Calendars feeds={feeds} boards={boards} made={made} errors={errors} />
          <Sessions sessions={sessions} here={here} />
          <Password actor={actor} passwordSetAt={passwordSetAt} errors={errors} />
        </div>
        <div>
          <Panel title="Du">
            <dl class="facts">
              <dt>Namn</dt>
              <dd>{actor.name}</dd>
              <dt>E-post</dt>
              <dd>{actor.email}</dd>
              {[...actor.roles].map(([board, roles]) => (
                <>
                  <dt>{board}</dt>
                  <dd>{rolesInWords(roles)}</dd>
                </>
              ))}
            </dl>
            <p>
              <a href="/franvaro">Frånvaro och ersättare</a>
            </p>
          </Panel>
        </div>
      </div>
    </>
  );
};
