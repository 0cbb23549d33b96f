import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../../domain/calendar/local-date.js';
import type { Route } from '../../../domain/referral/lifecycle.js';
import { offAgenda } from '../../../domain/referral/records.js';
import type { Actor } from '../../people/actor.js';
import { ActOnReferral, type Acted, type ActRequest } from '../act-on-referral.js';
import { meetingOn } from '../register-referral.js';

/** A meeting of the board, or another way to a decision. */
export type Way =
  | { readonly meeting: LocalDate }
  | { readonly route: Exclude<Route, 'meeting'>; readonly reason: string }
  | { readonly route: 'meeting'; readonly reason?: string | undefined };

/** Chooses the meeting that decides the case, or another way: the chair, a delegate, or not to answer. */
@Injectable()
export class ChooseWay {
  constructor(private readonly acts: ActOnReferral) {}

  /** @throws RuleError as every act, and `meeting-unknown`, `meeting-in-past` */
  inTransaction(tx: EntityManager, actor: Actor, request: ActRequest, way: Way): Promise<Acted> {
    return 'meeting' in way ? this.meeting(tx, actor, request, way.meeting) : this.route(tx, actor, request, way);
  }

  private meeting(tx: EntityManager, actor: Actor, request: ActRequest, date: LocalDate): Promise<Acted> {
    return this.acts.perform(tx, actor, request, 'choose-meeting', ({ referral, today, coming }) => {
      const meeting = meetingOn(coming, date, today);
      return {
        change: { route: 'meeting', ...offAgenda(referral) },
        what: 'meeting-chosen',
        says: { meeting: date },
        choice: { kind: 'chosen', meetingId: meeting.id },
      };
    });
  }

  private route(
    tx: EntityManager,
    actor: Actor,
    request: ActRequest,
    way: { readonly route: Route; readonly reason?: string | undefined },
  ): Promise<Acted> {
    return this.acts.perform(tx, actor, request, 'choose-route', ({ referral }) => ({
      change: {
        route: way.route,
        routeChosen: way.route === 'meeting' ? 0 : 1,
        meetingId: null,
        ...offAgenda(referral),
      },
      what: 'route-chosen',
      says: way.reason === undefined ? {} : { reason: way.reason },
      choice: { kind: 'recommended' },
    }));
  }
}
