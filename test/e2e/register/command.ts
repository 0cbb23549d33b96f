import { DataSource } from 'typeorm';
import { runCommand } from '../../../src/cli/program.js';
import type { TestApp } from '../../support/app.js';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const databaseUrl = (app: TestApp): string => {
  const { options } = app.provider(DataSource);
  return options.type === 'postgres' ? String(options.url) : `sqlite:${String(options.database)}`;
};

/** Runs a command beside the app, on its database and at its time. */
export async function command(app: TestApp, now: Date, ...args: readonly string[]): Promise<Said> {
  const said = { out: '', err: '' };
  const env = {
    DATA_DIR: app.dataDir,
    DATABASE_URL: databaseUrl(app),
    LOG_LEVEL: 'silent',
    DIARIUM_CLOCK: now.toISOString(),
  };
  const code = await runCommand(args, {
    env,
    stdin: (async function* () {})(),
    out: async (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    progress: () => undefined,
    progressDone: () => undefined,
  });
  return { code, ...said };
}
