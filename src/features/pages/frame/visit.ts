import { createParamDecorator } from '@nestjs/common';
import { exchangeIn, type Exchange } from '../../../platform/http/exchange.js';
import type { Actor } from '../../people/actor.js';
import { actorIn } from '../../people/actor-decorators.js';

/** Someone who is signed in opens a page, or sends a form of it: the request, its reply, and who it is. */
export interface Visit extends Exchange {
  readonly actor: Actor;
}

/** The visit at hand. For pages that are not public. */
export const CurrentVisit = createParamDecorator((_data: unknown, context): Visit => ({
  ...exchangeIn(context),
  actor: actorIn(context),
}));

/** Leads on to another page when a form is done with, so that it is not sent again by reloading. */
export const leadOn = ({ reply }: Exchange, path: string): void => void reply.redirect(path, 303);
