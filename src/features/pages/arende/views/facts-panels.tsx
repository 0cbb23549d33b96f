import type { ComponentChildren, VNode } from 'preact';
import { localDate } from '../../../../domain/calendar/local-date.js';
import { whyClosed } from '../../../../domain/calendar/working-day.js';
import { Panel } from '../../../../platform/web/components/panel.js';
import { Pill } from '../../../../platform/web/components/pill.js';
import { timeLeft } from '../../../reminders/templates/day-words.js';
import type { Away } from '../../../people/who-is-away.js';
import type { ReferralView } from '../../../referrals/referral.dto.js';
import { ADJUSTMENT_WORDS, isExtensionIdle, OUTCOME_WORDS, ROUTE_WORDS, paragraphWords } from '../words/case-words.js';
import { awayInFull } from '../words/away-words.js';
import { capital } from '../../lista/capital.js';
import { handOverHref } from '../../medarbetare/hand-over-form.js';
import { atTime, inFull, instantInFull, type ReadOn } from '../words/days.js';
import { approvalsIn } from '../words/approvals.js';
import type { CaseEvent } from '../words/journal-words.js';
import { Why } from './why.js';

interface CaseProps {
  readonly view: ReferralView;
  readonly at: ReadOn;
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }): VNode => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

const Text = ({ name, text }: { readonly name: string; readonly text: string | null }): VNode | null =>
  text === null ? null : <Fact name={name}>{text}</Fact>;

const Phone = ({ phone }: { readonly phone: string | null }): VNode | null =>
  phone === null ? null : (
    <div class="sub">
      <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a>
    </div>
  );

const HandOver = ({ email }: { readonly email: string }): VNode => (
  <div class="sub">
    <a href={handOverHref(email)}>Lämna över alla handläggarens ärenden</a>
  </div>
);

const isOpen = ({ status }: ReferralView): boolean => status !== 'closed' && status !== 'cancelled';

const Due = ({ view, at: { today, closed } }: CaseProps): VNode => {
  const { answerDue, answerDueTime, workBy } = view;
  if (answerDue === null) return <Fact name="Svar senast">Saknas</Fact>;
  const open = view.answer === null && isOpen(view);
  return (
    <Fact name="Svar senast">
      <strong>{`${inFull(answerDue)}${answerDueTime === null ? '' : ` ${atTime(answerDueTime)}`}`}</strong>
      {open ? <div class="sub">{timeLeft(today, localDate(workBy ?? answerDue), closed)}</div> : null}
      {workBy === null || workBy === answerDue ? null : <WorkBy answerDue={answerDue} workBy={workBy} />}
    </Fact>
  );
};

const WorkBy = ({ answerDue, workBy }: { readonly answerDue: string; readonly workBy: string }): VNode => (
  <div class="sub">
    Vi arbetar mot {inFull(workBy)}
    <Why of="vi arbetar mot en tidigare dag">
      {`${inFull(answerDue)} är ingen arbetsdag (${whyClosed(localDate(answerDue), new Set()) ?? 'nämndens förvaltning har stängt'}). En dag som avsändaren har satt flyttas inte framåt: lagen om beräkning av lagstadgad tid (1930:173) gäller bara tider i lag.`}
    </Why>
  </div>
);

const Meeting = ({ view }: { readonly view: ReferralView }): VNode => {
  const { meeting, route } = view;
  if (route !== null && route !== 'meeting') return <Fact name="Beslutsväg">{ROUTE_WORDS[route]}</Fact>;
  if (meeting === null) return <Fact name="Sammanträde">Inget valt</Fact>;
  const more = [meeting.time === null ? '' : atTime(meeting.time), meeting.place ?? ''].filter((part) => part !== '');
  return (
    <Fact name="Sammanträde">
      {inFull(meeting.date)}
      {more.length === 0 ? null : <div class="sub">{more.join(', ')}</div>}
    </Fact>
  );
};

const Secrecy = ({ view }: { readonly view: ReferralView }): VNode => {
  const { secrecy } = view;
  if (secrecy === null) return <Fact name="Sekretess">Ingen</Fact>;
  return (
    <Fact name="Sekretess">
      <Pill tone="late">Sekretessmarkerat</Pill>
      <div class="sub">{`${secrecy.provision}, ${inFull(secrecy.date)} av ${secrecy.by}`}</div>
    </Fact>
  );
};

const Decision = ({ view }: { readonly view: ReferralView }): VNode | null => {
  const { decision } = view;
  if (decision === null) return null;
  const paragraph = decision.paragraph === null ? null : paragraphWords(decision.paragraph);
  const more = [inFull(decision.date), paragraph, decision.by].filter((part) => part !== null);
  return (
    <Fact name="Beslut">
      {OUTCOME_WORDS[decision.outcome]}
      <div class="sub">{more.join(', ')}</div>
    </Fact>
  );
};

interface FactsProps extends CaseProps {
  readonly away: Away | null;
  /** Whether the person may hand over all that the officer has. */
  readonly mayHandOver: boolean;
}

/** Who, when and where: the facts of a case. */
export const FactsPanel = ({ view, at, away, mayHandOver }: FactsProps): VNode => (
  <Panel title="Ärendet">
    <dl class="facts">
      <Fact name="Handläggare">
        {view.officer?.name ?? 'Ingen än'}
        {away === null ? null : <div class="sub">{capital(awayInFull(away))}</div>}
        <Phone phone={view.officer?.phone ?? null} />
        {mayHandOver && isOpen(view) && view.officer !== null ? <HandOver email={view.officer.email} /> : null}
      </Fact>
      <Text name="Avdelning" text={view.department?.name ?? null} />
      <Fact name="Avsändare">
        <bdi>{view.sender}</bdi>
        {view.senderReference === null ? null : <div class="sub">dnr {view.senderReference}</div>}
      </Fact>
      <Due view={view} at={at} />
      <Text name="Svar till" text={view.answerTo} />
      <Meeting view={view} />
      {view.adjustment === null || view.meeting === null ? null : (
        <Fact name="Omedelbar justering">{ADJUSTMENT_WORDS[view.adjustment.status]}</Fact>
      )}
      <Decision view={view} />
      {view.answer === null ? null : (
        <Fact name="Svaret skickat">
          {inFull(view.answer.on)}
          {view.answer.how === null ? null : <div class="sub">{view.answer.how}</div>}
        </Fact>
      )}
      <Secrecy view={view} />
      <Fact name="Inkom">{inFull(view.receivedOn)}</Fact>
      <Text name="Remissen daterad" text={view.documentDate === null ? null : inFull(view.documentDate)} />
      <Fact name="Registrerat">{instantInFull(view.registeredAt)}</Fact>
      <Text name="Intern ärendemening" text={view.internalTitle} />
      <Text name="Dubblett därför att" text={view.duplicateReason} />
      {view.note === null ? null : (
        <Fact name="Anteckning">
          <div class="note">{view.note}</div>
        </Fact>
      )}
    </dl>
  </Panel>
);

const LEVELS = [
  { level: 'manager', name: 'Avdelningschefen' },
  { level: 'director', name: 'Förvaltningschefen' },
] as const;

/** Who has approved the draft, in this round of preparation. */
export const ApprovalsPanel = ({ events }: { readonly events: readonly CaseEvent[] }): VNode => {
  const approvals = approvalsIn(events);
  return (
    <Panel title="Attester">
      <dl class="facts">
        {LEVELS.map(({ level, name }) => {
          const given = approvals[level];
          return (
            <Fact key={level} name={name}>
              {given === null ? (
                <span class="sub">Inte attesterat</span>
              ) : (
                <>
                  {given.by}
                  <div class="sub">{inFull(given.on)}</div>
                </>
              )}
            </Fact>
          );
        })}
      </dl>
    </Panel>
  );
};

const ANSWERS = { asked: 'Inget svar än', granted: 'Beviljat', refused: 'Avslaget' } as const;
const TONES = { asked: 'soon', granted: 'calm', refused: 'late' } as const;

/** Every extension asked for, with the dates before and after. */
export const ExtensionsPanel = ({ view }: { readonly view: ReferralView }): VNode | null =>
  view.extensions.length === 0 ? null : (
    <Panel title="Anstånd">
      <ol class="story">
        {view.extensions.map((extension) => (
          <li key={`${extension.askedOn} ${extension.newDue ?? ''} ${extension.state}`}>
            <Pill tone={isExtensionIdle(view) && extension.state === 'asked' ? 'plain' : TONES[extension.state]}>
              {isExtensionIdle(view) && extension.state === 'asked' ? 'Besvarades inte' : ANSWERS[extension.state]}
            </Pill>{' '}
            {`Begärt ${inFull(extension.askedOn)}`}
            {extension.askedUntil === null ? '' : ` till ${inFull(extension.askedUntil)}`}
            {extension.answeredOn === null ? '' : `, besvarat ${inFull(extension.answeredOn)}`}
            <div class="sub">
              {extension.oldDue === null ? null : <>Svarsdag då: {inFull(extension.oldDue)}. </>}
              {extension.newDue === null ? null : <>Ny svarsdag: {inFull(extension.newDue)}. </>}
              {extension.note}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
