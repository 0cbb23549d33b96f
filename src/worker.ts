import { createDiariumContext } from './bootstrap.js';
import { dieOnUncaught, runUntilSignal, tellFailure } from './lifetime.js';
import { readConfig } from './platform/config/config.js';
import { createLog } from './platform/log/log.js';
import { Heartbeat } from './platform/queue/heartbeat.js';

/**
 * Works on jobs, beside any number of others and of processes that answer requests (`main.js`). It listens to no port:
 * that it lives shows in the database, see `diarium jobs`.
 */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  dieOnUncaught(log);
  const diarium = await createDiariumContext({ config, log, process: 'worker' });
  const heartbeat = diarium.app.get(Heartbeat);
  await heartbeat.start();
  runUntilSignal(log, {
    app: diarium.app,
    close: async () => {
      await heartbeat.stop().catch(() => undefined);
      await diarium.close();
    },
  });
  log.info('worker started');
}

await main().catch(tellFailure);
