import { BringInOrganisation } from '../features/organisation/bring-in-organisation.js';
import { BoardRepository } from '../features/boards/board.repository.js';
import { CreateToken } from '../features/people/create-token.js';
import { PeopleRepository } from '../features/people/people.repository.js';
import { SystemClock } from '../platform/clock/system-clock.js';
import { APP_CONFIG, readConfig, withSettings, type AppConfig } from '../platform/config/config.js';
import { instantAt } from '../domain/calendar/stockholm-time.js';
import type { Role } from '../domain/referral/permissions.js';
import { ReadDatabase } from '../platform/database/read-database.js';
import { ROLE_WORDS } from '../platform/problem/words.js';
import { demoCases, firstDay } from './demo/demo-cases.js';
import { DemoClock } from './demo/demo-clock.js';
import { DemoDays } from './demo/demo-days.js';
import { DEMO_BOARD, DEMO_PEOPLE, demoOrganisation, type DemoPerson } from './demo/demo-organisation.js';
import { DemoStage, withoutOtherSweeps } from './demo/demo-stage.js';
import { CommandFailed, EXIT } from './failure.js';
import type { Terminal } from './terminal.js';
import { withDiarium, type Opened } from './with-diarium.js';

const BY = { personId: null, name: 'diarium demo' } as const;

/** Those whose tokens are printed: the ones who see most. */
const SIGN_IN: readonly (readonly [DemoPerson, Role])[] = [
  ['rut', 'registrar'],
  ['hanna', 'officer'],
  ['cesar', 'manager'],
  ['disa', 'director'],
  ['sixten', 'secretary'],
];

/** Whether the demo is there already. */
async function isThere({ app }: Opened): Promise<boolean> {
  const em = app.get(ReadDatabase).manager;
  if (!(await app.get(BoardRepository).findBoard(em, DEMO_BOARD))) return false;
  if (await app.get(PeopleRepository).findByEmail(em, DEMO_PEOPLE.rut)) return true;
  const message = `Nämnden ${DEMO_BOARD} finns redan, men inte demons personer. Kör demo i en tom databas (DATA_DIR).`;
  throw new CommandFailed(message);
}

async function tokens({ app }: Opened): Promise<string> {
  const lines: string[] = [];
  for (const [person, role] of SIGN_IN) {
    const email = DEMO_PEOPLE[person];
    const { token } = await app.get(CreateToken).execute(BY, { email, label: 'demo' });
    lines.push(`${ROLE_WORDS[role].padEnd(17)}${email.padEnd(33)}${token}\n`);
  }
  return lines.join('');
}

function howToSignIn({ baseUrl }: AppConfig): string {
  return [
    '',
    'Ovan står nyckeln för var och en; den visas bara nu. Med servern igång (npm start), till exempel:',
    `  curl -H "Authorization: Bearer NYCKEL" ${baseUrl}/api/v1/referrals`,
    `API:et beskrivs på ${baseUrl}/api/docs`,
    'Nya nycklar: npx diarium token create EPOST',
    '',
  ].join('\n');
}

/** `diarium demo` */
export async function demo(terminal: Terminal): Promise<number> {
  const config = readConfig(terminal.env);
  if (config.production) throw new CommandFailed('Demo läggs inte upp när NODE_ENV är production.');
  const realTime = new SystemClock(config.clockStartsAt ?? undefined);
  const days = new DemoDays(realTime.today());
  const cases = demoCases(days);
  const clock = new DemoClock(instantAt(firstDay(cases), '07:00'));
  // Past mornings' mails go to the outbox, whatever mail server is set: those people do not exist.
  const offline: Terminal = { ...terminal, env: withSettings(terminal.env, { SMTP_URL: '' }) };
  return withDiarium(
    offline,
    async (opened) => {
      if (await isThere(opened)) {
        terminal.err(
          `Demodata finns redan; inget har ändrats. Ny nyckel: npx diarium token create ${DEMO_PEOPLE.rut}\n`,
        );
        return EXIT.ok;
      }
      const { app, goOn } = opened;
      await withoutOtherSweeps(app, realTime.now(), async () => {
        await app.get(BringInOrganisation).execute(Buffer.from(JSON.stringify(demoOrganisation(days))), BY);
        const played = new DemoStage(app, clock, days).play(cases, (share) => {
          goOn();
          terminal.progress(`Lägger upp demon … ${Math.round(share * 100)} %`);
        });
        await played.catch((error: unknown) => {
          terminal.err('Demodata blev bara halvt inläst: töm datamappen (DATA_DIR) innan du kör den igen.\n');
          throw error;
        });
      });
      clock.moveTo(realTime.now());
      terminal.progressDone();
      const people = Object.keys(DEMO_PEOPLE).length;
      const done = `${days.meetings().length} sammanträden, ${people} personer och ${cases.length} remisser`;
      terminal.err(`Enskede-Årsta-Vantörs stadsdelsnämnd (${DEMO_BOARD}) är upplagd: ${done}.\n\n`);
      await terminal.out(await tokens(opened));
      terminal.err(howToSignIn(app.get<AppConfig>(APP_CONFIG)));
      return EXIT.ok;
    },
    clock,
  );
}
