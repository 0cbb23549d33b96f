import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock.port.js';
import { marks, rows } from '../../platform/database/sql.js';
import { JobTable, type JobState } from '../../platform/queue/job-table.js';
import { LINK_LASTS_MS } from './account-limits.js';
import { keysOnPurpose } from './send-password-link.js';

/** How it stands with a mail that has not left: it is about to, it failed and is tried again, or it was given up. */
export type UnsentMail = 'waiting' | 'failing' | 'given-up';

/** How it stands with the link of someone who has no password. Instants are ISO. */
export interface Invitation {
  /** Until when a link works; null when none does. */
  readonly endsAt: string | null;
  /** When the last one ended that was neither used nor replaced; null when one works, or none is remembered. */
  readonly endedAt: string | null;
  /** The mail that an administrator has caused; null when the last one has left, or there was none. */
  readonly mail: UnsentMail | null;
}

interface Found {
  readonly id: string;
  /** When the last link ends that was neither used nor replaced. */
  readonly end: string | null;
}

/** How many people one query asks about. */
const AT_ONCE = 500;

const without = (people: number): string => `SELECT p."id",
    (SELECT max(l."expires_at") FROM "sign_in_link" l WHERE l."person_id" = p."id" AND l."used_at" IS NULL) AS "end"
  FROM "person" p WHERE p."id" IN (${marks(people)})
    AND NOT EXISTS (SELECT 1 FROM "credential" c WHERE c."person_id" = p."id")`;

/** Tells who has an account but no password, never chosen or made void. */
@Injectable()
export class WhoIsInvited {
  constructor(
    private readonly clock: Clock,
    private readonly jobs: JobTable,
  ) {}

  /** Those of these people who have no password, by id. */
  async of(em: EntityManager, people: readonly string[]): Promise<Map<string, Invitation>> {
    const invited = new Map<string, Invitation>();
    for (let from = 0; from < people.length; from += AT_ONCE) {
      const part = people.slice(from, from + AT_ONCE);
      const found = await rows<Found>(em, without(part.length), part);
      const jobs = await this.jobs.statesOf(
        em,
        found.flatMap(({ id }) => keysOnPurpose(id)),
      );
      for (const one of found) invited.set(one.id, this.invitation(one, jobs));
    }
    return invited;
  }

  private invitation({ id, end }: Found, jobs: readonly JobState[]): Invitation {
    const now = this.clock.now().toISOString();
    const isAlive = end !== null && end > now;
    const keys = keysOnPurpose(id);
    const mail = unsent(
      jobs.filter(({ key }) => keys.includes(key)),
      end,
    );
    return { endsAt: isAlive ? end : null, endedAt: isAlive ? null : end, mail };
  }
}

/** @param end when the last link ends: what was given up before that one was made is of no account any more */
function unsent(jobs: readonly JobState[], end: string | null): UnsentMail | null {
  const open = jobs.filter(({ state }) => state !== 'dead');
  if (open.length > 0) return open.some(({ hasFailed }) => hasFailed) ? 'failing' : 'waiting';
  const madeAt = end === null ? '' : new Date(Date.parse(end) - LINK_LASTS_MS).toISOString();
  return jobs.some(({ createdAt }) => createdAt >= madeAt) ? 'given-up' : null;
}
