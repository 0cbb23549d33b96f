import { Command, CommanderError } from 'commander';
import { EXIT, failureText, Interrupted } from './failure.js';
import { inSwedish, SWEDISH_HELP } from './swedish-help.js';
import type { Terminal } from './terminal.js';

const EXIT_CODES = `
Slutkoder:
  0    det gick bra
  1    det gick inte, eller ett fel hittades (verify)
  2    kommandot skrevs fel
  130  avbrutet med Ctrl+C

Resultat skrivs på standard ut, allt annat på standard fel. Inställningar läses ur miljön och ur filen .env.
`;

/** Gives each command its code; commander itself only knows that it was called. */
type Run = (command: () => Promise<number>) => Promise<void>;

const each = (value: string, before: readonly string[]): string[] => [...before, value];

function addOrganisation(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('setup')
    .description('läs in en organisationsfil (JSON): nämnder, avdelningar, sammanträden och personer')
    .argument('<fil>', 'organisationsfilen; - för standard in')
    .addHelpText('after', '\nKan köras om och om igen: ändrar bara det som skiljer sig, och tar inte bort något.')
    .action((file: string) => run(async () => (await import('./setup.js')).setup(file, terminal)));
  program
    .command('demo')
    .description('lägg upp en påhittad nämnd med personer, sammanträden och remisser kring i dag')
    .action(() => run(async () => (await import('./demo.js')).demo(terminal)));
}

interface PlanOptions {
  readonly registered?: string;
  readonly answerDue?: string;
  readonly meeting: string[];
  readonly closedDay: string[];
  readonly batch?: true;
}

function addPlan(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('plan')
    .description('skriv ut planen för en remiss som JSON; behöver ingen databas')
    .option('--registered <dag>', 'dagen att planera från, ÅÅÅÅ-MM-DD')
    .option('--answer-due <dag>', 'svarsdatum, som avsändaren skrev det')
    .option('--meeting <dag>', 'ett sammanträde; kan upprepas', each, [])
    .option('--closed-day <dag>', 'en av nämndens stängda dagar; kan upprepas', each, [])
    .option('--batch', 'en remiss per rad (JSON) på standard in, en plan per rad ut')
    .action((options: PlanOptions) =>
      run(async () => {
        const { runPlan } = await import('./plan.js');
        return runPlan({ ...options, batch: options.batch ?? false }, terminal);
      }),
    );
}

interface RemindOptions {
  readonly dryRun?: true;
  readonly until?: string;
  readonly json?: true;
  readonly reconcile?: true;
}

function addRemind(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('remind')
    .description('skicka en gång allt som ska påminnas om nu')
    .option('--dry-run', 'skicka inget: visa vad som skulle skickas')
    .option('--until <tid>', 'med --dry-run: till och med en dag (2026-03-02) eller tidpunkt (2026-03-02T08:00:00Z)')
    .option('--json', 'med --dry-run: en JSON-rad per mejl')
    .option('--reconcile', 'skicka inget: kontrollera att inget har glömts, och planera det som saknas på nytt')
    .action((options: RemindOptions) =>
      run(async () =>
        (await import('./remind.js')).remind({ dryRun: false, json: false, reconcile: false, ...options }, terminal),
      ),
    );
}

function addToken(program: Command, terminal: Terminal, run: Run): void {
  const token = program.command('token').description('åtkomstnycklar till API:et');
  token
    .command('create')
    .description('skapa en nyckel; den skrivs ensam på standard ut och visas bara denna gång')
    .argument('<epost>', 'personens e-postadress')
    .option('--label <text>', 'vad nyckeln är till för')
    .action((email: string, options: { label?: string }) =>
      run(async () => (await import('./token.js')).createToken(email, options.label, terminal)),
    );
  token
    .command('list')
    .description('visa alla nycklar, utan själva nyckeln')
    .action(() => run(async () => (await import('./token.js')).listTokens(terminal)));
  token
    .command('revoke')
    .description('spärra en nyckel, från nästa anrop')
    .argument('<id>', 'nyckelns id, enligt token list')
    .action((id: string) => run(async () => (await import('./token.js')).revokeToken(id, terminal)));
  program
    .command('password-link')
    .description('skapa en länk att välja lösenord med; den skrivs ensam på standard ut och gäller en gång, i ett dygn')
    .argument('<epost>', 'personens e-postadress')
    .action((email: string) => run(async () => (await import('./password-link.js')).passwordLink(email, terminal)));
}

function addUpkeep(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('verify')
    .description('kontrollera journalens kedjor, nummerserierna och databasen; slutkod 1 och platsen vid varje fel')
    .action(() => run(async () => (await import('./verify.js')).verify(terminal)));
  program
    .command('migrate')
    .description('uppdatera databasens schema; servern gör det också när den startar')
    .action(() => run(async () => (await import('./migrate.js')).migrate(terminal)));
}

interface ExportOptions {
  readonly board: string;
  readonly format?: string;
  readonly columns?: string;
  readonly from?: string;
  readonly to?: string;
  readonly delimiter?: string;
  readonly bom: boolean;
  readonly public?: true;
  readonly as?: string;
}

interface ImportOptions {
  readonly board: string;
  readonly mapping: string;
  readonly dryRun?: true;
  readonly by?: string;
}

function addRegister(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('export')
    .description('skriv en nämnds diarium till en fil; av sekretessmarkerade ärenden bara nummer och datum')
    .argument('<fil>', 'filen; - för standard ut (csv)')
    .requiredOption('--board <kod>', 'nämndens kod')
    .option('--format <csv|xlsx>', 'filens slag (csv, eller xlsx om filen heter så)')
    .option('--columns <namn,…>', 'kolumner i ordning')
    .option('--from <dag>', 'registrerade från och med')
    .option('--to <dag>', 'registrerade till och med')
    .option('--delimiter <namn>', 'semicolon, comma eller tab (semicolon, som Excel på svenska väntar sig)')
    .option('--no-bom', 'utan det märke först i filen som Excel känner igen UTF-8 på')
    .option('--public', 'bara det som vem som helst får se')
    .option('--as <epost>', 'med den personens rätt att läsa sekretessmarkerade ärenden')
    .action((file: string, options: ExportOptions) =>
      run(async () => (await import('./export.js')).exportRegister(file, options, terminal)),
    );
  program
    .command('import')
    .description('läs in ett äldre diarium (CSV): allt eller inget, med numren kvar; varje fel med rad och skäl')
    .argument('<fil>', 'CSV-filen')
    .requiredOption('--board <kod>', 'nämndens kod')
    .requiredOption('--mapping <fil>', 'hur kolumnerna ska läsas (JSON); se docs/import.md')
    .option('--dry-run', 'ändra inget: säg bara vad som skulle läsas in, och alla fel')
    .option('--by <epost>', 'vem som svarar för det, enligt journalen')
    .action((file: string, options: ImportOptions) =>
      run(async () => (await import('./import.js')).importRegister(file, options, terminal)),
    );
}

function addJobs(program: Command, terminal: Terminal, run: Run): void {
  const jobs = program
    .command('jobs')
    .description('visa jobb som har getts upp, hur många som väntar och vilka arbetare som lever')
    .action(() => run(async () => (await import('./jobs.js')).listJobs(terminal)));
  jobs
    .command('alive')
    .description('slutkod 1 när ingen arbetare på den här maskinen har hörts av på en minut; för övervakning')
    .action(() => run(async () => (await import('./alive.js')).alive(terminal)));
  jobs
    .command('retry')
    .description('försök igen med jobb som har getts upp')
    .argument('[id]', 'jobbets id, enligt jobs')
    .option('--all', 'alla')
    .action((id: string | undefined, options: { all?: true }) =>
      run(async () => (await import('./jobs.js')).retryJobs(id, options.all ?? false, terminal)),
    );
}

function addMove(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('move')
    .description('flytta allt från SQLite till en tom PostgreSQL; kan avbrytas och göras om')
    .requiredOption('--from <databas>', 'sqlite:SÖKVÄG; läses bara, och ska stå stilla')
    .option('--to <databas>', 'postgres://ANVÄNDARE:LÖSENORD@VÄRD/DATABAS (DATABASE_URL eller DATABASE_URL_FILE)')
    .addHelpText(
      'after',
      '\nJämför sedan varje rad, följer journalens kedjor och räknar nummerserierna på den nya sidan.\n' +
        'Utan --to syns lösenordet inte bland datorns processer.',
    )
    .action((options: { from: string; to?: string }) =>
      run(async () => (await import('./move.js')).move(options, terminal)),
    );
}

interface BackupFlags {
  readonly force?: boolean;
  readonly withSecrets?: boolean;
}

interface DrillFlags {
  readonly dir?: string;
  readonly scratch?: string;
}

function addBackup(program: Command, terminal: Terminal, run: Run): void {
  program
    .command('backup')
    .description('säkerhetskopiera databas och filer till ett arkiv, medan servern är igång')
    .argument('<fil>', 'arkivet (.tar), eller en mapp att lägga det i')
    .option('--force', 'skriv över en fil som finns')
    .option('--with-secrets', 'ta med session-secret; annars loggar alla in på nytt efter en återställning')
    .action((file: string, { force = false, withSecrets = false }: BackupFlags) =>
      run(async () => (await import('./backup.js')).backup(file, { force, withSecrets }, terminal)),
    );
  program
    .command('restore')
    .description('återställ en säkerhetskopia till en tom plats (DATA_DIR, DATABASE_URL), och kontrollera den')
    .argument('<fil>', 'arkivet')
    .action((file: string) => run(async () => (await import('./restore.js')).restore(file, terminal)));
  program
    .command('drill')
    .description('prova att återställa en säkerhetskopia på en plats vid sidan av, och anteckna hur det gick')
    .argument('[fil]', 'arkivet; annars det nyaste i --dir')
    .option('--dir <mapp>', 'mappen med säkerhetskopior')
    .option('--scratch <mapp>', 'där den packas upp under tiden (datorns mapp för tillfälliga filer)')
    .action((file: string | undefined, options: DrillFlags) =>
      run(async () => (await import('./drill.js')).drill(file, options, terminal)),
    );
}

function programFor(terminal: Terminal, run: Run): Command {
  const program = new Command('diarium')
    .description('Diarium: diarium och svarsdatumbevakning för remisser till en nämnd')
    .usage('<kommando> [flaggor]')
    .helpOption('-h, --help', 'visa hjälp')
    .helpCommand('help [kommando]', 'visa hjälp om ett kommando')
    .exitOverride()
    .showHelpAfterError('(lägg till --help för hjälp)')
    .configureHelp(SWEDISH_HELP)
    .configureOutput({
      writeOut: (text) => void terminal.out(text),
      writeErr: (text) => terminal.err(text),
      outputError: (text, write) => write(inSwedish(text)),
    })
    .addHelpText('after', EXIT_CODES);
  for (const add of [
    addOrganisation,
    addPlan,
    addRemind,
    addToken,
    addRegister,
    addUpkeep,
    addBackup,
    addJobs,
    addMove,
  ])
    add(program, terminal, run);
  return program;
}

/** Runs the command that the arguments name. @returns the exit code */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.ok;
  const program = programFor(terminal, async (command) => {
    code = await command();
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof Interrupted) return EXIT.interrupted;
    terminal.err(`${failureText(error)}\n`);
    return EXIT.failed;
  }
}
