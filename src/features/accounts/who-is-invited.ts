import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { marks, rows } from '../../platform/database/sql.js';
import { PEOPLE_CHAIN } from '../journal/journal.js';
import { LINK_LASTS_MS } from './account-limits.js';

/** How it stands with the link of someone who has chosen no password. All are ISO instants. */
export interface Invitation {
  /** Until when a link works; null when none does. */
  readonly endsAt: string | null;
  /** When that link was made; null when none works. */
  readonly sentAt: string | null;
  /** When the last one ended, unless another was put in its place; null when one works, or none is known of. */
  readonly endedAt: string | null;
}

interface Found {
  readonly id: string;
  readonly endsAt: string | null;
  readonly madeAt: string | null;
}

/** How many people one query asks about. */
const AT_ONCE = 500;

/** Links that have ended are removed in time; the journal still knows when they were made. */
const without = (people: number): string => `SELECT p."id",
    (SELECT max(l."expires_at") FROM "sign_in_link" l WHERE l."person_id" = p."id" AND l."used_at" IS NULL) AS "endsAt",
    (SELECT max(j."at") FROM "journal" j WHERE j."subject_id" = p."id" AND j."chain" = ?
      AND j."what" = 'password-link-created') AS "madeAt"
  FROM "person" p WHERE p."id" IN (${marks(people)})
    AND NOT EXISTS (SELECT 1 FROM "credential" c WHERE c."person_id" = p."id")`;

const after = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** Tells who has an account and has never chosen a password. */
@Injectable()
export class WhoIsInvited {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** Those of these people who have no password, by id. Nobody where people sign in at an identity provider. */
  async of(em: EntityManager, people: readonly string[]): Promise<Map<string, Invitation>> {
    const invited = new Map<string, Invitation>();
    if (this.config.oidc !== null) return invited;
    for (let from = 0; from < people.length; from += AT_ONCE) {
      const part = people.slice(from, from + AT_ONCE);
      const found = await rows<Found>(em, without(part.length), [PEOPLE_CHAIN, ...part]);
      for (const one of found) invited.set(one.id, this.invitation(one));
    }
    return invited;
  }

  private invitation({ endsAt, madeAt }: Found): Invitation {
    const now = this.clock.now().toISOString();
    if (endsAt !== null && endsAt > now) return { endsAt, sentAt: after(endsAt, -LINK_LASTS_MS), endedAt: null };
    const end = madeAt === null ? null : after(madeAt, LINK_LASTS_MS);
    return { endsAt: null, sentAt: null, endedAt: end !== null && end <= now ? end : null };
  }
}
