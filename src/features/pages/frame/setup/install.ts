import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.port.js';
import { ReadDatabase } from '../../../../platform/database/read-database.js';
import { UnitOfWork } from '../../../../platform/database/unit-of-work.js';
import { PasswordHasher } from '../../../accounts/password-hasher.js';
import { passwordFault, type PasswordFault } from '../../../accounts/password-rule.js';
import { SavePassword } from '../../../accounts/save-password.js';
import { StartSession } from '../../../accounts/start-session.js';
import { BringInOrganisation } from '../../../organisation/bring-in-organisation.js';
import { PeopleRepository, hasLeft, type Person } from '../../../people/people.repository.js';
import { DemoData } from './demo-data.js';
import { SetupCode } from './setup-code.js';

const BY = { personId: null, name: 'Installationen' } as const;

interface Chosen {
  readonly code: string;
  readonly password: string;
  readonly userAgent: string | undefined;
}

export interface InstallInput extends Chosen {
  readonly board: { readonly code: string; readonly name: string };
  readonly administrator: { readonly name: string; readonly email: string };
  /** Whether the administrator also registers: who only administers sees no case. */
  readonly registers: boolean;
}

export type InstallOutcome =
  | { readonly kind: 'installed'; readonly session: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'code-wrong' }
  | { readonly kind: 'fault'; readonly fault: PasswordFault };

/** Sets an empty system up: with a first board and its administrator, or with the demo. Once. */
@Injectable()
export class Install {
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly setup: SetupCode,
    private readonly organisation: BringInOrganisation,
    private readonly demo: DemoData,
    private readonly people: PeopleRepository,
    private readonly hasher: PasswordHasher,
    private readonly save: SavePassword,
    private readonly start: StartSession,
    private readonly work: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** @throws OrganisationRefused when a name or the code cannot be used */
  execute(input: InstallInput): Promise<InstallOutcome> {
    return this.once(input, input.administrator, async () => {
      const { board, administrator, registers } = input;
      const roles = registers ? ['admin', 'registrar'] : ['admin'];
      const file = {
        boards: [{ ...board, departments: [], meetings: [] }],
        people: [{ ...administrator, roles: { [board.code]: roles } }],
      };
      await this.organisation.execute(Buffer.from(JSON.stringify(file)), BY);
      return administrator.email;
    });
  }

  /** Everyone in the demo gets the password, and its registrar is signed in. */
  withDemo(input: Chosen): Promise<InstallOutcome> {
    return this.once(input, { name: '', email: '' }, async () => {
      await this.demo.load();
      return null;
    });
  }

  /** One after the other, so that two who send the form at once do not both find an empty system. */
  private once(
    { code, password, userAgent }: Chosen,
    owner: InstallInput['administrator'],
    fill: () => Promise<string | null>,
  ): Promise<InstallOutcome> {
    const turn = async (): Promise<InstallOutcome> => {
      if (!(await this.setup.isOpen())) return { kind: 'closed' };
      if (!this.setup.matches(code)) return { kind: 'code-wrong' };
      const fault = passwordFault(password, owner);
      if (fault !== null) return { kind: 'fault', fault };
      const email = await fill();
      return { kind: 'installed', session: await this.open(email, password, userAgent) };
    };
    const result = this.running.then(turn);
    this.running = result.catch(() => undefined);
    return result;
  }

  /** Gives people the password, and signs one of them in: the one named, or whoever registers. */
  private async open(email: string | null, password: string, userAgent: string | undefined): Promise<string> {
    const people = await this.peopleWith(email);
    const hashes = new Map<string, string>();
    for (const { id } of people) hashes.set(id, await this.hasher.hash(password));
    return this.work.run(async (tx) => {
      const [first] = people;
      if (!first) throw new Error('nobody was brought in');
      for (const [personId, hash] of hashes) {
        await this.save.inTransaction(tx, { personId, hash, by: BY, how: 'setup', kept: null });
      }
      return this.start.inTransaction(tx, first.id, 'setup', { userAgent, replaced: null });
    });
  }

  private async peopleWith(email: string | null): Promise<Person[]> {
    const em = this.read.manager;
    const here = (await this.people.all(em)).filter((person) => !hasLeft(person, this.clock.today()));
    if (email !== null) return here.filter((person) => person.email === email.toLowerCase());
    const registers = new Map<string, boolean>();
    for (const { id } of here) {
      registers.set(
        id,
        (await this.people.rolesOf(em, id)).some(({ role }) => role === 'registrar'),
      );
    }
    return here.sort((a, b) => Number(registers.get(b.id)) - Number(registers.get(a.id)));
  }
}
