import { Injectable } from '@nestjs/common';
import { OFFICERS_ROLES } from '../../../domain/referral/permissions.js';
import { Clock } from '../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../platform/database/read-database.js';
import { marks, rows } from '../../../platform/database/sql.js';
import type { Option } from '../../../platform/web/components/field.js';
import type { Actor } from '../../people/actor.js';
import { hasLeft, PeopleRepository, type Person } from '../../people/people.repository.js';
import { WhoIsAway } from '../../people/who-is-away.js';
import { handsOverAt, mayNotHandOver } from '../../referrals/hand-over-cases.js';
import { choiceLabel, leaverLabel } from '../arende/words/away-words.js';

/** Who has open cases to hand over, and who can have them. */
export interface HandOverChoices {
  readonly holders: readonly Option[];
  readonly heirs: readonly Option[];
}

type Holder = Pick<Person, 'id' | 'name' | 'email' | 'endedOn'>;

const holdersAt = (
  boards: number,
): string => `SELECT p."id", p."name", p."email", p."ended_on" AS "endedOn" FROM "person" p
  WHERE EXISTS (SELECT 1 FROM "referral" r WHERE r."board" IN (${marks(boards)}) AND r."officer_id" = p."id"
    AND r."status" NOT IN ('closed', 'cancelled')) ORDER BY p."name", p."id"`;

/** Reads what the page has to choose from that hands over somebody's cases. */
@Injectable()
export class ReadHandOvers {
  constructor(
    private readonly db: ReadDatabase,
    private readonly clock: Clock,
    private readonly people: PeopleRepository,
    private readonly away: WhoIsAway,
  ) {}

  /** @throws RuleError `forbidden` for who hands over cases of no board */
  async choices(actor: Actor): Promise<HandOverChoices> {
    const boards = [...actor.roles.keys()].filter((board) => handsOverAt(actor, board));
    if (boards.length === 0) throw mayNotHandOver();
    const today = this.clock.today();
    const holders = await rows<Holder>(this.db.manager, holdersAt(boards.length), boards);
    return {
      holders: holders.map(({ name, email, endedOn }) => ({
        value: email,
        label: hasLeft({ endedOn }, today) ? `${name} (har slutat)` : name,
      })),
      heirs: await this.heirs(boards),
    };
  }

  /**
   * Who has a role by which one has cases at any of the boards, with who of them is away, or is to leave.
   *
   * @param otherThan id of who hands over, where that is known
   */
  async heirs(boards: readonly string[], otherThan?: string): Promise<Option[]> {
    const em = this.db.manager;
    const today = this.clock.today();
    const found = new Map<string, Option>();
    for (const board of boards) {
      const able: Person[] = [];
      for (const role of OFFICERS_ROLES) able.push(...(await this.people.peopleWithRole(em, board, role, today)));
      const ids = able.map(({ id }) => id);
      const away = await this.away.of(em, ids, board, today);
      for (const { id, name, email, endedOn } of able) {
        if (id === otherThan) continue;
        const label = choiceLabel(leaverLabel(name, endedOn), undefined, away.get(id));
        found.set(id, { value: email, label });
      }
    }
    return [...found.values()].sort((a, b) => a.label.localeCompare(b.label, 'sv'));
  }
}
