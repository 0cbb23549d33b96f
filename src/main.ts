import { createDiarium, type ServingDiarium } from './bootstrap.js';
import { dieOnUncaught, runUntilSignal, tellFailure } from './lifetime.js';
import { SetupCode } from './features/pages/frame/setup/setup-code.js';
import { readConfig, type AppConfig } from './platform/config/config.js';
import { createLog } from './platform/log/log.js';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  dieOnUncaught(log);
  const diarium = await createDiarium({ config, log, process: config.queue.kind === 'bull' ? 'web' : 'all' });
  runUntilSignal(log, diarium);
  await greet(config, diarium);
}

/** For the one who started it. On standard error, so that standard output is log lines and nothing else. */
async function greet(config: AppConfig, { app }: ServingDiarium): Promise<void> {
  const setup = app.get(SetupCode, { strict: false });
  const next = !(await setup.isOpen())
    ? [`API-dokumentation: ${config.baseUrl}/api/docs`]
    : [
        'Här finns ingen nämnd än. Öppna adressen, som har installationskoden med sig:',
        `  ${config.baseUrl}/installera?kod=${setup.code}`,
        'eller öppna en annan terminal och kör ett av:',
        '  npx diarium demo         en påhittad nämnd med remisser kring i dag',
        '  npx diarium setup FIL    er egen organisation, ur en JSON-fil',
      ];
  const mail = config.smtpUrl === null ? [`E-post skrivs till ${config.dataDir}/outbox tills SMTP_URL är satt.`] : [];
  const lines = [`Diarium är igång: ${config.baseUrl}`, ...mail, ...next, 'Avsluta med Ctrl+C.'];
  process.stderr.write(`\n${lines.join('\n')}\n\n`);
}

await main().catch(tellFailure);
