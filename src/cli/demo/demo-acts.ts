import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../domain/calendar/local-date.js';
import { instantAt } from '../../domain/calendar/stockholm-time.js';
import type { Actor } from '../../features/people/actor.js';
import type { Acted, ActRequest } from '../../features/referrals/act-on-referral.js';
import type { Acts } from '../../features/referrals/acts/acts.js';
import type { DecisionInput } from '../../features/referrals/acts/record-decision.js';
import type { RecordedStep } from '../../features/referrals/acts/record-step.js';
import type { Way } from '../../features/referrals/acts/choose-way.js';
import { DEMO_PEOPLE, type DemoPerson } from './demo-organisation.js';

/** One act on one case, as a person does it. */
export interface DemoAct {
  readonly on: LocalDate;
  readonly who: DemoPerson;
  perform(acts: Acts, tx: EntityManager, actor: Actor, request: ActRequest): Promise<Acted>;
}

const step =
  (who: DemoPerson, name: RecordedStep) =>
  (on: LocalDate): DemoAct => ({
    on,
    who,
    perform: (acts, tx, actor, request) => acts.step.inTransaction(tx, actor, request, { step: name }),
  });

const approve =
  (who: DemoPerson, level: 'manager' | 'director') =>
  (on: LocalDate): DemoAct => ({
    on,
    who,
    perform: (acts, tx, actor, request) => acts.approve.inTransaction(tx, actor, request, { level }),
  });

export const started = (officer: DemoPerson, on: LocalDate): DemoAct => step(officer, 'start')(on);
export const drafted = (officer: DemoPerson, on: LocalDate): DemoAct => step(officer, 'draft')(on);
export const dispatched = step('sixten', 'dispatch');
export const adjustedAsUsual = step('sixten', 'ordinary-adjustment');
export const posted = step('sixten', 'notice-posted');
export const takenDown = step('sixten', 'notice-taken-down');
export const approvedByManager = (manager: DemoPerson, on: LocalDate): DemoAct => approve(manager, 'manager')(on);
export const approvedByDirector = approve('disa', 'director');

export const assigned = (on: LocalDate, officer: DemoPerson): DemoAct => ({
  on,
  who: 'rut',
  perform: (acts, tx, actor, request) =>
    acts.assign.inTransaction(tx, actor, request, { officer: DEMO_PEOPLE[officer] }),
});

export const decided = (on: LocalDate, decision: DecisionInput): DemoAct => ({
  on,
  who: 'sixten',
  perform: (acts, tx, actor, request) => acts.decide.inTransaction(tx, actor, request, decision),
});

export const confirmed = (officer: DemoPerson, on: LocalDate): DemoAct => ({
  on,
  who: officer,
  perform: (acts, tx, actor, request) => acts.adjustment(tx, actor, request, { act: 'confirm' }),
});

export const adjustmentDecided = (on: LocalDate): DemoAct => ({
  on,
  who: 'sixten',
  perform: (acts, tx, actor, request) => acts.adjustment(tx, actor, request, { act: 'decide' }),
});

/** Signed on the evening of the meeting, and noted the morning after. */
export const signed = (on: LocalDate, meeting: LocalDate): DemoAct => ({
  on,
  who: 'sixten',
  perform: (acts, tx, actor, request) =>
    acts.adjustment(tx, actor, request, { act: 'sign', signedAt: instantAt(meeting, '20:53').toISOString() }),
});

export const answered = (officer: DemoPerson, on: LocalDate): DemoAct => ({
  on,
  who: officer,
  perform: (acts, tx, actor, request) => acts.answer.inTransaction(tx, actor, request, { how: 'e-post' }),
});

export const closed = (on: LocalDate): DemoAct => ({
  on,
  who: 'rut',
  perform: (acts, tx, actor, request) => acts.end.close(tx, actor, request),
});

export const cancelled = (on: LocalDate, reason: string): DemoAct => ({
  on,
  who: 'rut',
  perform: (acts, tx, actor, request) => acts.end.cancel(tx, actor, request, reason),
});

export const rested = (on: LocalDate, reason: string): DemoAct => ({
  on,
  who: 'rut',
  perform: (acts, tx, actor, request) => acts.rest.inTransaction(tx, actor, request, { dormant: true, reason }),
});

export const routed = (on: LocalDate, way: Way): DemoAct => ({
  on,
  who: 'rut',
  perform: (acts, tx, actor, request) => acts.way.inTransaction(tx, actor, request, way),
});

export const askedForTime = (officer: DemoPerson, on: LocalDate, until: LocalDate, note: string): DemoAct => ({
  on,
  who: officer,
  perform: (acts, tx, actor, request) => acts.extension(tx, actor, request, { act: 'ask', until, note }),
});

export const givenTime = (officer: DemoPerson, on: LocalDate, newDue: LocalDate): DemoAct => ({
  on,
  who: officer,
  perform: (acts, tx, actor, request) => acts.extension(tx, actor, request, { act: 'granted', newDue }),
});
