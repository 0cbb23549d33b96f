import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.port.js';
import { APP_CONFIG, withSettings, type AppConfig } from '../../../../platform/config/config.js';
import type { Env } from '../../../../platform/config/settings-reader.js';
import { PACKAGE_ROOT } from '../../../../platform/package-root.js';

const COMMAND = join(PACKAGE_ROOT, 'bin', 'diarium.js');

/** The settings of this process, for a command that is to work on the same data whatever a file `.env` says. */
function settingsOf({ database, dataDir, baseUrl, queue, mailFrom }: AppConfig, now: Date): Env {
  return withSettings(
    {},
    {
      DATA_DIR: dataDir,
      DATABASE_URL: database.kind === 'sqlite' ? `sqlite:${database.path}` : database.url,
      BASE_URL: baseUrl,
      QUEUE: queue.kind,
      REDIS_URL: queue.kind === 'bull' ? queue.redisUrl : '',
      MAIL_FROM: mailFrom,
      DIARIUM_CLOCK: now.toISOString(),
      NODE_ENV: '',
    },
  );
}

/**
 * Brings in the made-up board by the command `diarium demo`, in a process of its own: it plays half a year with a clock
 * that it moves, which this process must not see.
 */
@Injectable()
export class DemoData {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws Error with what the command said, when it failed */
  async load(): Promise<void> {
    const env = settingsOf(this.config, this.clock.now());
    const child = spawn(process.execPath, [COMMAND, 'demo'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    if (code !== 0) throw new Error(`diarium demo ended with ${String(code)}: ${said.slice(-2_000)}`);
  }
}
